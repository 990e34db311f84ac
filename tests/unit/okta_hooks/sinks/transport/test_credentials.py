"""Credentials on their way: from mounted files, and from an authorization server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import aiohttp
import pytest

from okta_hooks.sinks import Delivered, Paused, Retry
from okta_hooks.sinks.transport.oauth import ClientCredentials, OAuthCredential
from okta_hooks.sinks.transport.wire import Authorities, Wire
from samples.sinks import configured, outgoing
from servers.stub import Asked, Said, in_turn, stub

EVENT = outgoing("u1", b'{"n":1}')


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], str]:
    def write(name: str, content: str) -> str:
        (tmp_path / name).write_text(content)
        return str(tmp_path / name)

    return write


def tokens() -> Callable[[Asked], Said]:
    """An authorization server whose tokens are numbered, and hold for an hour."""
    numbers: Iterator[int] = iter(range(1, 100))
    return lambda _: Said(200, b'{"access_token":"t%d","token_type":"Bearer","expires_in":3600}' % next(numbers))


async def test_a_token_that_was_swapped_is_sent_without_a_restart(file: Callable[[str, str], str]) -> None:
    auth = {"type": "bearer", "tokenFile": file("token", "old")}
    async with stub() as server, configured(type="http", url=server.url, auth=auth).open() as sink:
        await sink.deliver([EVENT])
        file("token", "new\n")
        await sink.deliver([EVENT])
    assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer old", "Bearer new"]


async def test_a_user_and_a_password_are_sent_together(file: Callable[[str, str], str]) -> None:
    auth = {"type": "basic", "usernameFile": file("user", "me"), "passwordFile": file("password", "it: ö")}
    async with stub() as server, configured(type="http", url=server.url, auth=auth).open() as sink:
        await sink.deliver([EVENT])
    assert aiohttp.BasicAuth.decode(server.asked[0].headers["Authorization"], "utf-8") == ("me", "it: ö", "utf-8")


async def test_a_credential_that_is_missing_pauses_and_nothing_is_sent() -> None:
    auth = {"type": "bearer", "tokenFile": "/nowhere/token"}
    async with stub() as server, configured(type="http", url=server.url, auth=auth).open() as sink:
        assert await sink.deliver([EVENT]) == Paused(
            "/nowhere/token can't be read (No such file or directory): give the Secret this key"
        )
        assert server.asked == []


def oauth(url: str, file: Callable[[str, str], str], **more: str) -> dict[str, str]:
    files = {"clientIdFile": file("id", "client"), "clientSecretFile": file("secret", "s3:cret")}
    return {"type": "oauth2", "tokenUrl": url, **files, **more}


async def test_a_token_is_fetched_once_and_used_again(file: Callable[[str, str], str]) -> None:
    async with stub(tokens()) as issuer, stub() as server:
        auth = oauth(issuer.url + "/token", file, scope="events:write", audience="siem")
        async with configured(type="http", url=server.url, auth=auth).open() as sink:
            for _ in range(3):
                assert await sink.deliver([EVENT]) == Delivered()
    assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer t1"] * 3
    (asked,) = issuer.asked
    assert aiohttp.BasicAuth.decode(asked.headers["Authorization"]) == ("client", "s3%3Acret", "latin1")
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["client_credentials"],
        "scope": ["events:write"],
        "audience": ["siem"],
    }


async def test_a_token_that_is_not_taken_is_renewed_once(file: Callable[[str, str], str]) -> None:
    async with stub(tokens()) as issuer, stub(in_turn(Said(401), Said(200))) as server:
        async with configured(type="http", url=server.url, auth=oauth(issuer.url, file)).open() as sink:
            assert await sink.deliver([EVENT]) == Delivered()
        assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer t1", "Bearer t2"]


async def test_a_second_token_that_is_not_taken_pauses(file: Callable[[str, str], str]) -> None:
    async with stub(tokens()) as issuer, stub(lambda _: Said(401)) as server:
        async with configured(type="http", url=server.url, auth=oauth(issuer.url, file)).open() as sink:
            assert isinstance(await sink.deliver([EVENT]), Paused)
        assert len(server.asked) == 2


async def test_a_token_is_renewed_shortly_before_it_ends(file: Callable[[str, str], str]) -> None:
    now = [0.0]
    async with stub(tokens()) as issuer, aiohttp.ClientSession() as session:
        settings = ClientCredentials(
            token_url=issuer.url, client_id_file=file("id", "client"), client_secret_file=file("secret", "s")
        )
        credential = OAuthCredential(
            settings, Wire(session, Authorities(None), timedelta(seconds=10)), clock=lambda: now[0]
        )
        seen = []
        for now[0] in (0.0, 3569.0, 3571.0, 3600.0):
            seen.append(await credential.header())
    assert seen == ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]


async def test_a_client_that_is_not_known_pauses_with_the_server_s_reason(file: Callable[[str, str], str]) -> None:
    said = Said(401, b'{"error":"invalid_client","error_description":"no such client"}')
    async with stub(lambda _: said) as issuer, stub() as server:
        async with configured(type="http", url=server.url, auth=oauth(issuer.url, file)).open() as sink:
            assert await sink.deliver([EVENT]) == Paused(
                "no token from 127.0.0.1: invalid_client no such client: correct the client, its secret, the scope or "
                "the address"
            )
        assert server.asked == []


@pytest.mark.parametrize(
    "said", [Said(503), Said(429), Said(200, b"<html>"), Said(200, b"{}"), Said(200, b'{"access_token":"a\\nb"}')]
)
async def test_an_authorization_server_that_is_out_of_order_is_tried_again(
    file: Callable[[str, str], str], said: Said
) -> None:
    async with stub(lambda _: said) as issuer, stub() as server:
        async with configured(type="http", url=server.url, auth=oauth(issuer.url, file)).open() as sink:
            assert isinstance(await sink.deliver([EVENT]), Retry)
        assert server.asked == []
