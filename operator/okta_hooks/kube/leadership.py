"""One operator at a time: a Lease that one of them holds.

The election of `kubernetes.aio` was looked at and not taken: it measures by the wall clock, writes local time as UTC,
ends at an error that is not an HTTP status, and does not say until when leadership is certain.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from okta_hooks.api.model import ApiModel
from okta_hooks.kube import errors
from okta_hooks.kube.api import ObjectStore
from okta_hooks.kube.objects import JsonObject, ObjectKey, micro_time
from okta_hooks.kube.resources import LEASE

_RELEASE_WITHIN = 5.0  # seconds

_log = logging.getLogger(__name__)


class Leadership(Protocol):
    """Whether this operator may act."""

    def is_leader(self, until: float) -> bool:
        """Whether nobody else acts before a moment of the monotonic clock; ask before each call that changes Okta."""

    async def until_leading(self) -> None:
        """Return when this operator leads."""

    async def until_lost(self) -> None:
        """Return when it is no longer certain that this operator leads."""


@dataclass(frozen=True)
class Term:
    """For how long a lease holds; in seconds.

    Args:
        lease: After so long without a renewal another may take it; whole seconds, since the API has no others.
        certain: After so long without a renewal the holder stops acting: less than `lease`, so that nobody takes over
            from one that still acts.
        retry: Between two attempts to take or renew.
    """

    lease: int = 30
    certain: float = 20.0
    retry: float = 5.0


class LeaseSpec(ApiModel):
    """Who holds a Lease, and since when."""

    holder_identity: str | None = None
    lease_duration_seconds: int | None = None
    acquire_time: str | None = None
    renew_time: str | None = None
    lease_transitions: int | None = None


class Lease(ApiModel):
    """`coordination.k8s.io/v1`."""

    spec: LeaseSpec = LeaseSpec()


class LeaseElection:
    """A candidate. Whose clock differs does no harm: each measures, by its own monotonic one, what it saw itself.

    Args:
        api: Where the Lease is.
        key: Which it is.
        identity: Who this is: unique among candidates, such as the pod's name and a random part.
        term: For how long it holds.
    """

    def __init__(
        self,
        api: ObjectStore,
        key: ObjectKey,
        identity: str,
        term: Term | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._key = key
        self._identity = identity
        self._term = term or Term()
        self._clock = clock
        self._certain_until = float("-inf")
        self._taken = asyncio.Event()
        self._seen = LeaseSpec()
        self._seen_at = float("-inf")

    def is_leader(self, until: float) -> bool:
        """See `Leadership`."""
        return self._clock() < self._certain_until and until <= self._certain_until

    async def until_leading(self) -> None:
        """See `Leadership`."""
        while not self.is_leader(self._clock()):
            self._taken.clear()
            await self._taken.wait()

    async def until_lost(self) -> None:
        """See `Leadership`."""
        while (left := self._certain_until - self._clock()) > 0:  # noqa: ASYNC110 -- a renewal puts the moment off
            await asyncio.sleep(left)

    async def run(self) -> None:
        """Take the Lease when it is free, and renew it, for ever; troubles on the way are logged."""
        while True:
            try:
                await self._take_or_renew()
            except errors.KubernetesError as error:
                _log.warning("Lease %s was neither taken nor renewed: %s", self._key, error)
            await asyncio.sleep(self._term.retry)

    async def release(self) -> None:
        """Let another take over at once; only after all work of this one has ended."""
        self._certain_until = float("-inf")
        try:
            async with asyncio.timeout(_RELEASE_WITHIN):
                found = await self._api.get(LEASE, self._key)
                spec = Lease.model_validate(found).spec
                if spec.holder_identity == self._identity:
                    await self._write(found, spec.model_copy(update={"holder_identity": ""}))
        except (errors.KubernetesError, TimeoutError) as error:
            _log.info("Lease %s was not released and runs out by itself: %s", self._key, error)

    async def _take_or_renew(self) -> None:
        asked_at = self._clock()
        try:
            found = await self._api.get(LEASE, self._key)
        except errors.NotFound:
            await self._create()
        else:
            spec = Lease.model_validate(found).spec
            if not self._may_take(spec):
                self._certain_until = float("-inf")
                return
            await self._write(found, self._held(spec))
        self._certain_until = asked_at + self._term.certain  # from before the call: nobody counts from earlier
        self._taken.set()

    def _may_take(self, spec: LeaseSpec) -> bool:
        """It is ours, or free, or its holder has not renewed it for as long as it asked for, since we saw it."""
        if spec != self._seen:
            self._seen, self._seen_at = spec, self._clock()
        held_for = spec.lease_duration_seconds or self._term.lease
        return spec.holder_identity in (None, "", self._identity) or self._clock() >= self._seen_at + held_for

    def _held(self, before: LeaseSpec) -> LeaseSpec:
        now = micro_time(datetime.now(UTC))
        renewed = before.model_copy(
            update={
                "holder_identity": self._identity,
                "lease_duration_seconds": self._term.lease,
                "renew_time": now,
            }
        )
        if before.holder_identity == self._identity:
            return renewed
        transitions = (before.lease_transitions or 0) + 1
        return renewed.model_copy(update={"acquire_time": now, "lease_transitions": transitions})

    async def _create(self) -> None:
        made: JsonObject = {
            "apiVersion": LEASE.api_version,
            "kind": LEASE.kind,
            "metadata": {"name": self._key.name, "namespace": self._key.namespace},
            "spec": _as_json(self._held(LeaseSpec())),
        }
        await self._api.create(LEASE, made)

    async def _write(self, found: JsonObject, spec: LeaseSpec) -> None:
        await self._api.replace(LEASE, {**found, "spec": _as_json(spec)})


def _as_json(spec: LeaseSpec) -> JsonObject:
    return spec.model_dump(mode="json", by_alias=True, exclude_none=True)


@contextlib.asynccontextmanager
async def standing(election: LeaseElection) -> AsyncIterator[Leadership]:
    """Stand for election; at the end, hand over."""
    try:
        async with asyncio.TaskGroup() as group:
            running = group.create_task(election.run(), name="leader election")
            try:
                yield election
            finally:
                running.cancel()
    finally:
        await election.release()
