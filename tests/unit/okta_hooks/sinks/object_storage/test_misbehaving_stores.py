"""What comes of stores that misbehave, what errors mean, and what a request carries."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import msgspec
import pytest

from okta_hooks.sinks import Answer, Delivered, Paused, Refused, Retry
from samples.sinks import configured, outgoing
from servers.authority import Authority
from servers.process import free_port
from servers.stub import Asked, Said, raw, stub

EVENT = outgoing("u", b"{}")
TAKEN = Said(200, b"", {"ETag": '"1"'})


@pytest.fixture
def key(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "id").write_text("AKIA")
    (tmp_path / "secret").write_text("the secret")
    return {
        "type": "accessKey",
        "accessKeyIdFile": str(tmp_path / "id"),
        "secretAccessKeyFile": str(tmp_path / "secret"),
    }


async def answer_of(endpoint: str, key: dict[str, str] | None, **more: object) -> Answer:
    fields: dict[str, object] = {"type": "objectStorage", "bucket": "okta", "addressing": "Path", "timeoutSeconds": 5}
    async with configured(**{**fields, "endpoint": endpoint, "auth": key, **more}).open() as sink:
        return await sink.deliver([EVENT])


async def answer_to(said: Said, key: dict[str, str]) -> Answer:
    async with stub(lambda _: said) as server:
        return await answer_of(server.url, key)


def error(code: str) -> bytes:
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>It is so.</Message></Error>".encode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"bucket": "a/b"},
        {"prefix": "/okta"},
        {"prefix": "a/../b"},
        {"endpoint": "ftp://host"},
        {"endpoint": "https://user:password@host"},
        {"kmsKeyId": "k"},
    ],
)
def test_refuses_settings_that_can_not_be(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        configured(**{"type": "objectStorage", "bucket": "okta", **wrong})


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (500, "InternalError", Retry),
        (503, "SlowDown", Retry),
        (429, "", Retry),
        (409, "OperationAborted", Retry),
        (400, "RequestTimeout", Retry),
        (400, "ExpiredToken", Paused),
        (400, "AuthorizationHeaderMalformed", Paused),
        (401, "", Paused),
        (403, "AccessDenied", Paused),
        (403, "SignatureDoesNotMatch", Paused),
        (403, "RequestTimeTooSkewed", Paused),
        (404, "NoSuchBucket", Paused),
        (301, "PermanentRedirect", Paused),
        (400, "EntityTooLarge", Refused),
        (413, "", Refused),
    ],
)
async def test_each_error_has_its_meaning(status: int, code: str, kind: type[Answer], key: dict[str, str]) -> None:
    answer = await answer_to(Said(status, error(code)), key)
    assert isinstance(answer, kind)


async def test_an_error_is_named_by_its_code(key: dict[str, str]) -> None:
    assert await answer_to(Said(503, error("SlowDown")), key) == Retry("127.0.0.1 answers 503 (SlowDown)")


async def test_a_page_instead_of_an_answer_is_tried_again(key: dict[str, str]) -> None:
    answer = await answer_to(Said(200, b"<html>Log in</html>", {"Content-Type": "text/html"}), key)
    assert answer == Retry("127.0.0.1 answers, but not as object storage does: see that the address is right")


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.close()


async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def speak_another_protocol(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"220 mail.example.com ESMTP\r\n")
    await writer.drain()
    writer.close()


@pytest.mark.parametrize("talk", [hang_up, speak_another_protocol])
async def test_what_is_no_answer_is_tried_again(talk: object, key: dict[str, str]) -> None:
    async with raw(talk) as url:  # type: ignore[arg-type]
        assert isinstance(await answer_of(url, key), Retry)


async def test_a_store_that_never_answers_is_not_waited_for_longer_than_said(key: dict[str, str]) -> None:
    async with raw(say_nothing) as url:
        answer = await answer_of(url, key, timeoutSeconds=0.2)
    assert isinstance(answer, Retry)
    assert answer.reason.startswith("127.0.0.1 did not answer")


async def test_nobody_there_is_tried_again(key: dict[str, str]) -> None:
    assert await answer_of(f"http://127.0.0.1:{free_port()}", key) == Retry("127.0.0.1 takes no connection")


async def test_a_certificate_for_another_name_pauses(key: dict[str, str], tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with stub(lambda _: TAKEN, tls=authority.server_context("example.com")) as server:
        answer = await answer_of(server.url, key, caFile=str(authority.file))
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of 127.0.0.1 can't be trusted")


async def test_a_missing_key_pauses_and_nothing_is_sent(key: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "secret").unlink()
    async with stub(lambda _: TAKEN) as server:
        assert isinstance(await answer_of(server.url, key), Paused)
    assert server.asked == []


async def asked_with(key: dict[str, str], **more: object) -> Asked:
    async with stub(lambda _: TAKEN) as server:
        assert await answer_of(server.url, key, **more) == Delivered()
    (asked,) = server.asked
    return asked


async def test_a_request_is_signed_and_shows_no_secret(key: dict[str, str]) -> None:
    asked = await asked_with(key, region="eu-central-1")
    assert asked.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIA/")
    assert "/eu-central-1/s3/aws4_request" in asked.headers["Authorization"]
    assert not any("the secret" in value for value in asked.headers.values())
    assert asked.headers["x-amz-content-sha256"] == hashlib.sha256(asked.body).hexdigest()


async def test_a_session_has_its_token(key: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text("session")
    asked = await asked_with({**key, "sessionTokenFile": str(tmp_path / "token")})
    assert asked.headers["x-amz-security-token"] == "session"


async def test_the_server_is_told_how_to_encrypt(key: dict[str, str]) -> None:
    asked = await asked_with(key, encryption="Kms", kmsKeyId="key-1")
    assert asked.headers["x-amz-server-side-encryption"] == "aws:kms"
    assert asked.headers["x-amz-server-side-encryption-aws-kms-key-id"] == "key-1"
    assert "x-amz-server-side-encryption" not in (await asked_with(key)).headers
    assert (await asked_with(key, encryption="S3")).headers["x-amz-server-side-encryption"] == "AES256"


STS = """<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
<SessionToken>of the role</SessionToken><Expiration>2126-01-31T12:00:00Z</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"""


async def test_without_a_key_the_workload_is_known_by_its_web_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "web-identity").write_text("a token of the service account")
    authority = Authority(tmp_path)
    tls = authority.server_context("127.0.0.1")
    async with stub(lambda _: TAKEN) as store, stub(lambda _: Said(200, STS.encode()), tls=tls) as tokens:
        monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "web-identity"))
        monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::1:role/okta")
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", tokens.url)
        assert await answer_of(store.url, None, caFile=str(authority.file)) == Delivered()
    assert store.asked[0].headers["x-amz-security-token"] == "of the role"


async def test_an_identity_that_brings_no_credential_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "web-identity").write_text("a token of the service account")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "web-identity"))
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::1:role/okta")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", f"https://127.0.0.1:{free_port()}")
    assert await answer_of("http://127.0.0.1:1", None) == Retry(
        "the pod's own identity brings no credential for 127.0.0.1: give its service account a role, or the sink a key"
    )
