"""The proof that an endpoint belongs to whoever made the hook: Okta asks it once to repeat a value."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import msgspec

from okta_simulator.caller import Caller
from okta_simulator.errors import validation_failed
from okta_simulator.event_hooks.endpoint import Answer, EndpointClient, Message
from okta_simulator.event_hooks.hook import Channel, EventHook
from okta_simulator.event_hooks.registry import SUBJECT, EventHooks, target_of
from okta_simulator.event_hooks.writing import needs_no_verification
from okta_simulator.json_values import UNREADABLE
from okta_simulator.options import Options

CHALLENGE_HEADER = "x-okta-verification-challenge"

_ATTEMPTS = 2  # one retry after a timeout or an error (confirmed)


class _Repeated(msgspec.Struct):
    verification: str


@dataclass(frozen=True)
class Verification:
    """Verifies hooks.

    Args:
        hooks: The organisation's hooks.
        client: Calls their endpoints.
        options: Which answers count, and how long Okta takes.
    """

    hooks: EventHooks
    client: EndpointClient
    options: Options

    async def verify(self, hook_id: str, caller: Caller) -> EventHook:
        """Ask the hook's endpoint, and make the hook VERIFIED when it repeats the value.

        Raises:
            OktaError: E0000007, there is no such hook; E0000001 without a reason, the endpoint did not repeat it.
        """
        hook = self.hooks.get(hook_id)
        if hook.status == "INACTIVE" and self.options.event_hooks.verify_inactive == "refused":
            raise validation_failed(SUBJECT, "An inactive event hook cannot be verified. Activate it first.")
        await asyncio.sleep(self.options.event_hooks.verify_seconds)
        if needs_no_verification(hook.channel) or await self._repeats(hook.channel):
            verified = self.hooks.mark_verified(hook_id, hook.channel)
            if verified.verification_status == "VERIFIED":
                self.hooks.audit.record("event_hook.verified", caller, targets=(target_of(hook),))
                return verified
        failure = f"Unable to verify event hook. Hook {hook.name} execution failed"
        self.hooks.audit.record(
            "event_hook.verified", caller, targets=(target_of(hook),), result="FAILURE", reason=failure, severity="WARN"
        )
        raise validation_failed(SUBJECT, failure)

    async def _repeats(self, channel: Channel) -> bool:
        for _ in range(_ATTEMPTS):
            value = self.hooks.ids.uuid()
            reply = await self.client.send(channel, Message("GET", headers=((CHALLENGE_HEADER, value),)))
            if isinstance(reply, Answer) and self._counts(reply.status):
                return _repeated(reply) == value
        return False

    def _counts(self, status: int) -> bool:
        return status == 200 or (self.options.event_hooks.verification_statuses == "2xx" and 200 <= status < 300)


def _repeated(answer: Answer) -> str | None:
    try:
        return msgspec.json.decode(answer.body, type=_Repeated).verification
    except UNREADABLE:
        return None
