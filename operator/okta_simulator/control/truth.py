"""`/truth`: what really happened to each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from aiohttp import web

from okta_simulator.control.api import Operation, query_of
from okta_simulator.errors import not_found
from okta_simulator.ground_truth import EventFate, GroundTruth, Page, Summary


class _PageQuery(msgspec.Struct, frozen=True):
    begin: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100
    missing: bool = False


@dataclass(frozen=True)
class TruthControl:
    """Shows the ground truth, and clears it."""

    truth: GroundTruth

    def operations(self) -> Sequence[Operation]:
        """The operations on the ground truth."""
        return [
            Operation("GET", "/truth", self._summary),
            Operation("DELETE", "/truth", self._clear),
            Operation("GET", "/truth/events", self._page),
            Operation("GET", "/truth/events/{uuid}", self._event),
        ]

    async def _summary(self, _: web.Request) -> Summary:
        return self.truth.summary()

    async def _clear(self, _: web.Request) -> Summary:
        self.truth.clear()
        return self.truth.summary()

    async def _page(self, request: web.Request) -> Page:
        query = query_of(request, _PageQuery)
        return self.truth.page(query.begin, query.limit, missing_only=query.missing)

    async def _event(self, request: web.Request) -> EventFate:
        uuid = request.match_info["uuid"]
        fate = self.truth.get(uuid)
        if fate is None:
            raise not_found(uuid, "Event")
        return fate
