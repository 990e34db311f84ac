"""Asking a pod which events never came, and giving it those, over the admin ports of its processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import aiohttp
import msgspec

from okta_hooks.admin.dispatcher_requests import MOST_UUIDS
from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.controller.receivers.asking import Answers, host
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.system_log.backfill import PodUnavailable

_SECONDS_TO_ANSWER = 10.0
_SECONDS_TO_KEEP = 35.0  # the receiver itself gives up after 30
_LARGEST_ANSWER = 2 << 20  # bytes; 10,000 uuids are a quarter of that

_MOST_NOT_INDEXED = 2_000
"""Records that the dispatcher may not have looked at yet, so that what it has never seen has most likely not come."""
_INDEX_PAUSE, _INDEX_PATIENCE = 0.05, 5.0  # seconds

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class HttpPod:
    """`okta_hooks.system_log.backfill.Pod` over HTTP inside the cluster.

    Args:
        session: Carries the requests.
        receiver: Address of the receiver's admin port, as a URL without a path.
        dispatcher: The same of the dispatcher's.
        token: What they know the operator by.
        path: As what the receiver is to keep events: `backfill`, or `poll` for those that no hook can deliver.
    """

    session: aiohttp.ClientSession = field(repr=False)
    receiver: str
    dispatcher: str
    token: str = field(repr=False)
    path: Literal["backfill", "poll"] = "backfill"

    async def unknown(self, uuids: Sequence[str]) -> frozenset[str]:
        """See `Pod`. What is in the journal and not yet known to the dispatcher is waited for."""
        await self._until_indexed()
        never_seen = frozenset[str]()
        for start in range(0, len(uuids), MOST_UUIDS):
            url, body = f"{self.dispatcher}/unknown", msgspec.json.encode(uuids[start : start + MOST_UUIDS])
            never_seen |= set(await self._asked("POST", url, list[str], _SECONDS_TO_ANSWER, body))
        return never_seen

    async def bring(self, events: Sequence[bytes]) -> None:
        """See `Pod`."""
        body = b"[" + b",".join(events) + b"]"
        await self._asked("POST", f"{self.receiver}/backfill?path={self.path}", dict[str, int], _SECONDS_TO_KEEP, body)

    async def _until_indexed(self) -> None:
        try:
            async with asyncio.timeout(_INDEX_PATIENCE):
                while await self._not_indexed() > _MOST_NOT_INDEXED:  # noqa: ASYNC110 -- only the process can tell
                    await asyncio.sleep(_INDEX_PAUSE)
        except TimeoutError:
            raise PodUnavailable("the dispatcher is behind the journal, and cannot say yet what never came") from None

    async def _not_indexed(self) -> int:
        url = f"{self.dispatcher}/stats"
        told = await self._asked("GET", url, DispatcherStatistics, _SECONDS_TO_ANSWER)
        if told.journal_trouble is not None:
            raise PodUnavailable(f"the dispatcher cannot read the journal: {told.journal_trouble}")
        return told.not_indexed

    async def _asked(
        self, method: str, url: str, shape: type[_Answer], seconds: float, body: bytes | None = None
    ) -> _Answer:
        """What is answered.

        Raises:
            PodUnavailable: Nothing of use is.
        """
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            async with (
                asyncio.timeout(seconds),
                self.session.request(method, url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                answer = await _whole(response)
                if response.status != 200:
                    raise PodUnavailable(f"{url} answered {response.status}: {_sentence(answer)}")
                return msgspec.json.decode(answer, type=shape)
        except TimeoutError:
            raise PodUnavailable(f"{url} did not answer within {seconds:g} s") from None
        except (aiohttp.ClientError, OSError, msgspec.DecodeError) as error:
            raise PodUnavailable(f"{url} cannot be asked ({error})") from None


@dataclass(frozen=True)
class AdminPorts:
    """Where a hook's processes are asked, as URLs without a path, and the token that they know the operator by."""

    receiver: str
    dispatcher: str
    token: str = field(repr=False)

    def pod(self, session: aiohttp.ClientSession, path: Literal["backfill", "poll"] = "backfill") -> HttpPod:
        """What is there, over a session; events that it is brought are kept as having come by a path."""
        return HttpPod(session, self.receiver, self.dispatcher, self.token, path)


def admin_ports(answers: Iterable[Answers], token: str) -> AdminPorts | None:
    """Where a receiver and a dispatcher have just answered; None where one of them did not."""
    told = list(answers)
    receiver = next((each.address for each in told if each.receiver is not None), None)
    dispatcher = next((each.address for each in told if each.dispatcher is not None), None)
    if receiver is None or dispatcher is None:
        return None
    return AdminPorts(
        f"http://{host(receiver)}:{RECEIVER_ADMIN_PORT}", f"http://{host(dispatcher)}:{DISPATCHER_ADMIN_PORT}", token
    )


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    """An answer, as long as it is no larger than any that is expected; of another, so much."""
    parts, size = list[bytes](), 0
    async for part in response.content.iter_any():
        parts.append(part)
        size += len(part)
        if size > _LARGEST_ANSWER:
            break
    return b"".join(parts)


def _sentence(answer: bytes) -> str:
    try:
        return msgspec.json.decode(answer, type=dict[str, str]).get("error", "without a reason")
    except msgspec.DecodeError:
        return "without a reason"
