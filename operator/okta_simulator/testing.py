"""An organisation for the length of a test, beside whatever the test itself runs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from okta_simulator.control.client import BlockingControlClient
from okta_simulator.options import Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve

Result = TypeVar("Result")


@dataclass(frozen=True)
class RunningOrganization:
    """An organisation that answers on a free port of this machine, in a thread of its own.

    Args:
        url: Where it answers.
        api_token: A super administrator's token, for `Authorization: SSWS <token>`.
        control: Sends requests of `okta_simulator.control.requests`: emit events, set the clock, plan faults.
        organization: The organisation itself; it belongs to its own thread, see `run`.
    """

    url: str
    api_token: str
    control: BlockingControlClient
    organization: Organization
    _loop: asyncio.AbstractEventLoop

    def run(self, coroutine: Coroutine[object, object, Result]) -> Result:
        """Run something in the organisation's thread, and wait for its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()


@contextmanager
def running_organization(options: Options | None = None) -> Iterator[RunningOrganization]:
    """Start an organisation, and end it with the context.

    Raises:
        BadInput: The options can't be used.
    """
    started: Future[RunningOrganization] = Future()
    ended = asyncio.Event()
    thread = threading.Thread(target=_in_thread, args=(options, started, ended), name="okta-organization")
    thread.start()
    try:
        running = started.result()
        try:
            yield running
        finally:
            running._loop.call_soon_threadsafe(ended.set)  # noqa: SLF001 -- its own
    finally:
        thread.join()


def _in_thread(options: Options | None, started: Future[RunningOrganization], ended: asyncio.Event) -> None:
    try:
        asyncio.run(_live(options, started.set_result, ended))
    except BaseException as error:
        if started.done():
            raise
        started.set_exception(error)


async def _live(options: Options | None, started: Callable[[RunningOrganization], None], ended: asyncio.Event) -> None:
    listener = listen()
    with closing(listener.socket):
        organization = Organization(options, url=listener.url)
        token = organization.api_token()
        async with serve(organization, listener) as url:
            control = BlockingControlClient(url)
            started(RunningOrganization(url, token, control, organization, asyncio.get_running_loop()))
            await ended.wait()
