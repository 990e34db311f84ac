"""The `okta` SDK as far as it is used: event hooks and the System Log, over a connection of our own.

The SDK knows paths, methods and bodies. What it does with answers, errors, timeouts, retries and credentials loses
what we need to know (`tests/contract/okta_hooks/okta/test_sdk_defects.py` shows each defect), so that two of its parts
are replaced: the executor, which sends, and the deserializer, which gives the answer as it came, whatever its status.
`okta.client` and `okta.request_executor` are never imported: they would triple the memory that this takes.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import aiohttp
import msgspec
from okta.api.event_hook_api import EventHookApi
from okta.api.system_log_api import SystemLogApi
from okta.api_response import ApiResponse
from okta.models.event_hook import EventHook
from okta.rest import RESTResponse
from pydantic import ValidationError

from okta_hooks.okta.answers import Answer
from okta_hooks.okta.credentials import Credential
from okta_hooks.okta.errors import Refused
from okta_hooks.okta.gate import Gate
from okta_hooks.okta.hook_json import Json
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.wire import send

_LOGGERS = ("okta-sdk-python", "okta")  # at DEBUG they print requests with all their secrets


class SlimApi(EventHookApi, SystemLogApi):
    """The operations that are used; each gives `(None, ApiResponse, None)` for every answer.

    Args:
        url: The organisation's URL.
        executor: Sends the requests.
    """

    def __init__(self, url: str, executor: Executor) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).disabled = True
        # Without a token the SDK adds no Authorization of its own, which would lack a space.
        super().__init__({"client": {"orgUrl": url.rstrip("/"), "token": None}})
        self._request_executor = executor

    def response_deserialize(  # type: ignore[override]  # it makes no models
        self,
        response_data: RESTResponse,
        response_types_map: object = None,  # noqa: ARG002 -- see above
    ) -> ApiResponse[None]:
        """The answer as it came."""
        answer = cast(Answer, response_data.response)
        return ApiResponse(status_code=answer.status, headers=answer.headers, data=None, raw_data=answer.body)


@dataclass(frozen=True)
class Request:
    """A request as the SDK composes it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: object


class Executor:
    """Stands where the SDK has its `RequestExecutor`: signs and sends.

    Args:
        session: Carries the requests; its opener closes it.
        credential: Lets them in.
        gate: Asked right before each request: waiting for a turn, for another attempt or for a token takes longer
            than what was allowed before it may hold.
    """

    def __init__(self, session: aiohttp.ClientSession, credential: Credential, gate: Gate) -> None:
        self._session = session
        self._credential = credential
        self._gate = gate

    async def create_request(
        self,
        method: str,
        url: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        form: object = None,  # noqa: ARG002 -- no operation that is used has one
        *,
        keep_empty_params: bool = False,  # noqa: ARG002 -- nothing is taken out but null
    ) -> tuple[Request, None]:
        """A request, not sent yet; called by the SDK."""
        return Request(method, url, headers or {}, _without_null(body)), None

    async def execute(self, request: Request, response_type: object = None) -> tuple[Answer, str, None]:  # noqa: ARG002
        """The answer to a request; called by the SDK.

        A refused token is renewed, once: what is answered with 401 did not take effect.

        Raises:
            OktaError: Okta gives no token.
            Unanswered: Nobody answered.
        """
        signature = await self._credential.headers(request.method, request.url)
        answer = await self._send(request, signature)
        if answer.status == 401 and self._credential.renew(signature):
            answer = await self._send(request, await self._credential.headers(request.method, request.url))
        return answer, answer.body.decode(errors="replace"), None

    async def _send(self, request: Request, signature: Mapping[str, str]) -> Answer:
        headers = {name: value for name, value in request.headers.items() if name != "User-Agent"}
        headers.update(signature)
        body = None
        if request.body is not None:
            headers["Content-Type"] = "application/json"
            body = msgspec.json.encode(request.body)
        self._gate.check()
        return await send(self._session, request.method, request.url, headers, body)


def event_hook(operation: Operation, body: Json) -> EventHook:
    """The SDK's model of a hook.

    Raises:
        Refused: The SDK finds that it is none.
    """
    try:
        model = EventHook.from_dict(body)
    except ValidationError:  # its text would quote the secret
        model = None
    if model is None:
        raise Refused(operation.name, "the SDK does not take this definition: compare its fields with Okta's limits")
    return model


def _without_null(value: object) -> object:
    """What the SDK's models write for fields that only Okta fills is left out."""
    if isinstance(value, dict):
        return {name: _without_null(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_null(each) for each in value]
    return value
