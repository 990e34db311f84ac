"""An object's name. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from okta_hooks.sinks.port import Outgoing

_SECOND = 1_000_000_000
_DIGITS = 32


def object_key(batch: Sequence[Outgoing], *, prefix: str, ending: str) -> str:
    """`{prefix}/{yyyy}/{MM}/{dd}/{HH}/{time}-{hash}{ending}`, all of it told from the events.

    So the same batch has the same name, and a repeat of it takes the place of the first copy. The time is when Okta
    published the first of them, else when it was received; the hash is of their uuids.
    """
    first = batch[0]
    moment = datetime.fromtimestamp((first.published_ns or first.received_ns) // _SECOND, UTC)
    uuids = "\n".join(event.uuid for event in batch)
    digest = hashlib.sha256(uuids.encode()).hexdigest()[:_DIGITS]
    name = f"{moment:%Y/%m/%d/%H/%Y%m%dT%H%M%SZ}-{digest}{ending}"
    return f"{prefix}/{name}" if prefix else name
