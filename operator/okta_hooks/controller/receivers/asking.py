"""Asking the processes of a pod for their statistics, over their admin ports."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import aiohttp
import msgspec

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.admin.statistics import ReceiverStatistics
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER

_PATIENCE = 3.0  # seconds: they answer from memory
_LARGEST_ANSWER = 1 << 20  # bytes

_Statistics = TypeVar("_Statistics", ReceiverStatistics, DispatcherStatistics)


@dataclass(frozen=True)
class Answers:
    """What the processes of one pod said; None for one that did not answer.

    Args:
        receiver: The container that Okta calls.
        dispatcher: The container that feeds the sinks.
        address: The pod's, in the cluster.
        receives: Whether there is a container that Okta calls, if it answered or not.
    """

    receiver: ReceiverStatistics | None = None
    dispatcher: DispatcherStatistics | None = None
    address: str = ""
    receives: bool = True


class Asker(Protocol):
    """Asks pods."""

    async def ask(self, address: str, token: str, containers: Collection[str]) -> Answers:
        """What the processes of a pod's containers say to whoever has the token; raises nothing."""


@dataclass(frozen=True)
class HttpAsker:
    """`Asker` over HTTP inside the cluster.

    Args:
        session: Carries the requests.
    """

    session: aiohttp.ClientSession = field(repr=False)

    async def ask(self, address: str, token: str, containers: Collection[str]) -> Answers:
        """See `Asker`."""
        receives, dispatches = RECEIVER in containers, DISPATCHER in containers
        receiver, dispatcher = await asyncio.gather(
            self._statistics(f"{host(address)}:{RECEIVER_ADMIN_PORT}", token, ReceiverStatistics)
            if receives
            else _nothing(),
            self._statistics(f"{host(address)}:{DISPATCHER_ADMIN_PORT}", token, DispatcherStatistics)
            if dispatches
            else _nothing(),
        )
        return Answers(receiver, dispatcher, address, receives)

    async def _statistics(self, authority: str, token: str, shape: type[_Statistics]) -> _Statistics | None:
        try:
            async with (
                asyncio.timeout(_PATIENCE),
                self.session.get(
                    f"http://{authority}/stats", headers={"Authorization": f"Bearer {token}"}, allow_redirects=False
                ) as response,
            ):
                if response.status != 200:
                    return None
                return msgspec.json.decode(await response.content.read(_LARGEST_ANSWER), type=shape)
        except (aiohttp.ClientError, OSError, TimeoutError, msgspec.DecodeError):
            return None


async def _nothing() -> None:
    """What is not there is not asked: where a network policy drops what is sent there, that would take seconds."""


def host(address: str) -> str:
    """An address as URLs have it."""
    return f"[{address}]" if ":" in address else address
