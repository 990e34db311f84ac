"""Facts, section 4: rate limits by bucket and credential, their headers and refusals, and requests at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from okta_simulator.options import Options, RateLimits
from unit.okta_simulator.credentials.guarded_organization import HOOKS, READ, Answer, Guarded, guarded

LOGS = "/api/v1/logs"
LIMIT = "X-Rate-Limit-Limit"
REMAINING = "X-Rate-Limit-Remaining"
RESET = "X-Rate-Limit-Reset"


@pytest.fixture
async def small() -> AsyncIterator[Guarded]:
    """An organisation with a limit of 4 requests, of which one credential may make 2."""
    async with guarded(Options(rate_limits=RateLimits(buckets={"/api/v1": 4, LOGS: 2}))) as organization:
        yield organization


async def _use_up(org: Guarded, secret: str) -> Answer:
    """Call until the credential's share of 2 is used up, and once more."""
    for _ in range(2):
        await org.send(HOOKS, f"SSWS {secret}")
    return await org.send(HOOKS, f"SSWS {secret}")


@asynccontextmanager
async def _crowd(org: Guarded, size: int) -> AsyncIterator[None]:
    """So many requests under way."""
    async with AsyncExitStack() as stack:
        for _ in range(size):
            await stack.enter_async_context(org.limits.concurrent())
        yield


async def test_a_credential_gets_half_of_a_bucket(org: Guarded) -> None:
    answer = await org.send(LOGS, f"SSWS {org.api_token()}")
    assert answer.headers[LIMIT] == "60"


def test_buckets_are_as_large_as_in_the_archived_table() -> None:
    buckets = RateLimits().buckets
    assert (buckets["/api/v1/logs"], buckets["/api/v1"]) == (120, 600)


async def test_each_request_leaves_one_less(small: Guarded) -> None:
    secret = small.api_token()
    answers = [await small.send(HOOKS, f"SSWS {secret}") for _ in range(2)]
    assert [answer.headers[REMAINING] for answer in answers] == ["1", "0"]


async def test_all_methods_count_in_one_bucket(small: Guarded) -> None:
    secret = small.api_token()
    await small.send(HOOKS, f"SSWS {secret}")
    answer = await small.send(HOOKS, f"SSWS {secret}", method="POST")
    assert answer.headers[REMAINING] == "0"


async def test_the_window_ends_60_seconds_after_its_first_request_in_epoch_seconds(small: Guarded) -> None:
    answer = await small.send(HOOKS, f"SSWS {small.api_token()}")
    left = int(answer.headers[RESET]) - small.clock.now().timestamp()
    assert 60 <= left < 61


async def test_the_window_does_not_move_with_later_requests(small: Guarded) -> None:
    secret = small.api_token()
    first = await small.send(HOOKS, f"SSWS {secret}")
    small.clock.advance(timedelta(seconds=59))
    second = await small.send(HOOKS, f"SSWS {secret}")
    assert second.headers[RESET] == first.headers[RESET]


async def test_too_many_requests_are_refused(small: Guarded) -> None:
    answer = await _use_up(small, small.api_token())
    assert answer.status == 429
    assert answer.body["errorCode"] == "E0000047"
    assert answer.body["errorSummary"] == "API call exceeded rate limit due to too many requests."


async def test_a_refusal_carries_the_three_headers(small: Guarded) -> None:
    answer = await _use_up(small, small.api_token())
    assert (answer.headers[LIMIT], answer.headers[REMAINING]) == ("2", "0")
    assert int(answer.headers[RESET]) > small.clock.now().timestamp()


async def test_a_refusal_carries_a_date_of_the_same_clock(small: Guarded) -> None:
    small.clock.advance(timedelta(days=1))
    answer = await _use_up(small, small.api_token())
    date = parsedate_to_datetime(answer.headers["Date"])
    assert abs(date - small.clock.now()) < timedelta(seconds=1)


async def test_a_refusal_has_no_retry_after(small: Guarded) -> None:
    answer = await _use_up(small, small.api_token())
    assert "Retry-After" not in answer.headers


