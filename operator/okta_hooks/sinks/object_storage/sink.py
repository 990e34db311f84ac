"""Hands a batch over as one object."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import obstore
from isal import isal_zlib
from obstore.exceptions import BaseError
from obstore.store import S3Store
from yarl import URL

from okta_hooks.sinks.mounted import NotMounted
from okta_hooks.sinks.object_storage.failures import of_error
from okta_hooks.sinks.object_storage.key import object_key
from okta_hooks.sinks.object_storage.settings import ObjectStorageSettings
from okta_hooks.sinks.object_storage.store import Credentials, bucket, credentials
from okta_hooks.sinks.port import Answer, Delivered, Outgoing, Paused, Retry

_GZIP = 31  # zlib's window of 32 KiB, with gzip's header and checksum


class ObjectStorageSink:
    """Puts objects.

    Args:
        settings: Where to, and how.
    """

    def __init__(self, settings: ObjectStorageSettings) -> None:
        self._settings = settings
        self._is_compressed = settings.compression == "Gzip"
        self._host = URL(settings.endpoint).host or "" if settings.endpoint else f"S3 in {settings.region}"
        self._kept: tuple[Credentials, S3Store] | None = None

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        key = object_key(batch, prefix=self._settings.prefix, ending=".ndjson.gz" if self._is_compressed else ".ndjson")
        body = await asyncio.to_thread(self._body, batch)
        patience = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(patience):
                await obstore.put_async(
                    self._bucket(), key, body, attributes={"Content-Type": self._content_type}, use_multipart=False
                )
        except NotMounted as error:
            return Paused(str(error))
        except TimeoutError:
            return Retry(f"{self._host} did not answer within {patience:g} s")
        except (BaseError, OSError, ValueError) as error:
            return of_error(error, self._host)
        return Delivered()

    @property
    def _content_type(self) -> str:
        """Compression is a part of it, and no `Content-Encoding`, by which some clients would get other bytes."""
        return "application/gzip" if self._is_compressed else "application/x-ndjson"

    def _body(self, batch: Sequence[Outgoing]) -> bytes:
        """The same bytes for the same events."""
        lines = (b"%b\n" % event.payload for event in batch)
        return _gzipped(lines) if self._is_compressed else b"".join(lines)

    def _bucket(self) -> S3Store:
        """The bucket, opened with what the files hold now."""
        known_by = credentials(self._settings)
        if self._kept is None or self._kept[0] != known_by:
            self._kept = known_by, bucket(self._settings, known_by)
        return self._kept[1]


def _gzipped(lines: Iterable[bytes]) -> bytes:
    """Line by line, so that they are nowhere in memory together."""
    compressor = isal_zlib.compressobj(1, isal_zlib.DEFLATED, _GZIP)
    parts = [compressor.compress(line) for line in lines]
    return b"".join([*parts, compressor.flush()])
