"""The parts of an event that sources print differently, and that an organisation's options decide."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from okta_simulator.events.log_event import Outcome
from okta_simulator.json_values import Json, JsonObject
from okta_simulator.options import Log


class Origin(msgspec.Struct, frozen=True):
    """Where something came from: the fields of an event that describe the request."""

    client: JsonObject
    request: JsonObject | UnsetType | None
    security_context: JsonObject
    device: JsonObject | UnsetType | None


class Shape:
    """Prints events as an organisation's options say."""

    def __init__(self, options: Log) -> None:
        self._nulls = options.explicit_nulls
        self._in_client = options.addresses != "request.ipChain"
        self._in_request = options.addresses != "client.ipChain"

    @property
    def absent(self) -> UnsetType | None:
        """A field without a value."""
        return None if self._nulls else UNSET

    def trimmed(self, value: JsonObject) -> JsonObject:
        """An object with or without its nulls."""
        return value if self._nulls else _without_nulls(value)

    def outcome(self, outcome: Outcome) -> Outcome:
        """An outcome, with its reason printed as null where it has none."""
        return Outcome(outcome.result, None) if self._nulls and outcome.reason is UNSET else outcome

    def web(
        self,
        client: JsonObject,
        chain: list[JsonObject],
        *,
        security_context: JsonObject,
        device: JsonObject | None = None,
    ) -> Origin:
        """A request's origin.

        Args:
            client: Okta's `client`.
            chain: The addresses that the request passed, Okta's `ipChain`, the client's first.
            security_context: What is known of the client's network.
            device: The registered device, if it is one.
        """
        addresses: JsonObject = {"ipChain": [self.trimmed(address) for address in chain]}
        return Origin(
            client=self.trimmed(client) | (addresses if self._in_client else {}),
            request=addresses if self._in_request else self.absent,
            security_context=self.trimmed(security_context),
            device=self.absent if device is None else self.trimmed(device),
        )

    def job(self) -> Origin:
        """The origin of work in the background: nobody's, with neither address nor network."""
        addresses: JsonObject = {"ipChain": []}
        return Origin(
            client=addresses if self._in_client else {},
            request=addresses if self._in_request else self.absent,
            security_context={},
            device=self.absent,
        )


def _without_nulls(value: JsonObject) -> JsonObject:
    return {name: _inner(inner) for name, inner in value.items() if inner is not None}


def _inner(value: Json) -> Json:
    if isinstance(value, dict):
        return _without_nulls(value)
    if isinstance(value, list):
        return [_inner(element) for element in value]
    return value
