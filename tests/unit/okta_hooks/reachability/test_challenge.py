"""What the operator sees of a public address; the servers are real, and so is their TLS."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from aiohttp import web

from okta_hooks.api.conditions import Reason
from okta_hooks.reachability.challenge import Challenger, Endpoint
from okta_hooks.reachability.outcome import (
    CertificateExpiring,
    ConnectionRefused,
    NameNotResolved,
    Outcome,
    Reachable,
    Redirected,
    TlsInvalid,
    TooSlow,
    Unauthorized,
    WrongAnswer,
    WrongStatus,
)

SECRET = "what-okta-sends"
CHALLENGE = "X-Okta-Verification-Challenge"
AUTHORITY = trustme.CA()
PEM = AUTHORITY.cert_pem.bytes().decode()

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def identity(
    name: str = "localhost", *, not_before: datetime | None = None, not_after: datetime | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name, not_before=not_before, not_after=not_after).configure_cert(context)
    return context


@contextlib.asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """An endpoint; its port."""
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls or identity())
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def listening(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """A server that need not speak HTTP; its port."""

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            await talk(reader, writer)

    async with await asyncio.start_server(once, "127.0.0.1", 0, ssl=tls) as server:
        yield server.sockets[0].getsockname()[1]


async def challenged(port: int, host: str = "localhost", challenger: Challenger | None = None) -> Outcome:
    endpoint = Endpoint(f"https://{host}:{port}/identity/sign-ins", "Authorization", SECRET)
    return await (challenger or Challenger(PEM)).challenge(endpoint)


async def receiver(request: web.BaseRequest) -> web.StreamResponse:
    """Answers as a receiver does."""
    if request.headers["Authorization"] != SECRET:
        return web.Response(status=401)
    return web.json_response({"verification": request.headers[CHALLENGE]})


def answering(response: Callable[[], web.StreamResponse]) -> Handler:
    async def answer(_: web.BaseRequest) -> web.StreamResponse:
        return response()

    return answer


async def test_an_endpoint_that_sends_the_challenge_back_is_reachable() -> None:
    async with serving(receiver) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, Reachable)


async def test_the_end_of_a_certificate_is_told_long_before() -> None:
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=300)
    async with serving(receiver, identity(not_after=ends)) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, Reachable)
    assert outcome.expires == ends


async def test_the_challenge_is_another_each_time() -> None:
    seen = []

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.headers[CHALLENGE])
        return await receiver(request)

    async with serving(note) as port:
        await challenged(port)
        await challenged(port)
    assert len(set(seen)) == 2


async def test_the_address_is_called_as_it_is_spelt() -> None:
    seen = []

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.rel_url.raw_path)
        return await receiver(request)

    async with serving(note) as port:
        await Challenger(PEM).challenge(Endpoint(f"https://localhost:{port}/a%21%2Fb", "Authorization", SECRET))
    assert seen == ["/a%21%2Fb"]


async def test_a_certificate_that_ends_soon_is_told_with_its_day() -> None:
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    async with serving(receiver, identity(not_after=ends)) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, CertificateExpiring)
    assert outcome.expires == ends
    assert f"{ends:%Y-%m-%d}" in outcome.message


@pytest.mark.parametrize(("left", "expected"), [(3, Reachable), (1, CertificateExpiring)])
async def test_a_certificate_of_some_days_ends_soon_in_its_last_third(left: int, expected: type[Outcome]) -> None:
    begins = datetime.now(UTC).replace(microsecond=0) - timedelta(days=6 - left)
    async with serving(receiver, identity(not_before=begins, not_after=begins + timedelta(days=6))) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, expected)


async def test_a_certificate_that_has_ended_is_invalid() -> None:
    async with serving(receiver, identity(not_after=datetime(2020, 1, 1, tzinfo=UTC))) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "expired"


async def test_a_certificate_for_another_name_is_invalid() -> None:
    async with serving(receiver, identity("other.example.com")) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "name"


async def test_a_certificate_for_another_address_is_invalid() -> None:
    async with serving(receiver) as port:
        outcome = await challenged(port, host="127.0.0.1")
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "name"


async def test_a_certificate_of_an_unknown_authority_is_invalid() -> None:
    async with serving(receiver) as port:
        outcome = await challenged(port, challenger=Challenger())
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "unknown authority"


async def test_a_certificate_whose_intermediate_is_missing_is_invalid() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = AUTHORITY.create_child_ca().issue_cert("localhost")
    with leaf.cert_chain_pems[0].tempfile() as certificate, leaf.private_key_pem.tempfile() as key:
        context.load_cert_chain(certificate, key)
    async with serving(receiver, context) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "unknown authority"


async def test_a_server_without_tls_is_invalid() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with listening(plain) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, TlsInvalid)
    assert outcome.problem == "other"


async def test_a_name_without_an_address_is_not_resolved() -> None:
    outcome = await challenged(443, host="hooks.invalid")
    assert outcome == NameNotResolved("hooks.invalid")


async def test_a_port_where_nothing_listens_refuses() -> None:
    async with serving(receiver) as port:
        pass
    outcome = await challenged(port)
    assert outcome == ConnectionRefused("localhost", port, "connection refused")


async def test_a_server_that_hangs_up_refuses() -> None:
    async def hang_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with listening(hang_up, identity()) as port:
        outcome = await challenged(port)
    assert outcome == ConnectionRefused("localhost", port, "it hung up without an answer")


async def test_a_proxy_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(receiver) as port:
        pass
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    outcome = await challenged(443, host="hooks.example.com")
    assert isinstance(outcome, ConnectionRefused)
    assert "the proxy that the environment names" in outcome.message


async def test_a_proxy_that_refuses_is_named_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with listening(refuse) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        outcome = await challenged(443, host="hooks.example.com")
    assert isinstance(outcome, ConnectionRefused)
    assert "the proxy answers 403 Forbidden" in outcome.message


@pytest.mark.parametrize("status", [204, 400, 404, 405, 429, 500, 503])
async def test_another_status_than_200_is_wrong(status: int) -> None:
    async with serving(answering(lambda: web.Response(status=status))) as port:
        assert await challenged(port) == WrongStatus(status)


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_secret_is_unauthorized(status: int) -> None:
    async with serving(answering(lambda: web.Response(status=status))) as port:
        assert await challenged(port) == Unauthorized(status)


async def test_a_redirect_is_told_and_not_followed() -> None:
    elsewhere = {"Location": "https://login.example.com/"}
    async with serving(answering(lambda: web.Response(status=302, headers=elsewhere))) as port:
        assert await challenged(port) == Redirected(302, "https://login.example.com/")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Welcome</html>", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"", "not JSON"),
        (b"[]", "no `verification`"),
        (b'{"ok": true}', "no `verification`"),
        (b'{"verification": "something"}', "another value"),
        (b" " * 100_000, "more than 4096 bytes"),
    ],
)
async def test_another_answer_than_the_challenge_is_wrong(body: bytes, said: str) -> None:
    async with serving(answering(lambda: web.Response(body=body))) as port:
        outcome = await challenged(port)
    assert isinstance(outcome, WrongAnswer)
    assert said in outcome.detail


async def test_an_answer_that_is_not_http_is_wrong() -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 mail.example.com ESMTP\r\n\r\n")
        await writer.drain()

    async with listening(greet, identity()) as port:
        assert isinstance(await challenged(port), WrongAnswer)


async def test_a_right_answer_after_more_than_three_seconds_is_too_slow() -> None:
    times = iter([0.0, 4.2])
    async with serving(receiver) as port:
        outcome = await challenged(port, challenger=Challenger(PEM, clock=lambda: next(times)))
    assert outcome == TooSlow(4.2, answered=True)
    assert "took 4.2 s, and Okta waits for 3 s" in outcome.message


async def test_no_answer_at_all_is_too_slow() -> None:
    async def wait_for_the_end(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with listening(wait_for_the_end, identity()) as port:
        outcome = await challenged(port, challenger=Challenger(PEM, patience=0.2))
    assert isinstance(outcome, TooSlow)
    assert not outcome.answered


async def test_no_outcome_tells_the_secret() -> None:
    async def echo(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(
            status=302, headers={"Location": "https://elsewhere.example.com"}, body=await request.read()
        )

    async with serving(echo) as port:
        outcome = await challenged(port)
    assert SECRET not in repr(outcome) + outcome.message
    assert SECRET not in repr(Endpoint("https://hooks.example.com", "Authorization", SECRET))


async def test_each_outcome_has_the_reason_of_its_condition() -> None:
    assert Reachable(0.1).reason == Reason.REACHABLE
    assert Redirected(302, "").reason == Reason.WRONG_STATUS
    assert TooSlow(4.0, answered=True).reason == Reason.TOO_SLOW
