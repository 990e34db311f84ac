"""The organisation's network zones: made, replaced whole, switched on and off, removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from okta_simulator.audit import Audit
from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError, not_found, validation_failed
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder
from okta_simulator.zones.body import ZoneBody, content_of, require_name
from okta_simulator.zones.zone import EXEMPT, Chosen, Content, EnhancedContent, IpContent, Usage, Zone

_SYSTEM_ZONES: tuple[tuple[str, Usage, Literal["ACTIVE", "INACTIVE"], Content], ...] = (
    ("LegacyIpZone", "POLICY", "ACTIVE", IpContent()),
    ("BlockedIpZone", "BLOCKLIST", "ACTIVE", IpContent()),
    (
        "DefaultEnhancedDynamicZone",
        "BLOCKLIST",
        "INACTIVE",
        EnhancedContent(ip_service_categories=Chosen(include=("ALL_ANONYMIZERS",))),
    ),
    (EXEMPT, "POLICY", "ACTIVE", IpContent()),
)


class Zones:
    """Keeps the zones; a new organisation has Okta's four."""

    def __init__(self, recorder: Recorder, clock: Clock, ids: Ids, audit: Audit, options: Options) -> None:
        self._zones = Collection("zone", Zone, recorder)
        self._clock = clock
        self._ids = ids
        self._audit = audit
        self._options = options
        if not len(self._zones):
            for name, usage, status, content in _SYSTEM_ZONES:
                zone = self._new(name, usage, content)
                self._zones.put(zone.id, replace(zone, status=status, system_name=name))

    def __iter__(self) -> Iterator[Zone]:
        return iter(self._zones)

    def get(self, zone_id: str) -> Zone:
        """A zone.

        Raises:
            OktaError: E0000007, there is none.
        """
        if zone := self._zones.get(zone_id):
            return zone
        raise not_found(zone_id, "NetworkZone")

    def named(self, name: str) -> Zone | None:
        """The zone of a name; a system zone also by the name that Okta gave it."""
        return next((zone for zone in self._zones if name in (zone.name, zone.system_name)), None)

    def create(self, body: ZoneBody, caller: Caller) -> Zone:
        """Make a zone, which is active at once.

        Raises:
            OktaError: E0000001 or E0000003, the body is not right; E0000015, the licence has no room for it.
        """
        self._require_free_name(body.name, None)
        if body.use_as_exempt_list is not None:
            raise validation_failed(
                "useAsExemptList", "useAsExemptList: The field can only be used to replace a network zone."
            )
        self._require_licence(body)
        usage = body.usage or "POLICY"
        zone = self._new(body.name, usage, content_of(body, usage, self._most_entries(usage, system=False)))
        if isinstance(zone.content, IpContent) and not (zone.content.gateways or zone.content.proxies):
            raise validation_failed("zone", "Either gateways or proxies must be given.")
        self._zones.put(zone.id, zone)
        self._audit.record("zone.create", caller, targets=[zone.as_target()])
        if usage == "BLOCKLIST":
            self._audit.record("zone.make_blacklist", caller, targets=[zone.as_target()])
        return zone

    def replace(self, zone_id: str, body: ZoneBody, caller: Caller) -> Zone:
        """Put what is sent in place of everything the zone held: what is not sent is gone.

        Raises:
            OktaError: E0000007, there is no such zone; E0000001 or E0000003, the body is not right.
        """
        zone = self.get(zone_id)
        if body.type != zone.type:
            raise validation_failed("type", "type: The type of a network zone cannot be changed.")
        self._require_free_name(body.name, zone)
        usage = self._replaced_usage(zone, body)
        most = self._most_entries(usage, system=zone.system_name is not None)
        replaced = replace(
            zone,
            name=body.name,
            usage=usage,
            content=content_of(body, usage, most),
            last_updated=self._clock.now(),
        )
        self._zones.put(zone_id, replaced)
        self._audit.record("zone.update", caller, targets=[replaced.as_target()])
        if usage != zone.usage:
            change = "zone.make_blacklist" if usage == "BLOCKLIST" else "zone.remove_blacklist"
            self._audit.record(change, caller, targets=[replaced.as_target()])
        return replaced

    def activate(self, zone_id: str, caller: Caller) -> Zone:
        """Let the zone count.

        Raises:
            OktaError: E0000007, there is no such zone; E0000001, it is the exempt list.
        """
        return self._switch(zone_id, "ACTIVE", "zone.activate", caller)

    def deactivate(self, zone_id: str, caller: Caller) -> Zone:
        """Let the zone count no longer.

        Raises:
            OktaError: E0000007, there is no such zone; E0000001, it is the exempt list.
        """
        return self._switch(zone_id, "INACTIVE", "zone.deactivate", caller)

    def delete(self, zone_id: str, caller: Caller) -> None:
        """Remove a zone.

        Raises:
            OktaError: E0000007, there is no such zone; E0000001, it is Okta's own, a policy uses it, or it is active
                (Identity Engine).
        """
        zone = self.get(zone_id)
        if zone.system_name is not None:
            raise validation_failed("id", f"id: The zone: {zone_id} is a system zone. System zones cannot be deleted.")
        if zone.status == "ACTIVE" and self._options.engine == "identity":
            raise validation_failed(
                f"The zone: {zone.name} is an active zone. Active zones cannot be deleted.",
                f"id: The zone: {zone_id} is an active zone. Active zones cannot be deleted.",
            )
        if zone.used_by:
            policies = ", ".join(sorted(zone.used_by))
            raise validation_failed("id", f"id: The zone: {zone_id} is used by {policies} and cannot be deleted.")
        self._zones.remove(zone_id)
        self._audit.record("zone.delete", caller, targets=[zone.as_target()])

    def use(self, zone_id: str, policies: frozenset[str]) -> Zone:
        """Say which policies speak of a zone, in place of those said before.

        Raises:
            OktaError: E0000007, there is no such zone.
        """
        zone = replace(self.get(zone_id), used_by=policies)
        self._zones.put(zone_id, zone)
        return zone

    def _new(self, name: str, usage: Usage, content: Content) -> Zone:
        now = self._clock.now()
        return Zone(
            id=self._ids.new("nzo"),
            name=name,
            status="ACTIVE",
            usage=usage,
            content=content,
            created=now,
            last_updated=now,
        )

    def _switch(self, zone_id: str, status: Literal["ACTIVE", "INACTIVE"], event_type: str, caller: Caller) -> Zone:
        zone = self.get(zone_id)
        if zone.is_exempt_list:
            raise validation_failed("id", f"id: The network zone does not allow status changes for {EXEMPT}.")
        switched = replace(zone, status=status, last_updated=self._clock.now())
        self._zones.put(zone_id, switched)
        self._audit.record(event_type, caller, targets=[switched.as_target()])
        return switched

    def _replaced_usage(self, zone: Zone, body: ZoneBody) -> Usage:
        if zone.system_name is None:
            return body.usage or "POLICY"
        if (zone.is_exempt_list and not body.use_as_exempt_list) or body.usage not in (None, zone.usage):
            raise validation_failed(
                "useAsExemptList",
                f"useAsExemptList: The network zone does not allow usage changes for {zone.system_name}.",
            )
        if zone.is_exempt_list and body.proxies:
            raise validation_failed("proxies", f"proxies: Proxies cannot be added to {EXEMPT}.")
        return zone.usage

    def _require_free_name(self, name: str, zone: Zone | None) -> None:
        require_name(name)
        if any(other.name == name for other in self._zones if zone is None or other.id != zone.id):
            raise validation_failed(
                "name", "name: An object with this field already exists in the current organization"
            )

    def _require_licence(self, body: ZoneBody) -> None:
        if self._options.adaptive_mfa:
            return
        if body.type != "IP" or any(zone.system_name is None for zone in self._zones):
            raise OktaError("E0000015")

    def _most_entries(self, usage: Usage, *, system: bool) -> int:
        limits = self._options.limits
        if system:
            return limits.system_zone_entries
        return limits.blocklist_zone_entries if usage == "BLOCKLIST" else limits.policy_zone_entries
