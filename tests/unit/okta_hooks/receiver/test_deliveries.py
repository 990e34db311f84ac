"""What a delivery is answered with, and what is kept of it."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from okta_hooks.journal import ArrivalPath, JournalFailed, JournalFull, JournalUnavailable, RecordTooLarge
from okta_hooks.receiver.bodies import Bodies
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.receiver.secret_files import Secrets
from receiving.bodies import delivery, event
from unit.okta_hooks.receiver.served import PATH, SECRET, Served, served


@asynccontextmanager
async def connection(hook: Served) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to write any bytes to."""
    reader, writer = await asyncio.open_connection("127.0.0.1", hook.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def test_each_event_is_kept_as_the_bytes_that_okta_sent() -> None:
    events = ['{ "uuid":"u1", "n":1.50 }', '{"x":"\\u00e4\\/", "uuid":"u2"}']
    body = f'{{"data":{{"events":[ {events[0]} , {events[1]}]}},"eventId":"d1"}}'
    async with served() as hook:
        answer = await hook.deliver(body.encode())
    assert (answer.status, answer.body) == (200, b"")
    assert [(record.uuid, record.event.decode()) for record in hook.journal.records] == [
        ("u1", events[0]),
        ("u2", events[1]),
    ]
    assert {(record.delivery, record.path) for record in hook.journal.records} == {("d1", ArrivalPath.HOOK)}


async def test_nothing_is_answered_before_the_journal_has_kept_it() -> None:
    async with served() as hook:
        hook.journal.open.clear()
        delivering = asyncio.create_task(hook.deliver(delivery(["u1"])))
        await hook.journal.asked.wait()
        assert not delivering.done()
        hook.journal.open.set()
        assert (await delivering).status == 200


async def test_a_delivery_that_comes_again_is_kept_again_since_the_dispatcher_knows_uuids() -> None:
    body = delivery(["u1"])
    async with served() as hook:
        assert [(await hook.deliver(body)).status for _ in range(2)] == [200, 200]
    assert [record.uuid for record in hook.journal.records] == ["u1", "u1"]


@pytest.mark.parametrize("secret", ["wrong", "", None, "a-secret-of-the-hook2", "a-secret"])
async def test_a_wrong_secret_or_none_is_refused_for_good(secret: str | None) -> None:
    async with served() as hook:
        assert (await hook.deliver(delivery(["u1"]), secret=secret)).status == 401
    assert hook.journal.records == []


async def test_both_secrets_are_accepted_during_a_rotation() -> None:
    async with served(secrets=Secrets(b"new", b"old")) as hook:
        assert [(await hook.deliver(delivery(["u"]), secret=secret)).status for secret in ("old", "new")] == [200, 200]


async def test_a_wrong_secret_is_asked_to_come_again_until_the_new_one_was_seen() -> None:
    async with served(secrets=Secrets(b"new", b"old")) as hook:
        statuses = [
            (await hook.deliver(delivery(["u"]), secret=secret)).status
            for secret in ("older", "old", "older", "new", "older")
        ]
    assert statuses == [503, 200, 503, 200, 401]


async def test_okta_is_asked_to_come_again_before_a_secret_was_read() -> None:
    async with served(secrets=None) as hook:
        assert (await hook.deliver(delivery(["u"]))).status == 503
        assert hook.health.unreadiness() is not None


@pytest.mark.parametrize("refusal", [JournalFull("full"), JournalFailed("failed"), ValueError("a defect")])
async def test_what_can_not_be_kept_now_is_asked_to_come_again(refusal: Exception) -> None:
    async with served() as hook:
        hook.journal.refusal = refusal
        assert (await hook.deliver(delivery(["u"]))).status == 503
        hook.journal.refusal = None
        assert (await hook.deliver(delivery(["u"]))).status == 200


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        (JournalUnavailable("away"), Outcome.JOURNAL_UNAVAILABLE),
        (RecordTooLarge("larger than messages may be"), Outcome.TOO_LARGE),
    ],
)
async def test_why_something_was_not_kept_is_counted(refusal: Exception, outcome: Outcome) -> None:
    async with served() as hook:
        hook.journal.refusal = refusal
        assert (await hook.deliver(delivery(["u"]))).status == 503
        assert hook.count(outcome) == 1


async def test_a_journal_that_takes_too_long_is_not_waited_for() -> None:
    async with served(answer_seconds=0.01) as hook:
        hook.journal.open.clear()
        assert (await hook.deliver(delivery(["u"]))).status == 503
    assert hook.count(Outcome.TOO_SLOW) == 1


