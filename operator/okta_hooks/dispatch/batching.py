"""When a batch is complete, as it is configured, and what suits a sink where it is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import msgspec

from okta_hooks.dispatch.source import BatchLimits
from okta_hooks.sinks import AnySink, ObjectStorageSettings

Events = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Bytes = Annotated[int, msgspec.Meta(ge=1, le=16 << 20)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=86400)]

_USUAL = BatchLimits(500, 1 << 20, timedelta(0))
_OBJECTS = BatchLimits(10_000, 1 << 20, timedelta(minutes=1))
"""A bucket is read by the object, and many small ones are slow and dear. A batch takes some ten times its size of
memory while it is written and the next one is made ready, so larger ones are for who gives the process more."""


class Batching(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """When a batch is complete: by whichever comes first; None leaves it to what suits the sink."""

    max_events: Events | None = None
    max_bytes: Bytes | None = None
    max_age_seconds: Seconds | None = None

    def limits(self, to: AnySink) -> BatchLimits:
        """The same, as the source of batches for a sink wants it."""
        usual = _OBJECTS if isinstance(to, ObjectStorageSettings) else _USUAL
        age = self.max_age_seconds
        return BatchLimits(
            self.max_events or usual.max_events,
            self.max_bytes or usual.max_bytes,
            usual.max_age if age is None else timedelta(seconds=age),
        )