async def test_a_new_window_answers_again(small: Guarded) -> None:
    secret = small.api_token()
    await _use_up(small, secret)
    small.clock.advance(timedelta(seconds=60))
    assert (await small.send(HOOKS, f"SSWS {secret}")).status == 200


async def test_one_credential_leaves_the_other_half_to_others(small: Guarded) -> None:
    await _use_up(small, small.api_token())
    assert (await small.send(HOOKS, f"SSWS {small.api_token()}")).status == 200


async def test_all_credentials_together_get_the_whole_bucket(small: Guarded) -> None:
    for _ in range(2):
        await _use_up(small, small.api_token())
    assert (await small.send(HOOKS, f"SSWS {small.api_token()}")).status == 429


async def test_buckets_do_not_share_their_windows(small: Guarded) -> None:
    secret = small.api_token()
    await _use_up(small, secret)
    assert (await small.send(LOGS, f"SSWS {secret}")).status == 200


async def test_an_app_counts_as_one_credential_whatever_its_token(small: Guarded) -> None:
    app = small.app(scopes=[READ])
    tokens = [(await small.ask_token(small.parameters(app))).body["access_token"] for _ in range(2)]
    answers = [await small.send(HOOKS, f"Bearer {token}") for token in tokens]
    assert [answer.headers[REMAINING] for answer in answers] == ["1", "0"]


async def test_a_request_without_the_scope_counts_too(small: Guarded) -> None:
    app = small.app(scopes=["okta.logs.read"])
    token = (await small.ask_token(small.parameters(app, "okta.logs.read"))).body["access_token"]
    assert (await small.send(HOOKS, f"Bearer {token}")).headers[REMAINING] == "1"


async def test_the_token_endpoint_has_a_limit(org: Guarded) -> None:
    answer = await org.ask_token(org.parameters(org.app()))
    assert answer.headers[LIMIT] == "300"


async def test_coming_near_the_limit_is_written_down_once_a_window() -> None:
    async with guarded(Options(rate_limits=RateLimits(buckets={"/api/v1": 4}, credential_share=1))) as org:
        secret = org.api_token()
        for _ in range(4):
            await org.send(HOOKS, f"SSWS {secret}")
        assert org.written.types.count("system.org.rate_limit.warning") == 1


async def test_refusals_are_written_down_once_a_window(small: Guarded) -> None:
    secret = small.api_token()
    await _use_up(small, secret)
    await _use_up(small, secret)
    assert small.written.types.count("system.org.rate_limit.violation") == 1


async def test_refusals_of_the_next_window_are_written_down_again(small: Guarded) -> None:
    secret = small.api_token()
    await _use_up(small, secret)
    small.clock.advance(timedelta(seconds=60))
    await _use_up(small, secret)
    assert small.written.types.count("system.org.rate_limit.violation") == 2


async def test_75_requests_at_a_time_are_answered(org: Guarded) -> None:
    async with _crowd(org, 74):
        assert (await org.send(HOOKS, f"SSWS {org.api_token()}")).status == 200


async def test_the_76th_request_at_a_time_is_refused_with_limit_and_remaining_0(org: Guarded) -> None:
    async with _crowd(org, 75):
        answer = await org.send(HOOKS, f"SSWS {org.api_token()}")
    assert (answer.status, answer.body["errorCode"]) == (429, "E0000047")
    assert (answer.headers[LIMIT], answer.headers[REMAINING]) == ("0", "0")
    assert answer.headers.keys() >= {RESET, "Date"}


async def test_places_are_given_back(org: Guarded) -> None:
    async with _crowd(org, 75):
        pass
    assert (await org.send(HOOKS, f"SSWS {org.api_token()}")).status == 200


async def test_a_crowd_is_written_down_once_a_window(org: Guarded) -> None:
    async with _crowd(org, 75):
        await org.send(HOOKS)
        await org.send(HOOKS)
    assert org.written.types == ["core.concurrency.org.limit.violation"]
