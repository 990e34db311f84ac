"""Okta's SDK for Python, as far as it is of use: with the work-arounds that version 3.4.6 needs.

`okta.client` loads every API there is. A client made of the few that are used takes a third of the time and memory,
and skips the check that refuses organisations without TLS.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from okta.api.event_hook_api import EventHookApi
from okta.api.group_api import GroupApi
from okta.api.network_zone_api import NetworkZoneApi
from okta.api.org_setting_metadata_api import OrgSettingMetadataApi
from okta.api.role_assignment_a_user_api import RoleAssignmentAUserApi
from okta.api.role_assignment_b_group_api import RoleAssignmentBGroupApi
from okta.api.ssf_receiver_api import SSFReceiverApi
from okta.api.system_log_api import SystemLogApi
from okta.api.user_api import UserApi
from okta.api.user_cred_api import UserCredApi
from okta.api.user_lifecycle_api import UserLifecycleApi
from okta.api.user_resources_api import UserResourcesApi
from okta.api.user_risk_api import UserRiskApi
from okta.api.user_sessions_api import UserSessionsApi
from okta.cache.no_op_cache import NoOpCache
from okta.request_executor import RequestExecutor

Settings = Mapping[str, Any]
"""What the SDK calls its client configuration."""


class OktaSdk(
    EventHookApi,
    SystemLogApi,
    NetworkZoneApi,
    UserSessionsApi,
    UserApi,
    UserCredApi,
    UserLifecycleApi,
    UserResourcesApi,
    UserRiskApi,
    GroupApi,
    RoleAssignmentAUserApi,
    RoleAssignmentBGroupApi,
    SSFReceiverApi,
    OrgSettingMetadataApi,
):
    """The APIs that are used, over one session."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        configuration = {"client": {"rateLimit": {"maxRetries": 0}, "oauthTokenRenewalOffset": 5, **settings}}
        super().__init__(configuration=configuration)
        self.configuration.access_token = None  # else it is sent behind `SSWS` without a space
        self._request_executor = RequestExecutor(configuration, NoOpCache())  # type: ignore[no-untyped-call]
        self._request_executor.set_session(session)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Understood:
    """What the SDK made of an answer.

    Attributes:
        status: HTTP status.
        value: A model of the SDK's, or a list of them.
        headers: Headers of the answer.
        raw: Its body, where it is no error.
        error: Its error, if it is one.
    """

    status: int
    value: Any
    headers: Mapping[str, str]
    raw: bytes
    error: Any


async def understood(call: Awaitable[Any]) -> Understood:
    """The answer in one shape: of errors some methods give two things and some three."""
    value, *between, error = await call
    response = between[0] if between else value
    status = getattr(response, "status_code", None) or response.status
    return Understood(
        status=int(status),
        value=value if error is None else None,
        headers=response.headers,
        raw=getattr(response, "raw_data", b"") or b"",
        error=error,
    )


async def done(call: Awaitable[Any]) -> Any:  # noqa: ANN401 -- whatever the SDK gives
    """What the SDK gives for a request that is carried out."""
    answer = await understood(call)
    assert answer.error is None, answer.error
    assert answer.status < 400, f"{answer.status} without a body, which the SDK takes for success"
    return answer.value


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[OktaSdk]:
    """A client for as long as the context lasts."""
    async with aiohttp.ClientSession() as session:
        yield OktaSdk(settings, session)
