"""Credentials and limits: who may call, and how often."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web

from okta_simulator.assembly.foundation import AuditedFoundation
from okta_simulator.assembly.people import People
from okta_simulator.credentials.access_tokens import AccessTokens
from okta_simulator.credentials.api_tokens import ApiTokens, Owner
from okta_simulator.credentials.authenticator import CredentialCheck
from okta_simulator.credentials.client_assertion import ClientAssertions
from okta_simulator.credentials.dpop import Proofs
from okta_simulator.credentials.nonces import Nonces
from okta_simulator.credentials.service_apps import ServiceApps
from okta_simulator.credentials.token_endpoint import TokenEndpoint
from okta_simulator.directory.directory import Directory
from okta_simulator.errors import OktaError
from okta_simulator.limits.rate_limits import OrganizationLimits
from okta_simulator.management.oauth import OAuthServer
from okta_simulator.management.pipeline import Pipeline
from okta_simulator.management.request_urls import RequestUrls
from okta_simulator.management.well_known import WellKnown
from okta_simulator.zones.addresses import range_of
from okta_simulator.zones.registry import Zones
from okta_simulator.zones.zone import IpContent


class Access:
    """The services about credentials and limits.

    Args:
        base: What they stand on.
        people: Who owns tokens, and from where they may be used.
    """

    def __init__(self, base: AuditedFoundation, people: People) -> None:
        options, clock, ids, audit = base.options.credentials, base.clock, base.ids, base.audit
        request_urls = RequestUrls(base.url)
        proofs = Proofs(options=options, client_time=_real_time)
        self.limits = OrganizationLimits(options=base.options.rate_limits, audit=audit, clock=clock)
        self.api_tokens = ApiTokens(
            owners=_TokenOwners(people.directory),
            zones=_ZoneMembership(people.zones),
            audit=audit,
            options=options,
            clock=clock,
            ids=ids,
            recorder=base.recorder,
        )
        self.service_apps = ServiceApps(audit=audit, options=options, ids=ids, recorder=base.recorder)
        access_tokens = AccessTokens(
            apps=self.service_apps,
            proofs=proofs,
            request_urls=request_urls,
            issuer=base.url,
            options=options,
            clock=clock,
            ids=ids,
            recorder=base.recorder,
        )
        token_endpoint = TokenEndpoint(
            assertions=ClientAssertions(apps=self.service_apps, options=options, client_time=_real_time),
            proofs=proofs,
            nonces=Nonces(options=options, clock=clock),
            access_tokens=access_tokens,
            audit=audit,
            options=options,
        )
        check = CredentialCheck(api_tokens=self.api_tokens, access_tokens=access_tokens, options=options)
        self.pipeline = Pipeline(check, self.limits, ids)
        self._open = (
            OAuthServer(
                token_endpoint=token_endpoint,
                access_tokens=access_tokens,
                limits=self.limits,
                request_urls=request_urls,
            ),
            WellKnown(people.organization_id, base.url, base.options.engine),
        )

    def routes(self) -> Sequence[web.RouteDef]:
        """What answers without a credential, or checks its own."""
        return [route for server in self._open for route in server.routes()]


class _TokenOwners:
    """The directory, as API tokens know it."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def active_owner(self, user_id: str) -> Owner | None:
        """The user, unless there is none or the account is not active."""
        user = self._directory.find_user(user_id)
        if user is None or user.status != "ACTIVE":
            return None
        return Owner(user.id, user.profile.login, user.profile.full_name, bool(self._directory.roles_of(user)))


class _ZoneMembership:
    """The zones of addresses, as API tokens know them."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones

    def contains(self, zone_id: str, address: str) -> bool:
        """Whether an address is in a zone; False for a zone that does not exist."""
        try:
            content, wanted = self._zones.get(zone_id).content, ipaddress.ip_address(address)
        except (OktaError, ValueError):
            return False
        return isinstance(content, IpContent) and any(wanted in range_of(gateway) for gateway in content.gateways)


def _real_time() -> datetime:
    """What a client's own clock shows: the signatures of clients know nothing of Okta's clock."""
    return datetime.now(UTC)
