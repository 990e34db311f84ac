"""What goes wrong when."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chaos.schedule import schedule

_SEEDS = st.integers(0, 2**32)
_SECONDS = st.floats(10, 7_200)
_NAMES = st.lists(st.text(min_size=1), min_size=1, max_size=40, unique=True)


@given(_SEEDS, _SECONDS, _NAMES)
def test_a_seed_repeats_its_schedule(seed: int, seconds: float, names: list[str]) -> None:
    assert schedule(seed, seconds, names) == schedule(seed, seconds, names[::-1])


@given(_SEEDS, _SECONDS, _NAMES)
def test_each_incident_takes_part_as_often_as_any_other(seed: int, seconds: float, names: list[str]) -> None:
    times = Counter(planned.incident for planned in schedule(seed, seconds, names))
    assert set(times) == set(names)
    assert len(set(times.values())) == 1


@given(_SEEDS, _SECONDS, _NAMES)
def test_none_begins_before_another_is_over_nor_ends_after_the_run(seed: int, seconds: float, names: list[str]) -> None:
    plan = schedule(seed, seconds, names)
    assert all(earlier.begins + earlier.lasts < later.begins for earlier, later in pairwise(plan))
    assert plan[-1].begins + plan[-1].lasts < seconds
