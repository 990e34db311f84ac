"""Two operators and one Lease, on a real API server."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.leadership import Lease, LeaseElection, Term, standing
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import LEASE

TERM = Term(lease=2, certain=1.2, retry=0.2)
PATIENCE = 60.0


class Interrupted:
    """Lets calls through until somebody stops them, as a network or a stopped process does."""

    def __init__(self, api: ApiServer) -> None:
        self._api = api
        self._open = asyncio.Event()
        self._open.set()

    def stop(self) -> None:
        self._open.clear()

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        await self._open.wait()
        return await self._api.get(resource, key)

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        await self._open.wait()
        return await self._api.create(resource, manifest)

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        await self._open.wait()
        return await self._api.replace(resource, manifest)


@pytest.fixture
def key(namespace: str) -> ObjectKey:
    return ObjectKey(namespace, "okta-event-hooks")


@contextlib.asynccontextmanager
async def running(election: LeaseElection) -> AsyncIterator[LeaseElection]:
    """As a process that dies at the end: it hands nothing over."""
    task = asyncio.create_task(election.run())
    try:
        yield election
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def holder(api: ApiServer, key: ObjectKey) -> str | None:
    return Lease.model_validate(await api.get(LEASE, key)).spec.holder_identity


async def test_the_first_leads_and_the_second_waits(api: ApiServer, key: ObjectKey) -> None:
    first, second = LeaseElection(api, key, "first", TERM), LeaseElection(api, key, "second", TERM)
    async with asyncio.timeout(PATIENCE), running(first):
        await first.until_leading()
        async with running(second):
            await first.until_leading()
            assert await holder(api, key) == "first"
            assert not second.is_leader(time.monotonic())


async def test_who_renews_leads_longer_than_one_lease(api: ApiServer, key: ObjectKey) -> None:
    first = LeaseElection(api, key, "first", TERM)
    async with asyncio.timeout(PATIENCE), running(first):
        await first.until_leading()
        transitions = Lease.model_validate(await api.get(LEASE, key)).spec.lease_transitions
        await asyncio.sleep(2 * TERM.lease)
        await first.until_leading()
        assert Lease.model_validate(await api.get(LEASE, key)).spec.lease_transitions == transitions


async def test_who_ends_hands_over(api: ApiServer, key: ObjectKey) -> None:
    async with asyncio.timeout(PATIENCE):
        async with standing(LeaseElection(api, key, "first", Term(lease=3600))) as first:
            await first.until_leading()
        async with standing(LeaseElection(api, key, "second", TERM)) as second:
            await second.until_leading()
            assert await holder(api, key) == "second"


async def test_who_dies_is_followed_when_the_lease_runs_out(api: ApiServer, key: ObjectKey) -> None:
    async with asyncio.timeout(PATIENCE):
        async with running(LeaseElection(api, key, "first", TERM)) as first:
            await first.until_leading()
        async with running(LeaseElection(api, key, "second", TERM)) as second:
            await second.until_leading()
            assert await holder(api, key) == "second"


async def test_who_cannot_renew_knows_it_before_another_leads(api: ApiServer, key: ObjectKey) -> None:
    cut_off = Interrupted(api)
    first, second = LeaseElection(cut_off, key, "first", TERM), LeaseElection(api, key, "second", TERM)
    async with asyncio.timeout(PATIENCE), running(first):
        await first.until_leading()
        async with running(second):
            cut_off.stop()
            await second.until_leading()
            assert not first.is_leader(time.monotonic())


async def test_who_was_cut_off_learns_that_it_lost(api: ApiServer, key: ObjectKey) -> None:
    cut_off = Interrupted(api)
    first = LeaseElection(cut_off, key, "first", TERM)
    async with asyncio.timeout(PATIENCE), running(first):
        await first.until_leading()
        cut_off.stop()
        await first.until_lost()
        assert not first.is_leader(time.monotonic())


async def test_nobody_leads_for_longer_than_is_certain(api: ApiServer, key: ObjectKey) -> None:
    first = LeaseElection(api, key, "first", TERM)
    async with asyncio.timeout(PATIENCE), running(first):
        await first.until_leading()
        assert not first.is_leader(until=time.monotonic() + TERM.lease)
