"""What comes of servers that misbehave: always an answer whose sentence names the host, never an exception."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from okta_hooks.sinks import Answer, Delivered, Paused, Retry
from samples.sinks import configured, outgoing
from servers.process import free_port
from servers.stub import Said, listener, raw, stub

EVENT = outgoing("u1", b'{"n":1}')


async def answer_of(url: str, **more: object) -> Answer:
    async with configured(type="http", url=url, **more).open() as sink:
        return await sink.deliver([EVENT])


async def talk_halfway(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nOnly so much")
    await writer.drain()
    writer.close()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.close()


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def talk_forever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 200_000)


async def speak_another_protocol(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"220 mail.example.com ESMTP\r\n")
    await writer.drain()
    writer.close()


async def test_a_page_instead_of_an_answer_is_tried_again() -> None:
    async with stub(lambda _: Said(200, b"<html>Log in</html>", {"Content-Type": "text/html"})) as server:
        assert await answer_of(server.url) == Retry(
            "127.0.0.1 answers 200 with a page for people: see that the address is right, and that no login stands "
            "before it"
        )


@pytest.mark.parametrize("talk", [talk_halfway, hang_up])
async def test_a_connection_that_is_closed_too_early_is_tried_again(talk: object) -> None:
    async with raw(talk) as url:  # type: ignore[arg-type]
        assert await answer_of(url) == Retry("127.0.0.1 closed the connection before it had answered")


async def test_a_server_that_never_answers_is_not_waited_for_longer_than_said() -> None:
    async with raw(say_nothing) as url:
        assert await answer_of(url, timeoutSeconds=0.05) == Retry("127.0.0.1 did not answer within 0.05 s")


async def test_an_answer_without_end_is_read_only_in_its_beginning() -> None:
    async with raw(talk_forever) as url:
        assert await answer_of(url) == Retry(f"127.0.0.1 answers 503 ({'x' * 200}…)")


async def test_what_is_not_http_is_named_so() -> None:
    async with raw(speak_another_protocol) as url:
        assert await answer_of(url) == Retry("what 127.0.0.1 answers is not HTTP")


async def test_nobody_listening_is_tried_again() -> None:
    assert await answer_of(f"http://127.0.0.1:{free_port()}") == Retry(
        "127.0.0.1 takes no connection (connection refused)"
    )


async def test_a_name_that_does_not_exist_is_tried_again() -> None:
    assert await answer_of("http://siem.invalid") == Retry("the name siem.invalid can't be resolved")


async def test_a_redirect_is_not_followed() -> None:
    async with stub() as elsewhere, stub(lambda _: Said(307, b"", {"Location": elsewhere.url})) as server:
        assert isinstance(await answer_of(server.url), Paused)
        assert elsewhere.asked == []


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def tls_for(name: str, authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


async def test_an_authority_that_is_named_is_trusted(tmp_path: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca"))
    async with stub(tls=tls_for("127.0.0.1", authority)) as server:
        assert await answer_of(server.url, caFile=str(tmp_path / "ca")) == Delivered()


async def test_an_authority_that_is_not_named_pauses(authority: trustme.CA) -> None:
    async with stub(tls=tls_for("127.0.0.1", authority)) as server:
        answer = await answer_of(server.url)
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of 127.0.0.1 can't be trusted (unable to get local issuer")
    assert answer.reason.endswith("correct the address, or name the authority that signed it in the sink's CA")


async def test_a_connection_that_is_closed_instead_of_a_handshake_is_tried_again_and_the_server_s_log_named() -> None:
    async with listener(hang_up) as port:
        answer = await answer_of(f"https://127.0.0.1:{port}")
    assert answer == Retry("127.0.0.1 takes no connection (closed before TLS was agreed on: see its log)")


async def test_a_certificate_for_another_name_pauses(tmp_path: Path, authority: trustme.CA) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca"))
    async with stub(tls=tls_for("siem.example.com", authority)) as server:
        answer = await answer_of(server.url, caFile=str(tmp_path / "ca"))
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of 127.0.0.1 can't be trusted (IP address mismatch")


async def test_an_authority_that_was_swapped_is_read_again(tmp_path: Path, authority: trustme.CA) -> None:
    file = tmp_path / "ca"
    trustme.CA().cert_pem.write_to_path(str(file))
    async with (
        stub(tls=tls_for("127.0.0.1", authority)) as server,
        configured(type="http", url=server.url, caFile=str(file)).open() as sink,
    ):
        assert isinstance(await sink.deliver([EVENT]), Paused)
        authority.cert_pem.write_to_path(str(file))
        assert await sink.deliver([EVENT]) == Delivered()


async def test_a_file_without_certificates_pauses(tmp_path: Path) -> None:
    (tmp_path / "ca").write_text("nothing")
    assert await answer_of("https://127.0.0.1", caFile=str(tmp_path / "ca")) == Paused(
        f"{tmp_path}/ca holds no certificate: put PEM into this key"
    )


async def test_a_proxy_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stub() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert await answer_of("http://siem.invalid/events") == Delivered()
        assert [asked.headers["Host"] for asked in proxy.asked] == ["siem.invalid"]


async def test_a_host_that_needs_no_proxy_is_called_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with stub() as server:
        assert await answer_of(server.url) == Delivered()


async def test_a_secret_that_the_other_side_repeats_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret")
    (tmp_path / "user").write_text("me")
    auths = [
        {"type": "bearer", "tokenFile": str(tmp_path / "token")},
        {"type": "basic", "usernameFile": str(tmp_path / "user"), "passwordFile": str(tmp_path / "token")},
    ]
    async with stub(lambda asked: Said(400, f"bad s3cret {asked.headers['Authorization']}".encode())) as server:
        answers = [await answer_of(server.url, auth=auth) for auth in auths]
    assert [str(answer).count("[redacted]") for answer in answers] == [2, 2]
    assert "s3cret" not in str(answers)
