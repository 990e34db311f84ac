"""`objectStorage` keeps the contract of sinks with a real S3 server."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from contract.okta_hooks.sinks.sink_contract import SinkContract
from okta_hooks.sinks import AnySink, Delivered, Paused
from samples.sinks import configured, outgoing
from servers.process import free_port
from servers.seaweedfs import READER, WRITER, SeaweedFs

pytestmark = pytest.mark.xdist_group("servers")

_NUMBERS = count()


class Bucket:
    """A bucket of one test's own.

    Args:
        server: Has it.
        folder: Where the key is.
        fields: More of the settings.
    """

    def __init__(self, server: SeaweedFs, folder: Path, **fields: object) -> None:
        self.name = f"okta-{next(_NUMBERS)}"
        self._server = server
        self._folder = folder
        self._fields: dict[str, object] = {"endpoint": server.url, "addressing": "Path", "timeoutSeconds": 20, **fields}
        self.be(WRITER)

    def be(self, key: tuple[str, str]) -> None:
        """Put another key where it is mounted."""
        for name, text in zip(("id", "secret"), key, strict=True):
            (self._folder / name).write_text(text)

    @property
    def settings(self) -> AnySink:
        auth = {
            "type": "accessKey",
            "accessKeyIdFile": str(self._folder / "id"),
            "secretAccessKeyFile": str(self._folder / "secret"),
        }
        return configured(type="objectStorage", bucket=self.name, auth=auth, **self._fields)

    def objects(self) -> dict[str, bytes]:
        return self._server.objects(self.name)

    async def received(self, count: int) -> Sequence[bytes]:
        """Objects have no order among each other; the payloads of these tests are in their own."""
        found = await asyncio.to_thread(self.objects)
        batches = [_plain(name, body).splitlines() for name, body in found.items()]
        lines = [line for batch in sorted(batches, key=_number) for line in batch]
        assert len(lines) >= count
        return lines

    async def fail(self) -> None:
        self._fields["endpoint"] = f"http://127.0.0.1:{free_port()}"


def _plain(name: str, body: bytes) -> bytes:
    return gzip.decompress(body) if name.endswith(".gz") else body


def _number(lines: list[bytes]) -> int:
    return int(lines[0].partition(b'"n":')[2].partition(b",")[0])


class TestObjectStorage(SinkContract):
    @pytest.fixture(params=["Gzip", "None"])
    def side(self, request: pytest.FixtureRequest, seaweedfs: SeaweedFs, tmp_path: Path) -> Bucket:
        return Bucket(seaweedfs, tmp_path, compression=request.param)

    async def test_delivers_a_large_event_and_any_characters(self, side: Bucket) -> None:  # type: ignore[override]
        batch = [outgoing("u", b'{"n":1,"padding":"%s"}' % (b"x" * 1_000_000)), outgoing("v", '{"Zoë ☃":1}'.encode())]
        async with side.settings.open() as sink:
            assert await sink.deliver(batch) == Delivered()
        assert list(await side.received(2)) == [event.payload for event in batch]


@pytest.fixture
def bucket(seaweedfs: SeaweedFs, tmp_path: Path) -> Bucket:
    return Bucket(seaweedfs, tmp_path)


async def test_a_batch_that_is_sent_twice_is_one_object(bucket: Bucket) -> None:
    batch = [outgoing(f"u{number}", b'{"n":%d}' % number) for number in range(50)]
    async with bucket.settings.open() as sink:
        assert [await sink.deliver(batch), await sink.deliver(batch)] == [Delivered(), Delivered()]
    assert len(bucket.objects()) == 1


async def test_an_object_is_below_the_hour_in_which_its_first_event_was_published(bucket: Bucket) -> None:
    async with bucket.settings.open() as sink:
        await sink.deliver([outgoing("u", b'{"n":1}')])
    (name,) = bucket.objects()
    assert name.startswith("okta/2026/01/31/11/20260131T115959Z-")
    assert name.endswith(".ndjson.gz")


async def test_a_server_of_an_own_authority_is_trusted(seaweedfs: SeaweedFs, tmp_path: Path) -> None:
    bucket = Bucket(seaweedfs, tmp_path, endpoint=seaweedfs.tls_url, caFile=str(seaweedfs.authority.file))
    async with bucket.settings.open() as sink:
        assert await sink.deliver([outgoing("u", b'{"n":1}')]) == Delivered()


async def test_a_server_of_an_authority_that_is_not_named_pauses(seaweedfs: SeaweedFs, tmp_path: Path) -> None:
    async with Bucket(seaweedfs, tmp_path, endpoint=seaweedfs.tls_url).settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b'{"n":1}')])
    assert isinstance(answer, Paused)
    assert answer.reason.startswith("the certificate of 127.0.0.1 can't be trusted")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (READER, "AccessDenied"),
        (("nobody", "nothing"), "InvalidAccessKeyId"),
        ((WRITER[0], "wrong"), "SignatureDoesNotMatch"),
    ],
)
async def test_a_key_that_may_not_write_pauses_and_another_goes_on_without_a_restart(
    key: tuple[str, str], said: str, bucket: Bucket
) -> None:
    bucket.be(key)
    async with bucket.settings.open() as sink:
        answer = await sink.deliver([outgoing("u", b'{"n":1}')])
        assert answer == Paused(f"127.0.0.1 answers 403 ({said}): correct the credential, or what it may do there")
        bucket.be(WRITER)
        assert await sink.deliver([outgoing("u", b'{"n":1}')]) == Delivered()
