"""What becomes of deliveries by planned faults."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from okta_simulator.event_hooks.mishaps import AttemptMishap, DeliveryMishap
from okta_simulator.faults.delivery import (
    DeliveryFault,
    Disconnect,
    Duplicate,
    HoldBack,
    Lose,
    ScheduledDeliveryFaults,
    Slow,
)
from okta_simulator.faults.schedule import Schedule
from okta_simulator.ids import Ids


def faults(*planned: DeliveryFault) -> ScheduledDeliveryFaults:
    schedule = Schedule[DeliveryFault](Ids(1), random.Random(1))
    for fault in planned:
        schedule.add(fault)
    return ScheduledDeliveryFaults(schedule)


@pytest.mark.parametrize(
    ("effect", "mishap"),
    [
        (Lose(), DeliveryMishap(lost=True)),
        (Duplicate(3), DeliveryMishap(copies=3)),
        (HoldBack(60), DeliveryMishap(held_back=timedelta(minutes=1))),
    ],
)
def test_some_faults_strike_a_delivery_and_no_request(
    effect: Lose | Duplicate | HoldBack, mishap: DeliveryMishap
) -> None:
    planned = faults(DeliveryFault(effect=effect))
    assert planned.of_attempt("who1", 1) == AttemptMishap()
    assert planned.of_delivery("who1") == mishap


@pytest.mark.parametrize(
    ("effect", "mishap"),
    [
        (Slow(2.5), AttemptMishap(latency_seconds=2.5)),
        (Disconnect(), AttemptMishap(connection="lost before the answer")),
        (Disconnect(answered=True), AttemptMishap(connection="lost after the answer")),
    ],
)
def test_others_strike_a_request_and_no_delivery(effect: Slow | Disconnect, mishap: AttemptMishap) -> None:
    planned = faults(DeliveryFault(effect=effect))
    assert planned.of_delivery("who1") == DeliveryMishap()
    assert planned.of_attempt("who1", 1) == mishap


def test_a_fault_of_one_hook_leaves_the_others_alone() -> None:
    planned = faults(DeliveryFault(hook="who1", effect=Lose()))
    assert planned.of_delivery("who2") == DeliveryMishap()
    assert planned.of_delivery("who1") == DeliveryMishap(lost=True)


def test_a_fault_that_strikes_once_is_over_then() -> None:
    planned = faults(DeliveryFault(effect=Lose(), times=1))
    assert planned.of_delivery("who1") == DeliveryMishap(lost=True)
    assert planned.of_delivery("who1") == DeliveryMishap()
