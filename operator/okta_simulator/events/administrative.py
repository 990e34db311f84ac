"""What administrators, service apps and Okta itself did in the organisation, as events."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping, Sequence

from msgspec import UNSET

from okta_simulator.audit import Severity, Target
from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.log_event import LogEvent, Outcome, timestamp
from okta_simulator.events.shape import Origin, Shape
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject


class AuditTrail:
    """Makes an event of each action (an `Audit`).

    Args:
        emit: Takes the events; hooks get those of eligible types.
        clock: Okta's time.
        ids: Makes identities of events and of requests.
        catalog: Has the words of each type.
        shape: Prints the parts that options decide.
    """

    def __init__(
        self, emit: Callable[[LogEvent], None], *, clock: Clock, ids: Ids, catalog: Catalog, shape: Shape
    ) -> None:
        self._emit = emit
        self._clock = clock
        self._ids = ids
        self._catalog = catalog
        self._shape = shape

    def record(
        self,
        event_type: str,
        caller: Caller,
        *,
        targets: Sequence[Target] = (),
        result: str = "SUCCESS",
        reason: str | None = None,
        severity: Severity = "INFO",
        debug_data: Mapping[str, str] | None = None,
    ) -> None:
        """Write an entry, published now."""
        request_id = self._ids.new("req")
        origin = self._origin(caller)
        self._emit(
            LogEvent(
                uuid=self._ids.uuid(),
                published=timestamp(self._clock.now()),
                event_type=event_type,
                severity=severity,
                display_message=self._catalog.message(event_type),
                actor=self._actor(caller),
                outcome=self._shape.outcome(Outcome(result, UNSET if reason is None else reason)),
                target=[self._target(target) for target in targets] or self._shape.absent,
                client=origin.client,
                request=origin.request,
                device=origin.device,
                security_context=origin.security_context,
                authentication_context=self._authentication(caller),
                transaction=_transaction(caller, request_id),
                debug_context={"debugData": {"requestId": request_id, **(debug_data or {})}},
                legacy_event_type=self._shape.absent,
            )
        )

    def _actor(self, caller: Caller) -> JsonObject:
        return self._shape.trimmed(
            {
                "id": caller.actor_id,
                "type": caller.actor_type,
                "alternateId": caller.alternate_id,
                "displayName": caller.display_name,
                "detailEntry": None,
            }
        )

    def _target(self, target: Target) -> JsonObject:
        return self._shape.trimmed(
            {
                "id": target.id,
                "type": target.type,
                "alternateId": target.alternate_id,
                "displayName": target.display_name,
                "detailEntry": None,
            }
        )

    def _origin(self, caller: Caller) -> Origin:
        if not caller.address:
            return self._shape.job()
        address: JsonObject = {
            "ip": caller.address,
            "geographicalContext": None,
            "version": _version(caller.address),
            "source": None,
        }
        client: JsonObject = {
            "userAgent": {"rawUserAgent": caller.user_agent or "UNKNOWN", "os": "Unknown", "browser": "UNKNOWN"},
            "zone": "null",
            "device": "Unknown",
            "id": None,
            "ipAddress": caller.address,
            "geographicalContext": None,
        }
        network: JsonObject = {"asNumber": None, "asOrg": None, "isp": None, "domain": None, "isProxy": None}
        return self._shape.web(client, [address], security_context=network)

    def _authentication(self, caller: Caller) -> JsonObject:
        session = self._ids.new("trs") if caller.address else "unknown"
        return self._shape.trimmed(
            {
                "authenticationProvider": None,
                "credentialProvider": None,
                "credentialType": None,
                "issuer": None,
                "interface": None,
                "authenticationStep": 0,
                "rootSessionId": session,
                "externalSessionId": session,
            }
        )


def _transaction(caller: Caller, request_id: str) -> JsonObject:
    if not caller.address:
        return {"type": "JOB", "id": request_id, "detail": {}}
    is_api_token = caller.scopes is None
    return {
        "type": "WEB",
        "id": request_id,
        "detail": {"requestApiTokenId": caller.credential_id} if is_api_token else {},
    }


def _version(address: str) -> str | None:
    try:
        return f"V{ipaddress.ip_address(address).version}"
    except ValueError:
        return None  # a name, as where a proxy speaks over a local socket
