"""Credentials survive the process where state is kept in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from okta_simulator.state.file import StateFile
from unit.okta_simulator.credentials.guarded_organization import ADMINISTRATOR, HOOKS, guarded


@contextmanager
def _life(folder: Path) -> Iterator[StateFile]:
    with closing(StateFile(folder / "state")) as file:
        yield file


async def test_an_api_token_still_gets_in(tmp_path: Path) -> None:
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            secret = org.api_token()
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            assert (await org.send(HOOKS, f"SSWS {secret}")).status == 200


async def test_a_revoked_api_token_stays_out(tmp_path: Path) -> None:
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            issued = org.services.api_tokens.issue(ADMINISTRATOR.id, "operator")
            org.services.api_tokens.revoke(issued.token.id)
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            assert (await org.send(HOOKS, f"SSWS {issued.secret}")).status == 401


async def test_a_service_app_still_gets_a_token(tmp_path: Path) -> None:
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            app = org.app()
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            assert (await org.ask_token(org.parameters(app))).status == 200


async def test_the_signing_key_stays_the_same(tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        with _life(tmp_path) as state:
            async with guarded(recorder=state) as org:
                keys.append((await org.send("/oauth2/v1/keys")).body["keys"])
    assert keys[0] == keys[1]


async def test_the_secret_is_not_in_the_file(tmp_path: Path) -> None:
    with _life(tmp_path) as state:
        async with guarded(recorder=state) as org:
            secret = org.api_token()
    assert secret not in (tmp_path / "state").read_text()
