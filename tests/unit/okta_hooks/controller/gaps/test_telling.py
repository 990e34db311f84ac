"""What outlives the operator, in the status."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.api.delivery import LONGEST_MESSAGE, TimeSpan
from okta_hooks.api.hook_status import Deliveries, OktaEventHookStatus
from okta_hooks.controller.gaps.telling import standing, told
from okta_hooks.system_log.standing import Counts, Standing
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import MILLISECOND, Window, Windows

_MOMENTS = st.integers(min_value=1, max_value=4 * 10**12).map(lambda moment: moment * MILLISECOND)
_COUNTS = st.integers(min_value=0, max_value=10**9)
_WINDOWS = st.tuples(_MOMENTS, st.integers(min_value=1, max_value=10**9)).map(
    lambda drawn: Window(drawn[0], drawn[0] + drawn[1] * MILLISECOND)
)
_STANDINGS = st.builds(
    Standing,
    began_ns=st.none() | _MOMENTS,
    subscription=st.dictionaries(st.sampled_from(["a.b", "c.d", "e.f"]), _MOMENTS).map(Subscription),
    to_search=st.lists(_WINDOWS).map(lambda windows: Windows().adding(*windows)),
    history=st.none() | _WINDOWS,
    judged_until_ns=st.just(0) | _MOMENTS,
    counts=st.builds(Counts, _COUNTS, _COUNTS, _COUNTS, _COUNTS),
    missed_at=st.none() | st.integers(min_value=0, max_value=4 * 10**9).map(lambda s: datetime.fromtimestamp(s, UTC)),
)


@given(_STANDINGS)
def test_another_process_goes_on_where_this_one_stood(before: Standing) -> None:
    deliveries = Deliveries(missed=before.counts.missed, filled=before.counts.filled)
    status = OktaEventHookStatus(deliveries=deliveries, backfill=told(before, "Repair", ""))
    assert standing(OktaEventHookStatus.model_validate(status.model_dump(by_alias=True))) == before


def test_a_hook_of_which_nothing_was_said_stands_at_the_beginning() -> None:
    assert standing(OktaEventHookStatus()) == Standing()


def test_the_progress_of_a_fill_is_where_its_first_time_begins() -> None:
    to_search = Windows((Window(1_000 * MILLISECOND, 61_000 * MILLISECOND),))
    said = told(Standing(to_search=to_search), "Repair", "")
    assert said.to_search == [TimeSpan(since="1970-01-01T00:00:01.000Z", until="1970-01-01T00:01:01.000Z")]


def test_a_sentence_is_no_longer_than_the_status_may_have() -> None:
    message = told(Standing(), "Repair", "long " * 1000).message
    assert message is not None
    assert len(message) == LONGEST_MESSAGE
