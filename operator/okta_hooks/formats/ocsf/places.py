"""OCSF's endpoints, from Okta's client."""

from __future__ import annotations

from collections.abc import Mapping

from okta_hooks.formats.addresses import address, passed_by
from okta_hooks.formats.log_event import Client, GeographicalContext, LogEvent, SecurityContext
from okta_hooks.formats.ocsf.objects import AutonomousSystem, Endpoint, HttpRequest, Location

_OKTA = Endpoint(name="Okta")
_DEVICES: Mapping[str, int] = {"Computer": 2, "Tablet": 4, "Mobile": 5}
_OTHER = 99
_NO_ZONE = "null"  # Okta writes the word


def caller(event: LogEvent) -> Endpoint:
    """Where a call came from: Okta itself, where no client is known."""
    return source(event) or _OKTA


def source(event: LogEvent) -> Endpoint | None:
    """Where a request came from; None if nothing is known that tells one place from another."""
    client, network = event.client or Client(), event.security_context or SecurityContext()
    ip = address(client.ip_address)
    name = client.ip_address if client.ip_address and not ip else None
    if not ip and not name and not network.domain:
        return None
    return Endpoint(
        ip=ip,
        intermediate_ips=tuple(hop for hop in passed_by(event) if hop != ip),
        name=name,
        domain=network.domain,
        isp=network.isp,
        location=_location(client.geographical_context),
        autonomous_system=_autonomous_system(network),
        type=client.device,
        type_id=_DEVICES.get(client.device, _OTHER) if client.device else None,
        zone=client.zone if client.zone != _NO_ZONE else None,
    )


def http_request(event: LogEvent) -> HttpRequest | None:
    """The request that the event came of."""
    agent = event.client.user_agent if event.client else None
    return HttpRequest(agent.raw_user_agent) if agent and agent.raw_user_agent else None


def _location(place: GeographicalContext | None) -> Location | None:
    if place is None or not (place.city or place.state or place.postal_code):
        return None
    point = place.geolocation
    return Location(
        city=place.city,
        region=place.state,
        postal_code=place.postal_code,
        desc=place.country,
        lat=point.lat if point else None,
        long=point.lon if point else None,
    )


def _autonomous_system(network: SecurityContext) -> AutonomousSystem | None:
    if network.as_number is None and not network.as_org:
        return None
    return AutonomousSystem(network.as_number, network.as_org)
