"""Stands between clients and an organisation, and keeps every exchange as it went over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from contract.okta_simulator.openapi.exchange import Exchange
from okta_simulator.server import Listener

_OF_THE_CONNECTION = ("Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length")


class Recording:
    """Passes requests on to an organisation, and their answers back.

    Attributes:
        exchanges: What went by, oldest first.
    """

    def __init__(self, session: aiohttp.ClientSession, target: URL) -> None:
        self.exchanges: list[Exchange] = []
        self._session = session
        self._target = target

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Pass a request on."""
        sent = await request.read()
        url = self._target.join(URL(request.raw_path, encoded=True))
        headers = _passed_on(CIMultiDict(request.headers))
        try:
            async with self._session.request(
                request.method, url, data=sent, headers=headers, allow_redirects=False
            ) as answer:
                got = await answer.read()
        except aiohttp.ClientError:
            _drop(request)
            return web.Response()
        self.exchanges.append(
            Exchange(
                method=request.method,
                path=request.rel_url.raw_path,
                query=dict(request.query),
                sent_type=request.content_type if sent else "",
                sent=sent,
                status=answer.status,
                headers=CIMultiDict(answer.headers),
                got_type=answer.content_type if got else "",
                got=got,
            )
        )
        return web.Response(status=answer.status, headers=_passed_on(CIMultiDict(answer.headers)), body=got or None)


def _passed_on(headers: CIMultiDict[str]) -> CIMultiDict[str]:
    for name in _OF_THE_CONNECTION:
        headers.popall(name, None)
    return headers


def _drop(request: web.Request) -> None:
    """Do to the client what the organisation did."""
    if request.transport is not None:
        request.transport.abort()


@asynccontextmanager
async def recording(front: Listener, behind: str) -> AsyncIterator[Recording]:
    """Record what comes in at a port while the context lasts.

    Args:
        front: Where clients connect.
        behind: The URL where the organisation listens.
    """
    skipped = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")  # a client's own are passed on, no others
    async with aiohttp.ClientSession(auto_decompress=False, skip_auto_headers=skipped) as session:
        recorder = Recording(session, URL(behind))
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", recorder.handle)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, front.socket, ssl_context=front.tls).start()
            yield recorder
        finally:
            await runner.cleanup()
            front.socket.close()
