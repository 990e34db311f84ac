"""Which of the planned faults strikes."""

from __future__ import annotations

import random

import pytest

from okta_simulator.errors import OktaError
from okta_simulator.faults.schedule import MOST_FAULTS, Fault, Schedule
from okta_simulator.ids import Ids


def schedule(seed: int = 1) -> Schedule[Fault]:
    return Schedule(Ids(seed), random.Random(seed))


def anyone(_: Fault) -> bool:
    return True


def test_a_fault_without_end_strikes_each_time() -> None:
    planned = schedule()
    planned.add(Fault())
    assert all(planned.strike(anyone) for _ in range(10))
    assert [one.struck for one in planned] == [10]


def test_a_fault_is_over_when_it_has_struck_often_enough() -> None:
    planned = schedule()
    planned.add(Fault(times=2))
    assert [planned.strike(anyone) is not None for _ in range(3)] == [True, True, False]
    assert list(planned) == []


def test_a_fault_that_is_not_concerned_neither_strikes_nor_counts() -> None:
    planned = schedule()
    planned.add(Fault(times=1))
    assert planned.strike(lambda _: False) is None
    assert [one.struck for one in planned] == [0]


def test_the_first_fault_that_is_concerned_strikes_alone() -> None:
    planned = schedule()
    first, second = planned.add(Fault(times=1)), planned.add(Fault(times=5))
    assert planned.strike(anyone) == first.fault
    assert planned.strike(anyone) == second.fault


def test_a_probability_of_nothing_never_strikes() -> None:
    planned = schedule()
    planned.add(Fault(probability=0))
    assert not any(planned.strike(anyone) for _ in range(100))


def test_a_probability_strikes_about_as_often_as_it_says_and_the_same_seed_the_same_times() -> None:
    first, second = schedule(7), schedule(7)
    for planned in (first, second):
        planned.add(Fault(probability=0.3))
    strikes = [first.strike(anyone) is not None for _ in range(1_000)]
    assert strikes == [second.strike(anyone) is not None for _ in range(1_000)]
    assert 250 < sum(strikes) < 350


def test_a_removed_fault_does_not_strike() -> None:
    planned = schedule()
    added = planned.add(Fault())
    assert planned.remove(added.id)
    assert not planned.remove(added.id)
    assert planned.strike(anyone) is None


def test_there_are_never_more_than_so_many() -> None:
    planned = schedule()
    for _ in range(MOST_FAULTS):
        planned.add(Fault())
    with pytest.raises(OktaError):
        planned.add(Fault())
