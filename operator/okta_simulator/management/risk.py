"""User risk over HTTP, in organisations with Identity Threat Protection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from aiohttp import web

from okta_simulator.directory import rendering
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.risk import Risk, UserRisk
from okta_simulator.errors import validation_failed
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.management.threat_protection import require_threat_protection
from okta_simulator.options import Options

_PATH = "/api/v1/users/{userId}/risk"


class _Change(msgspec.Struct, frozen=True, rename="camel"):
    risk_level: str = ""
    risk_reason: str = "Admin override"


class RiskResource:
    """`/api/v1/users/{userId}/risk`: read, or set to HIGH or LOW."""

    def __init__(self, directory: Directory, risks: UserRisk, options: Options, organization_url: str) -> None:
        self._directory = directory
        self._risks = risks
        self._options = options
        self._url = organization_url

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        return (
            Endpoint("GET", _PATH, self._get, "okta.userRisk.read", "/api/v1/users"),
            Endpoint("PUT", _PATH, self._put, "okta.userRisk.manage", "/api/v1/users"),
        )

    async def _get(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        user = self._directory.user(call.path("userId"))
        return json_response(rendering.risk(self._risks.of(user), user, self._url))

    async def _put(self, call: Call) -> web.Response:
        require_threat_protection(self._options)
        user = self._directory.user(call.path("userId"))
        change = await call.body(_Change)
        risk = Risk(_settable(change.risk_level), change.risk_reason)
        created = self._risks.of(user) is None
        self._risks.change(user, risk, call.caller, detection="Admin Reported User Risk", issuer="OKTA")
        return json_response(rendering.risk(risk, user, self._url), status=201 if created else 200)


def _settable(level: str) -> Literal["HIGH", "LOW"]:
    if level == "HIGH":
        return "HIGH"
    if level == "LOW":
        return "LOW"
    raise validation_failed("riskLevel", "riskLevel: The value must be one of HIGH, LOW.")