async def test_a_sender_that_takes_too_long_is_answered_all_the_same() -> None:
    async with served(answer_seconds=0.01) as hook, connection(hook) as (reader, writer):
        head = f"POST {PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: {SECRET}\r\nContent-Length: 9\r\n\r\n"
        writer.write(f"{head}{{".encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 503")


async def test_the_secret_is_checked_before_the_body_is_waited_for() -> None:
    async with served() as hook, connection(hook) as (reader, writer):
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: no\r\nContent-Length: 9\r\n\r\n".encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"data":{}}', b'{"data":{"events":{}}}', b"\xff\xfe", b'{"data":' + b"[" * 100_000],
    ids=["empty", "torn", "array", "null", "no events", "events no array", "not utf-8", "too deep"],
)
async def test_what_carries_the_secret_and_can_not_be_read_is_set_aside_as_it_is(body: bytes) -> None:
    async with served() as hook:
        assert (await hook.deliver(body)).status == 200
    assert [(record.uuid, record.event) for record in hook.journal.records] == [("", body)]
    assert hook.count(Outcome.QUARANTINED) == 1


@pytest.mark.parametrize("odd", ['{"n":1}', '{"uuid":7}', '{"uuid":""}', "7", '{"uuid":"%s"}' % ("x" * 129)])
async def test_an_event_without_an_identity_is_set_aside_alone(odd: str) -> None:
    async with served() as hook:
        answer = await hook.deliver(b'{"data":{"events":[%s,{"uuid":"u1"}]}}' % odd.encode())
    assert answer.status == 200
    assert [(record.uuid, record.event) for record in hook.journal.records] == [
        ("", odd.encode()),
        ("u1", b'{"uuid":"u1"}'),
    ]
    assert hook.tally.quarantined.number == 1


async def test_a_delivery_without_events_is_fine() -> None:
    async with served() as hook:
        assert (await hook.deliver(delivery([]))).status == 200


async def test_the_hook_is_known_by_its_id_whatever_host_the_source_names() -> None:
    body = json.dumps({"source": "https://login.example.com/api/v1/eventHooks/who7", "data": {"events": []}})
    async with served() as hook:
        await hook.deliver(body.encode())
        await hook.deliver(delivery([], hook_id="who8"))
    assert {hook_id: count.number for hook_id, count in hook.tally.hook_ids.items()} == {"who7": 1, "who8": 1}


async def _chunks(hook_bytes: int) -> AsyncIterator[bytes]:
    yield b"x" * hook_bytes


async def test_a_body_that_is_too_large_is_no_4xx_since_it_carries_the_secret() -> None:
    async with served(bodies=Bodies(max_bytes=1000)) as hook:
        assert (await hook.deliver(b"x" * 1001)).status == 503
        assert (await hook.request("POST", body=_chunks(1001))).status == 503
    assert hook.count(Outcome.TOO_LARGE) == 2


async def test_memory_for_bodies_is_bounded_and_comes_back() -> None:
    async with served(bodies=Bodies(max_held_bytes=5000)) as hook:
        assert await _answered_while_another_is_held(hook, 3000) == 503
        assert (await hook.deliver(b"x" * 3000)).status == 200
    assert hook.count(Outcome.BUSY) == 1


async def _answered_while_another_is_held(hook: Served, size: int) -> int:
    hook.journal.open.clear()
    held = asyncio.create_task(hook.deliver(b"x" * size))
    await hook.journal.asked.wait()
    status = (await hook.deliver(b"x" * size)).status
    hook.journal.open.set()
    assert (await held).status == 200
    return status


async def test_connections_above_the_limit_are_hung_up_on() -> None:
    async with served(max_connections=1) as hook, connection(hook) as (first_reader, first):
        first.write(f"GET {PATH} HTTP/1.1\r\nHost: h\r\nX-Okta-Verification-Challenge: 1\r\n\r\n".encode())
        assert (await first_reader.readline()).startswith(b"HTTP/1.1 200")
        async with connection(hook) as (second_reader, _):
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await second_reader.readexactly(1)
    assert hook.tally.refused_connections == 1


async def test_an_ending_receiver_still_keeps_and_asks_to_reconnect_elsewhere() -> None:
    async with served() as hook:
        hook.health.is_ending = True
        answer = await hook.deliver(delivery(["u"]))
    assert (answer.status, answer.headers["Connection"]) == (200, "close")


async def test_compressed_bodies_are_read() -> None:
    body = gzip.compress(json.dumps({"data": {"events": [event("u1")]}}).encode())
    async with served() as hook:
        assert (await hook.request("POST", body=body, headers={"Content-Encoding": "gzip"})).status == 200
    assert [record.uuid for record in hook.journal.records] == ["u1"]


async def test_a_client_that_waits_to_be_asked_for_its_body_is_asked() -> None:
    async with served() as hook, connection(hook) as (reader, writer):
        body = delivery(["u1"])
        writer.write(
            f"POST {PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: {SECRET}\r\nExpect: 100-continue\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
        )
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    assert [record.uuid for record in hook.journal.records] == ["u1"]


async def test_what_is_no_http_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as hook:
        for _ in range(20):
            async with connection(hook) as (reader, writer):
                writer.write(f"POST {PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: {SECRET}\x01\r\n\r\n".encode())
                assert b" 400 " in await reader.readline()
    assert 0 < len(caplog.records) <= 5
    assert SECRET not in caplog.text
    assert "Traceback" not in caplog.text
