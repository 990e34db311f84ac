"""The event hooks of an organisation, through the SDK: the one adapter behind `okta_hooks.okta.port.EventHooks`.

Imported late, by `okta_hooks.okta.organization`: the SDK takes half a second.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import cast

from okta.api_response import ApiResponse

from okta_hooks.okta.answers import Answer, check
from okta_hooks.okta.errors import OktaError, RateLimited, Unavailable
from okta_hooks.okta.hook_json import read_hook, read_hooks, to_json
from okta_hooks.okta.operations import ACTIVATE, CREATE, DEACTIVATE, DELETE, GET, LIST, REPLACE, VERIFY, Operation
from okta_hooks.okta.pacing import Pace
from okta_hooks.okta.port import Hook, HookDefinition, Secret
from okta_hooks.okta.rate_limit import pause
from okta_hooks.okta.sdk import SlimApi, event_hook
from okta_hooks.okta.wire import Unanswered

ATTEMPTS = 3
"""How often an operation is tried, where trying again is safe."""

Call = Callable[[], Awaitable[object]]


class SdkEventHooks:
    """Event hooks by way of the SDK, at the organisation's pace, with bounded time and attempts.

    What is only read is tried again after a failure; what writes only when it certainly did not take effect. In doubt
    the error says so, and its caller looks again before it decides.

    Args:
        api: The SDK's operations.
        pace: The organisation's rate limits.
        dice: Spreads attempts.
        sleep: Waits for seconds.
    """

    def __init__(
        self,
        api: SlimApi,
        pace: Pace,
        *,
        dice: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._pace = pace
        self._dice = dice or random.Random()  # noqa: S311 -- spreads attempts
        self._sleep = sleep

    async def list(self) -> tuple[Hook, ...]:
        """All event hooks of the organisation."""
        return read_hooks(LIST, await self._body(LIST, self._api.list_event_hooks))

    async def get(self, hook_id: str) -> Hook:
        """One hook."""
        return await self._hook(GET, lambda: self._api.get_event_hook(hook_id))

    async def create(self, definition: HookDefinition, secret: Secret) -> Hook:
        """Make a hook: ACTIVE and UNVERIFIED."""
        body = event_hook(CREATE, to_json(definition, secret))
        return await self._hook(CREATE, lambda: self._api.create_event_hook(body))

    async def replace(self, hook_id: str, definition: HookDefinition, secret: Secret) -> Hook:
        """Put a definition in place of the one before."""
        body = event_hook(REPLACE, to_json(definition, secret))
        return await self._hook(REPLACE, lambda: self._api.replace_event_hook(hook_id, body))

    async def activate(self, hook_id: str) -> Hook:
        """Let Okta deliver."""
        return await self._hook(ACTIVATE, lambda: self._api.activate_event_hook(hook_id))

    async def deactivate(self, hook_id: str) -> Hook:
        """Let Okta stop delivering."""
        return await self._hook(DEACTIVATE, lambda: self._api.deactivate_event_hook(hook_id))

    async def verify(self, hook_id: str) -> Hook:
        """Let Okta call the endpoint, and wait for the result."""
        return await self._hook(VERIFY, lambda: self._api.verify_event_hook(hook_id))

    async def delete(self, hook_id: str) -> None:
        """Remove a hook, which has to be INACTIVE."""
        await self._body(DELETE, lambda: self._api.delete_event_hook(hook_id))

    async def _hook(self, operation: Operation, call: Call) -> Hook:
        return read_hook(operation, await self._body(operation, call))

    async def _body(self, operation: Operation, call: Call) -> bytes:
        """The body of an operation's answer, after as many attempts as are safe."""
        attempt = 1
        while True:
            await self._pace.turn(operation)
            try:
                return await self._attempt(operation, call)
            except OktaError as error:
                if attempt == ATTEMPTS or not _may_repeat(operation, error):
                    raise
            await self._sleep(pause(attempt, self._dice))
            attempt += 1

    async def _attempt(self, operation: Operation, call: Call) -> bytes:
        try:
            async with asyncio.timeout(operation.seconds):
                answer = _answer(await call())
        except TimeoutError:
            raise Unavailable(operation.name, f"no answer within {operation.seconds:.0f} s") from None
        except Unanswered as error:
            raise Unavailable(operation.name, error.reason, reached=error.reached) from None
        self._pace.learn(operation, answer.headers)
        check(operation, answer)
        return answer.body


def _may_repeat(operation: Operation, error: OktaError) -> bool:
    match error:
        case RateLimited():  # refused before it was looked at; the pace knows by now how long to wait
            return True
        case Unavailable(reached=reached):
            return operation.repeatable or not reached
        case _:
            return False


def _answer(given: object) -> Answer:
    """What the SDK gives: a triple with the response in its middle, though its annotations promise a model."""
    _, response, _ = cast(tuple[None, ApiResponse[None], None], given)
    return Answer(response.status_code, dict(response.headers or {}), response.raw_data)
