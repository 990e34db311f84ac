"""Every kind of fault that the simulator knows takes part; a new one has to be given an incident."""

from __future__ import annotations

import typing
from types import NoneType

from chaos.incidents import INCIDENTS, OF_DELIVERY, OF_MANAGEMENT
from okta_hooks.api.conditions import Reason
from okta_simulator.faults.delivery import DeliveryFault, Disconnect
from okta_simulator.faults.management import Answer, Drop, ManagementFault


def test_each_effect_on_deliveries_takes_part() -> None:
    known = set(typing.get_args(typing.get_type_hints(DeliveryFault)["effect"]))
    assert {type(fault.effect) for fault in OF_DELIVERY.values()} == known


def test_connections_break_before_and_after_the_answer() -> None:
    effects = [fault.effect for fault in OF_DELIVERY.values()]
    assert {effect.answered for effect in effects if isinstance(effect, Disconnect)} == {False, True}


def test_each_ending_of_a_management_call_takes_part() -> None:
    known = set(typing.get_args(typing.get_type_hints(ManagementFault)["ending"])) | {NoneType}
    assert {type(fault.ending) for fault in OF_MANAGEMENT.values()} == known


def test_answers_are_lost_and_replaced_before_and_after_the_call_was_carried_out() -> None:
    endings = [fault.ending for fault in OF_MANAGEMENT.values()]
    assert {ending.carried_out for ending in endings if isinstance(ending, Drop)} == {False, True}
    assert {ending.carried_out for ending in endings if isinstance(ending, Answer)} == {False, True}


def test_what_the_status_has_to_say_are_reasons_that_it_knows() -> None:
    reasons = {reason for incident in INCIDENTS.values() for reason in incident.named} - {"repaired"}
    assert reasons <= {str(reason) for reason in Reason}
