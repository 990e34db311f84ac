"""What a failed delivery leads to: an entry in the System Log and, by choice, a hook that is switched off."""

from __future__ import annotations

from okta_simulator.caller import SYSTEM
from okta_simulator.event_hooks.courier import Parcel
from okta_simulator.event_hooks.registry import EventHooks, target_of
from okta_simulator.event_hooks.verdict import Delivered, GiveUp
from okta_simulator.options import Delivery


class Failures:
    """Watches how deliveries end.

    Args:
        hooks: The organisation's hooks.
        options: How deliveries behave.
    """

    def __init__(self, hooks: EventHooks, options: Delivery) -> None:
        self._hooks = hooks
        self._deactivate_after = options.deactivate_after_failures
        self._names = options.failure_entry_names_hook
        self._in_a_row: dict[str, int] = {}

    def ended(self, parcel: Parcel, how: Delivered | GiveUp) -> None:
        """A delivery has ended."""
        if isinstance(how, Delivered):
            self._in_a_row.pop(parcel.hook_id, None)
            return
        hook = self._hooks.find(parcel.hook_id)
        if hook is None:
            self._in_a_row.pop(parcel.hook_id, None)
            return
        named = {"eventHookId": hook.id} if "debugData" in self._names else {}
        self._hooks.audit.record(
            "event_hook.delivery",  # that failures are written is documented; what the entry holds is a guess
            SYSTEM,
            targets=(target_of(hook),) if "target" in self._names else (),
            result="FAILURE",
            reason=how.reason,
            severity="WARN",
            debug_data={**named, "eventId": parcel.delivery_id, "eventCount": str(len(parcel.events))},
        )
        self._count(parcel.hook_id)

    def _count(self, hook_id: str) -> None:
        if self._deactivate_after == 0:
            return
        count = self._in_a_row.get(hook_id, 0) + 1
        if count >= self._deactivate_after:
            self._hooks.deactivate(hook_id, SYSTEM)
            count = 0
        self._in_a_row[hook_id] = count
