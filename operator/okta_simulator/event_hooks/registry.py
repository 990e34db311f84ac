"""The organisation's event hooks: creating, changing and deleting them by Okta's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from okta_simulator.audit import Audit, Target
from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError, not_found, validation_failed
from okta_simulator.event_hooks.body import EventHookBody
from okta_simulator.event_hooks.hook import Channel, EventHook, Status
from okta_simulator.event_hooks.validation import EventTypes, Rules, causes
from okta_simulator.event_hooks.writing import (
    channel_of,
    event_types_of,
    filters_of,
    needs_no_verification,
    verification_after,
    with_secret_of,
)
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.state.collection import Collection

SUBJECT = "eventHook"
"""What Okta's validation errors call a hook."""


@dataclass(frozen=True)
class EventHooks:
    """All hooks of an organisation.

    Args:
        hooks: Where they are kept.
        event_types: The catalogue against which subscriptions are checked.
        audit: The System Log, told of each change.
        clock: Gives the times of changes.
        ids: Gives identifiers.
        options: Limits, and how Okta behaves where that is not documented.
    """

    hooks: Collection[EventHook]
    event_types: EventTypes
    audit: Audit
    clock: Clock
    ids: Ids
    options: Options

    def __iter__(self) -> Iterator[EventHook]:
        """The hooks, oldest first."""
        return iter(self.hooks)

    def find(self, hook_id: str) -> EventHook | None:
        """A hook, if there is one with this id."""
        return self.hooks.get(hook_id)

    def get(self, hook_id: str) -> EventHook:
        """A hook.

        Raises:
            OktaError: E0000007, there is none with this id.
        """
        hook = self.find(hook_id)
        if hook is None:
            raise not_found(hook_id, "Webhook")
        return hook

    def create(self, body: EventHookBody, caller: Caller) -> EventHook:
        """Make a hook, active and not yet verified.

        Raises:
            OktaError: E0000001, the body is not a hook, or there are as many active ones as allowed.
        """
        self._check(body, others=tuple(self.hooks), secret_required=True)
        self._require_place()
        channel, now = channel_of(body), self.clock.now()
        hook = EventHook(
            id=self.ids.new("who"),
            name=body.name or "",
            description=body.description,
            status="ACTIVE",
            verification_status="VERIFIED" if needs_no_verification(channel) else "UNVERIFIED",
            created=now,
            created_by=caller.actor_id,
            last_updated=now,
            event_types=event_types_of(body),
            filters=filters_of(body),
            channel=channel,
            flows_from=self._flows_from(),
        )
        self._keep(hook, "event_hook.created", caller)
        return hook

    def replace(self, hook_id: str, body: EventHookBody, caller: Caller) -> EventHook:
        """Write a hook anew; `status` is honoured, as recorded, though the specification calls it read-only.

        Raises:
            OktaError: E0000007, there is no such hook; E0000001, the body is not one.
        """
        earlier = self.get(hook_id)
        others = tuple(hook for hook in self.hooks if hook.id != hook_id)
        self._check(body, others=others, secret_required=False)
        status = body.status or earlier.status
        if status == "ACTIVE" and earlier.status == "INACTIVE":
            self._require_place()
        choices = self.options.event_hooks
        channel = with_secret_of(earlier.channel, channel_of(body), choices)
        hook = msgspec.structs.replace(
            earlier,
            name=body.name or "",
            description=body.description,
            event_types=event_types_of(body),
            filters=filters_of(body),
            channel=channel,
            verification_status=verification_after(earlier, channel, choices),
            last_updated=self.clock.now(),
            flows_from=self._flows_from(),
        )
        self._keep(hook, "event_hook.updated", caller)
        return self._with_status(hook, status, caller)

    def activate(self, hook_id: str, caller: Caller) -> EventHook:
        """Let events flow again; whether the hook is verified stays as it was.

        Raises:
            OktaError: E0000007, there is no such hook; E0000001, there are as many active ones as allowed.
        """
        hook = self.get(hook_id)
        if hook.status == "INACTIVE":
            self._require_place()
        return self._with_status(hook, "ACTIVE", caller)

    def deactivate(self, hook_id: str, caller: Caller) -> EventHook:
        """Stop the flow of events; whether the hook is verified stays as it was.

        Raises:
            OktaError: E0000007, there is no such hook.
        """
        return self._with_status(self.get(hook_id), "INACTIVE", caller)

    def delete(self, hook_id: str, caller: Caller) -> None:
        """Forget an inactive hook.

        Raises:
            OktaError: E0000007, there is no such hook; or it is active, with the status that the options name.
        """
        hook = self.get(hook_id)
        if hook.status == "ACTIVE":
            cause = "An active event hook cannot be deleted. Deactivate it first."
            raise OktaError(
                "E0000001",
                about=(SUBJECT,),
                causes=(cause,),
                status=self.options.event_hooks.delete_active_status,
            )
        self.hooks.remove(hook_id)
        self._write_down("event_hook.deleted", hook, caller)

    def mark_verified(self, hook_id: str, channel: Channel | None = None) -> EventHook:
        """Make a hook VERIFIED: after its endpoint's right answer, or by hand, as Okta's support can.

        Args:
            hook_id: The hook.
            channel: What was verified; another channel meanwhile stays unverified. None takes the present one.

        Raises:
            OktaError: E0000007, there is no such hook.
        """
        hook = self.get(hook_id)
        if channel is not None and channel != hook.channel:
            return hook
        verified = msgspec.structs.replace(
            hook, verification_status="VERIFIED", last_updated=self.clock.now(), flows_from=self._flows_from()
        )
        self.hooks.put(hook_id, verified)
        return verified

    def _check(self, body: EventHookBody, *, others: tuple[EventHook, ...], secret_required: bool) -> None:
        rules = Rules(
            event_types=self.event_types,
            most_event_types=self.options.limits.event_types_per_hook,
            filters=self.options.event_hooks.filters,
            secret_required=secret_required,
        )
        wrong = causes(body, rules, {hook.name for hook in others})
        if wrong:
            raise validation_failed(SUBJECT, *wrong)

    def _require_place(self) -> None:
        most = self.options.limits.active_hooks
        if sum(hook.status == "ACTIVE" for hook in self.hooks) >= most:
            raise validation_failed(SUBJECT, f"The organization has reached the limit of {most} active event hooks.")

    def _with_status(self, hook: EventHook, status: Status, caller: Caller) -> EventHook:
        if hook.status == status:
            return hook
        changed = msgspec.structs.replace(hook, status=status, last_updated=self.clock.now())
        event_type = "event_hook.activated" if status == "ACTIVE" else "event_hook.deactivated"
        self._keep(changed, event_type, caller)
        return changed

    def _keep(self, hook: EventHook, event_type: str, caller: Caller) -> None:
        self.hooks.put(hook.id, hook)
        self._write_down(event_type, hook, caller)

    def _write_down(self, event_type: str, hook: EventHook, caller: Caller) -> None:
        self.audit.record(event_type, caller, targets=(target_of(hook),))

    def _flows_from(self) -> datetime:
        return self.clock.now() + self.options.delivery.start_delay


def target_of(hook: EventHook) -> Target:
    """How the System Log names a hook (its type's word is not documented)."""
    return Target(id=hook.id, type="EventHook", display_name=hook.name)
