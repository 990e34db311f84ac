"""The cursors as dispatchers share them, so that the next one goes on where this one is.

They are told once a second, after they are in this process' own ledger: what a sink was given in the last second is
given again by the next dispatcher, with the same identity. Dead letters stay in the ledger of whoever wrote them.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Never

import msgspec

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.journal import JournalUnavailable, Position
from okta_hooks.journal.jetstream.bucket import Bucket

_KEY = "cursors"
_EVERY_SECONDS = 1.0

_LOGGER = logging.getLogger(__name__)


class SharedCursors:
    """Tells and takes over.

    Args:
        bucket: Where they are shared.
        ledger: This process' own.
    """

    def __init__(self, bucket: Bucket, ledger: Ledger) -> None:
        self._bucket = bucket
        self._ledger = ledger
        self._told: dict[str, str] = {}

    async def take_over(self) -> None:
        """Bring the own cursors to where the shared ones are further.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        content = (await self._bucket.get(_KEY)).content
        shared = msgspec.json.decode(content, type=dict[str, str]) if content else {}
        for sink, text in shared.items():
            place = Position.parse(text)
            own = self._ledger.cursors.get(sink)
            if own is None or own.place < place:
                await self._ledger.advance(sink, place, Outcome(), now_ns=0)

    async def run(self) -> Never:
        """Tell whenever they have moved."""
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            await self.tell()

    async def tell(self) -> None:
        """Tell if there is news; what can't be told now is told the next time."""
        places = {sink: str(cursor.place) for sink, cursor in self._ledger.cursors.items()}
        if places == self._told:
            return
        try:
            await self._bucket.put(_KEY, msgspec.json.encode(places))
        except JournalUnavailable as error:
            _LOGGER.warning("other dispatchers can't be told how far this one is: %s", error)
        else:
            self._told = places
