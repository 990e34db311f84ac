"""Every request and every answer is one of Okta's OpenAPI document, judged by a validator that others wrote."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence

import msgspec
import pytest
from aiohttp import web

from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.openapi.differences import KNOWN
from contract.okta_simulator.openapi.exchange import Exchange
from contract.okta_simulator.scenarios import carried_out, refused
from contract.okta_simulator.watched import Watched, assert_as_documented, watching
from okta_simulator.options import Options, RateLimits
from unit.okta_simulator.event_hooks.receiver import Receiver, accepting

SCENARIOS: Sequence[Callable[[Watched], Awaitable[None]]] = (*carried_out.SCENARIOS, *refused.SCENARIOS)


def limited_to(requests: int, options: Options) -> Options:
    """The options with so many requests a minute in every bucket."""
    return msgspec.structs.replace(
        options, rate_limits=RateLimits(buckets=dict.fromkeys(RateLimits().buckets, requests), credential_share=1.0)
    )


@pytest.fixture
def options(options: Options) -> Options:
    """Limits strike only where they are meant to."""
    return limited_to(100_000, options)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_what_is_said_is_in_the_document(okta: Watched, scenario: Callable[[Watched], Awaitable[None]]) -> None:
    await scenario(okta)


async def test_what_is_said_beyond_the_rate_limit_is_in_the_document(
    receiver: Receiver, options: Options, checker: Checker
) -> None:
    async with watching(receiver, limited_to(0, options)) as okta:
        await refused.too_many_requests(okta)
    assert_as_documented(okta.recording.exchanges, checker)


async def test_nothing_that_the_organisation_can_do_is_left_out(okta: Watched) -> None:
    exchanges = [exchange for exchange in await _everything(okta) if exchange.status < 400]
    left_out = [
        f"{route.method} {route.path}"
        for route in okta.organization.routes()
        if not any(_is_for(exchange, route) for exchange in exchanges)
    ]
    assert left_out == []


async def test_every_difference_from_the_document_is_still_met(okta: Watched, checker: Checker) -> None:
    complaints = [complaint for exchange in await _everything(okta) for complaint in checker.complaints(exchange)]
    assert [known for known in KNOWN if not any(known.explains(one) for one in complaints)] == []


async def _everything(okta: Watched) -> Sequence[Exchange]:
    for scenario in SCENARIOS:
        okta.receiver.answering = accepting
        await scenario(okta)
    return okta.recording.exchanges


def _is_for(exchange: Exchange, route: web.RouteDef) -> bool:
    pattern = re.sub(r"\{[^}]*\}", "[^/]+", route.path)
    return exchange.method == route.method and re.fullmatch(pattern, exchange.path) is not None
