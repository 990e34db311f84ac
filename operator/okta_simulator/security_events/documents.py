"""Reading what a provider publishes: its configuration and its keys."""

from __future__ import annotations

import asyncio
from typing import Protocol

import aiohttp
import msgspec

from okta_simulator.json_values import UNREADABLE, JsonObject
from okta_simulator.network import PinnedResolver
from okta_simulator.options import Endpoints
from okta_simulator.tls import client_context

_TIMEOUT = aiohttp.ClientTimeout(total=5.0)  # real seconds
_LARGEST = 256 * 1024  # bytes of a document
_AT_ONCE = 4  # documents that are read at a time; others wait


class UnreadableDocumentError(Exception):
    """The URL does not lead to a JSON object; the sentence says why."""


class Documents(Protocol):
    """Where documents come from."""

    async def read(self, url: str) -> JsonObject:
        """The JSON object that a URL leads to.

        Raises:
            UnreadableDocumentError: See there.
        """


class PublishedDocuments:
    """Documents on the web: read in bounded time and size, without following redirects.

    Args:
        endpoints: Where names lead, and which certificate authorities count, as for the endpoints of hooks.

    Raises:
        BadInput: The certificate authorities can't be used.
    """

    def __init__(self, endpoints: Endpoints) -> None:
        self._trusted = client_context(endpoints.extra_ca_file)
        self._places_of_names = endpoints.resolve
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def read(self, url: str) -> JsonObject:
        """The JSON object that a URL leads to.

        Raises:
            UnreadableDocumentError: See there.
        """
        connector = aiohttp.TCPConnector(ssl=self._trusted, resolver=PinnedResolver(self._places_of_names))
        async with self._turns, aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT) as session:
            try:
                async with session.get(url, allow_redirects=False) as response:
                    return await _object(url, response)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                raise UnreadableDocumentError(f"{url} can't be read: {str(error) or type(error).__name__}") from error


async def _object(url: str, response: aiohttp.ClientResponse) -> JsonObject:
    if response.status != 200:
        raise UnreadableDocumentError(f"{url} answers {response.status}")
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _LARGEST:
            raise UnreadableDocumentError(f"{url} holds more than {_LARGEST} bytes")
    try:
        return msgspec.json.decode(content, type=JsonObject)
    except UNREADABLE as error:
        raise UnreadableDocumentError(f"{url} does not hold a JSON object") from error
