"""Network zones over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.paging import paged
from okta_simulator.management.search import matching
from okta_simulator.zones.body import ZoneBody
from okta_simulator.zones.registry import Zones
from okta_simulator.zones.rendering import rendered
from okta_simulator.zones.zone import Zone

_PATH = "/api/v1/zones"
_MOST = 1_000  # zones of one page; without a limit all come at once


class ZonesResource:
    """`/api/v1/zones`."""

    def __init__(self, zones: Zones, organization_url: str) -> None:
        self._zones = zones
        self._url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        one, manage = f"{_PATH}/{{zoneId}}", "okta.networkZones.manage"
        return (
            Endpoint("GET", _PATH, self._list, "okta.networkZones.read"),
            Endpoint("POST", _PATH, self._create, manage),
            Endpoint("GET", one, self._get, "okta.networkZones.read"),
            Endpoint("PUT", one, self._replace, manage),
            Endpoint("DELETE", one, self._delete, manage),
            Endpoint("POST", f"{one}/lifecycle/activate", self._activate, manage),
            Endpoint("POST", f"{one}/lifecycle/deactivate", self._deactivate, manage),
        )

    async def _list(self, call: Call) -> web.Response:
        rows = [rendered(zone, self._url) for zone in self._zones]
        found = matching(rows, call.request.query.get("filter"), attributes=("id", "usage", "system"))
        return paged(call, self._url, found, default=-1, most=_MOST)

    async def _create(self, call: Call) -> web.Response:
        return self._shown(self._zones.create(await call.body(ZoneBody), call.caller))

    async def _get(self, call: Call) -> web.Response:
        return self._shown(self._zones.get(call.path("zoneId")))

    async def _replace(self, call: Call) -> web.Response:
        return self._shown(self._zones.replace(call.path("zoneId"), await call.body(ZoneBody), call.caller))

    async def _delete(self, call: Call) -> web.Response:
        self._zones.delete(call.path("zoneId"), call.caller)
        return web.Response(status=204)

    async def _activate(self, call: Call) -> web.Response:
        return self._shown(self._zones.activate(call.path("zoneId"), call.caller))

    async def _deactivate(self, call: Call) -> web.Response:
        return self._shown(self._zones.deactivate(call.path("zoneId"), call.caller))

    def _shown(self, zone: Zone) -> web.Response:
        return json_response(rendered(zone, self._url))
