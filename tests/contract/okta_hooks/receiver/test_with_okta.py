"""A receiver is verified by Okta, and keeps what Okta delivers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from okta_hooks.journal import BEGINNING, LogReader
from okta_simulator.control import requests
from okta_simulator.control.messages import HookChange
from okta_simulator.testing import RunningOrganization
from receiving.process import SECRET, ReceiverFolder, ReceiverProcess

TYPE = "user.session.start"


@dataclass(frozen=True)
class Hooks:
    """Okta's API for event hooks, as an administrator uses it."""

    organization: RunningOrganization
    session: aiohttp.ClientSession

    async def create(self, url: str, *, secret: str = SECRET) -> str:
        """Register a hook; its id."""
        body = {
            "name": "A hook",
            "events": {"type": "EVENT_TYPE", "items": [TYPE]},
            "channel": {
                "type": "HTTP",
                "version": "1.0.0",
                "config": {"uri": url, "authScheme": {"type": "HEADER", "key": "Authorization", "value": secret}},
            },
        }
        async with self._post("", body) as response:
            return str((await response.json())["id"])

    async def verify(self, hook_id: str) -> tuple[int, str]:
        """Let Okta verify a hook; its status, and what it says of the hook."""
        async with self._post(f"/{hook_id}/lifecycle/verify", None) as response:
            return response.status, str((await response.json()).get("verificationStatus"))

    async def emit(self, count: int) -> list[str]:
        """Let people sign in."""
        emitted = await asyncio.to_thread(self.organization.control, requests.emit(count, types=[TYPE]))
        return emitted.uuids

    async def send_secret(self, hook_id: str, secret: str) -> None:
        """Let Okta send another secret from now on."""
        change = HookChange(secret=secret)
        await asyncio.to_thread(self.organization.control, requests.change_hook(hook_id, change))

    def _post(self, path: str, body: object) -> aiohttp.client._RequestContextManager:
        headers = {"Authorization": f"SSWS {self.organization.api_token}"}
        return self.session.post(f"{self.organization.url}/api/v1/eventHooks{path}", json=body, headers=headers)


@pytest.fixture
async def hooks(okta_organization: RunningOrganization) -> AsyncIterator[Hooks]:
    async with aiohttp.ClientSession() as session:
        yield Hooks(okta_organization, session)


async def kept(folder: ReceiverFolder, count: int) -> list[str]:
    """The uuids in the journal, once there are so many."""
    reader, place, uuids = LogReader(folder.journal), BEGINNING, list[str]()
    async with asyncio.timeout(30):
        while len(uuids) < count:
            await reader.wait(place)
            batch = await reader.read(place, max_records=1000, max_bytes=1 << 20)
            uuids += [entry.record.uuid for entry in batch.entries]
            place = batch.next
    return uuids


async def test_okta_verifies_the_receiver(hooks: Hooks, public_url: str) -> None:
    assert await hooks.verify(await hooks.create(public_url)) == (200, "VERIFIED")


async def test_okta_does_not_verify_it_with_another_secret(hooks: Hooks, public_url: str) -> None:
    status, _ = await hooks.verify(await hooks.create(public_url, secret="another"))
    assert status == 400


async def test_okta_does_not_verify_another_path(hooks: Hooks, public_url: str) -> None:
    status, _ = await hooks.verify(await hooks.create(f"{public_url}/other"))
    assert status == 400


async def test_every_event_that_happens_is_kept_and_taken_by_okta_as_delivered(
    hooks: Hooks, public_url: str, folder: ReceiverFolder
) -> None:
    hook_id = await hooks.create(public_url)
    await hooks.verify(hook_id)
    emitted = await hooks.emit(200)
    assert sorted(await kept(folder, 200)) == sorted(emitted)


async def test_a_changed_secret_loses_no_event(
    hooks: Hooks, public_url: str, folder: ReceiverFolder, receiver: ReceiverProcess
) -> None:
    hook_id = await hooks.create(public_url)
    await hooks.verify(hook_id)
    (folder.secrets / "previous").write_text(SECRET)
    (folder.secrets / "current").write_text("the-next-secret")
    await asyncio.to_thread(receiver.wait_for_line, '"rotation_pending":true')
    under_the_old = await hooks.emit(20)
    await kept(folder, 20)
    await hooks.send_secret(hook_id, "the-next-secret")
    under_the_new = await hooks.emit(20)
    assert sorted(await kept(folder, 40)) == sorted(under_the_old + under_the_new)


async def test_okta_tries_a_delivery_again_that_came_under_a_secret_not_known_yet(
    hooks: Hooks, public_url: str, folder: ReceiverFolder, receiver: ReceiverProcess
) -> None:
    hook_id = await hooks.create(public_url)
    await hooks.verify(hook_id)
    (folder.secrets / "previous").write_text(SECRET)
    (folder.secrets / "current").write_text("the-next-secret")
    await asyncio.to_thread(receiver.wait_for_line, '"rotation_pending":true')
    await hooks.send_secret(hook_id, "a-secret-after-that")
    await hooks.emit(1)
    for _ in ("the first attempt", "its retry"):
        await asyncio.to_thread(receiver.wait_for_line, "a wrong secret was answered with 503")
