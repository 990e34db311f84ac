"""Shutting blocked addresses out of everything: Okta looks at blocklists first, for every URL of an organisation.

An administrator's own address on a blocklist locks the administrator out as well. How the answer to a blocked API
call looks is not documented; it is the one for a caller who may not do what is asked for.
"""

from __future__ import annotations

from aiohttp import web

from okta_simulator.errors import OktaError
from okta_simulator.management.error_answers import RawHandler
from okta_simulator.zones.blocklists import Blocklists


class BlockedAddresses:
    """Stands in front of handlers."""

    def __init__(self, blocklists: Blocklists) -> None:
        self._blocklists = blocklists

    def guarded(self, handler: RawHandler) -> RawHandler:
        """The same handler, for those who are let in; others get E0000006."""

        async def handle(request: web.Request) -> web.StreamResponse:
            if request.remote and self._blocklists.stop(request.remote):
                raise OktaError("E0000006")
            return await handler(request)

        return handle
