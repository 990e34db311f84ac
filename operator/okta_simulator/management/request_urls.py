"""The URL of a request, as a client may know it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True)
class RequestUrls:
    """Gives a request's URL without its query, for what clients sign it into (`aud`, `htu`).

    The path has no percent-encoding: Okta decodes it before it compares (okta-sdk-python issue 541).

    Attributes:
        organization: The organisation's URL: behind a proxy the request itself does not show it.
    """

    organization: str

    def __call__(self, request: web.Request) -> Collection[str]:
        """The URL at the organisation's address, and at the one that the request was sent to."""
        return {self.organization + request.path, f"{request.scheme}://{request.host}{request.path}"}
