"""Carrying out an operation through the SDK: at the organisation's pace, with bounded time and attempts.

Imported late, by `okta_hooks.okta.organization`: the SDK takes half a second.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import cast

from okta.api_response import ApiResponse

from okta_hooks.okta.answers import Answer, check
from okta_hooks.okta.errors import OktaError, RateLimited, TooLarge, Unavailable
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.pacing import Pace
from okta_hooks.okta.rate_limit import pause
from okta_hooks.okta.sdk import SlimApi
from okta_hooks.okta.wire import Oversized, Unanswered

ATTEMPTS = 3
"""How often an operation is tried, where trying again is safe."""

Call = Callable[[], Awaitable[object]]


class SdkOperations:
    """What adapters on the SDK have in common.

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

    async def _answer(self, operation: Operation, call: Call) -> Answer:
        """An operation's answer, which tells of success."""
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

    async def _attempt(self, operation: Operation, call: Call) -> Answer:
        try:
            async with asyncio.timeout(operation.seconds):
                answer = _given(await call())
        except TimeoutError:
            raise Unavailable(operation.name, f"no answer within {operation.seconds:.0f} s") from None
        except Oversized as error:
            raise TooLarge(operation.name, error.reason) from None
        except Unanswered as error:
            raise Unavailable(operation.name, error.reason, reached=error.reached) from None
        self._pace.learn(operation, answer.headers)
        check(operation, answer)
        return answer


def _may_repeat(operation: Operation, error: OktaError) -> bool:
    match error:
        case RateLimited():  # refused before it was looked at; the pace knows by now how long to wait
            return True
        case TooLarge():
            return False
        case Unavailable(reached=reached):
            return operation.repeatable or not reached
        case _:
            return False


def _given(given: object) -> Answer:
    """What the SDK gives: a triple with the response in its middle, though its annotations promise a model."""
    _, response, _ = cast(tuple[None, ApiResponse[None], None], given)
    return Answer(response.status_code, dict(response.headers or {}), response.raw_data)
