"""The System Log over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.management.endpoint import Call, Endpoint
from okta_simulator.options import Log
from okta_simulator.system_log.cursor import written
from okta_simulator.system_log.log import SystemLog
from okta_simulator.system_log.paging import page_of
from okta_simulator.system_log.query import query_of


class LogsResource:
    """`/api/v1/logs`.

    Args:
        log: What is read.
        clock: Okta's time.
        options: How the log behaves.
        organization_url: Where links lead, without a trailing slash.
    """

    def __init__(self, log: SystemLog, clock: Clock, options: Log, organization_url: str) -> None:
        self._log = log
        self._clock = clock
        self._options = options
        self._organization_url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The one operation."""
        return (Endpoint("GET", "/api/v1/logs", self._list, "okta.logs.read", "/api/v1/logs"),)

    async def _list(self, call: Call) -> web.StreamResponse:
        url = call.request.rel_url
        page = await page_of(self._log, query_of(url.query, self._clock.now(), self._options))
        response = web.Response(body=b"[" + b",".join(page.entries) + b"]", content_type="application/json")
        response.headers.add("Link", f'<{self._organization_url}{url}>; rel="self"')
        if page.next is not None:
            following = url.without_query_params("since").update_query(after=written(page.next))
            response.headers.add("Link", f'<{self._organization_url}{following}>; rel="next"')
        return response
