"""The path of a management request: which check comes first, and what every answer carries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from okta_simulator.caller import SYSTEM, Caller
from okta_simulator.errors import OktaError
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.pipeline import Pipeline

RATE_HEADERS = {"X-Rate-Limit-Limit": "600", "X-Rate-Limit-Remaining": "599", "X-Rate-Limit-Reset": "1"}


@dataclass
class Checks:
    """Stands for credentials and limits; writes down who was asked, and refuses where a test wants it."""

    refusing: str = ""
    scopes: frozenset[str] | None = None
    asked: list[str] = field(default_factory=list)

    def authenticate(self, _: web.Request) -> Caller:
        self._ask("credential", "E0000011")
        return msgspec.structs.replace(SYSTEM, scopes=self.scopes)

    @asynccontextmanager
    async def concurrent(self) -> AsyncIterator[None]:
        self._ask("concurrency", "E0000047")
        yield
        self.asked.append("end of concurrency")

    def count(self, _: Caller, bucket: str) -> Mapping[str, str]:
        self._ask(f"rate limit {bucket}", "E0000047")
        return RATE_HEADERS

    async def handle(self, call: Call) -> web.StreamResponse:
        self._ask("operation", "E0000007")
        return json_response({"address": call.caller.address})

    def _ask(self, what: str, code: str) -> None:
        self.asked.append(what)
        if self.refusing and what.startswith(self.refusing):
            raise OktaError(code, about=("x",))


async def answer(checks: Checks, scope: str = "okta.eventHooks.read") -> web.Response:
    endpoint = Endpoint("GET", "/api/v1/eventHooks", checks.handle, scope, "/api/v1")
    handler = Pipeline(checks, checks, Ids(1)).handler(endpoint)
    response = await handler(make_mocked_request("GET", "/api/v1/eventHooks"))
    assert isinstance(response, web.Response)
    return response


async def test_the_checks_come_in_order_and_the_operation_last() -> None:
    checks = Checks()
    assert (await answer(checks)).status == 200
    assert checks.asked == ["concurrency", "credential", "rate limit /api/v1", "operation", "end of concurrency"]


@pytest.mark.parametrize(
    ("refusing", "status", "asked"),
    [
        ("concurrency", 429, ["concurrency"]),
        ("credential", 401, ["concurrency", "credential"]),
        ("rate limit", 429, ["concurrency", "credential", "rate limit /api/v1"]),
        ("operation", 404, ["concurrency", "credential", "rate limit /api/v1", "operation"]),
    ],
)
async def test_a_refusal_ends_the_path(refusing: str, status: int, asked: list[str]) -> None:
    checks = Checks(refusing)
    assert (await answer(checks)).status == status
    assert checks.asked == asked


@pytest.mark.parametrize("refusing", ["", "operation"])
async def test_a_counted_request_is_answered_with_the_rate_limit_headers_also_when_it_fails(refusing: str) -> None:
    response = await answer(Checks(refusing))
    assert RATE_HEADERS.items() <= response.headers.items()


@pytest.mark.parametrize("refusing", ["", "credential", "operation"])
async def test_every_answer_has_a_request_id(refusing: str) -> None:
    assert (await answer(Checks(refusing))).headers["X-Okta-Request-Id"].startswith("req")


@pytest.mark.parametrize(
    ("scopes", "scope", "status"),
    [
        (None, "okta.eventHooks.manage", 200),
        ({"okta.eventHooks.read"}, "okta.eventHooks.read", 200),
        ({"okta.eventHooks.manage"}, "okta.eventHooks.read", 200),
        ({"okta.eventHooks.read"}, "okta.eventHooks.manage", 403),
        ({"okta.logs.read"}, "okta.eventHooks.read", 403),
        (set(), "okta.eventHooks.read", 403),
    ],
)
async def test_an_access_token_needs_the_operations_scope_or_the_wider_one(
    scopes: set[str] | None, scope: str, status: int
) -> None:
    checks = Checks(scopes=None if scopes is None else frozenset(scopes))
    response = await answer(checks, scope)
    assert response.status == status
    assert ("operation" in checks.asked) == (status == 200)


async def test_a_missing_scope_is_named_as_okta_names_it() -> None:
    """Facts section 1: recorded by users of Okta's Terraform provider."""
    response = await answer(Checks(scopes=frozenset()))
    assert "The access token provided does not contain the required scopes." in (response.text or "")
