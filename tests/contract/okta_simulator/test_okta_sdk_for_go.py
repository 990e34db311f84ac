"""Okta's SDK for Go manages event hooks over TLS, and understands each answer."""

from __future__ import annotations

import asyncio
import ssl
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
import trustme

from contract.okta_simulator import go_program
from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.watched import Watched, assert_as_documented, watching
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.options import Options
from unit.okta_simulator.event_hooks.receiver import Receiver


class Step(msgspec.Struct, frozen=True):
    """What the SDK understood of one answer, as the program tells it."""

    step: str
    code: int
    ids: tuple[str, ...]
    name: str
    status: str
    verification: str
    error: str


@pytest.fixture(scope="session")
def program(cluster_progress: Callable[[str], None]) -> Path:
    return go_program.find(cluster_progress)


@pytest.fixture
async def okta(receiver: Receiver, options: Options, checker: Checker, authority: trustme.CA) -> AsyncIterator[Watched]:
    """The organisation, behind a certificate."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with watching(receiver, options, tls=tls) as watched:
        yield watched
    assert_as_documented(watched.recording.exchanges, checker)


@pytest.fixture(params=["API token", "service app"])
def credential(okta: Watched, key: KeyPair, request: pytest.FixtureRequest) -> Mapping[str, str]:
    """A credential, as the SDK takes it from its environment."""
    if request.param == "API token":
        return {"OKTA_CLIENT_TOKEN": okta.organization.api_token()}
    scope = "okta.eventHooks.manage"
    app = okta.organization.access.service_apps.register("Go", keys=[key.public_jwk], scopes=[scope])
    return {
        "OKTA_CLIENT_AUTHORIZATIONMODE": "PrivateKey",
        "OKTA_CLIENT_CLIENTID": app.id,
        "OKTA_CLIENT_SCOPES": scope,
        "OKTA_CLIENT_PRIVATEKEY": key.private_pem,
        "OKTA_CLIENT_PRIVATEKEYID": key.kid,
    }


@pytest.fixture
def environment(okta: Watched, credential: Mapping[str, str], tmp_path: Path) -> Mapping[str, str]:
    """What the program is told of the organisation; its home is empty, since the SDK looks there for more."""
    authority = str(okta.organization.options.endpoints.extra_ca_file)
    return {"OKTA_CLIENT_ORGURL": okta.url, **credential, "SSL_CERT_FILE": authority, "HOME": str(tmp_path)}


async def test_every_operation_is_carried_out_and_understood(
    program: Path, environment: Mapping[str, str], receiver: Receiver
) -> None:
    steps = await _run(program, receiver.url, environment)
    assert [(step.step, step.code, step.name, step.status, step.verification) for step in steps] == [
        ("create", 200, "Created by Go", "ACTIVE", "UNVERIFIED"),
        ("get", 200, "Created by Go", "ACTIVE", "UNVERIFIED"),
        ("list", 200, "", "", ""),
        ("replace", 200, "Replaced by Go", "ACTIVE", "UNVERIFIED"),
        ("verify", 200, "Replaced by Go", "ACTIVE", "VERIFIED"),
        ("delete while active", 400, "", "", ""),
        ("deactivate", 200, "Replaced by Go", "INACTIVE", "VERIFIED"),
        ("activate", 200, "Replaced by Go", "ACTIVE", "VERIFIED"),
        ("deactivate again", 200, "Replaced by Go", "INACTIVE", "VERIFIED"),
        ("delete", 204, "", "", ""),
        ("get what is gone", 404, "", "", ""),
    ]


async def test_all_answers_are_about_the_one_hook(
    program: Path, environment: Mapping[str, str], receiver: Receiver
) -> None:
    steps = await _run(program, receiver.url, environment)
    assert len({hook_id for step in steps for hook_id in step.ids}) == 1


async def _run(program: Path, uri: str, environment: Mapping[str, str]) -> Sequence[Step]:
    process = await asyncio.create_subprocess_exec(
        program, uri, env=environment, cwd=environment["HOME"], stdout=PIPE, stderr=PIPE
    )
    try:
        told, complaints = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, complaints.decode()
    return [msgspec.json.decode(line, type=Step) for line in told.splitlines()]
