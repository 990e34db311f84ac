"""Credentials and limits: who may call, and how often."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.assembly.foundation import AuditedFoundation
from okta_simulator.assembly.people import People
from okta_simulator.credentials.networks import IpZones
from okta_simulator.credentials.owners import DirectoryOwners
from okta_simulator.credentials.services import CredentialServices
from okta_simulator.limits.rate_limits import OrganizationLimits
from okta_simulator.management.oauth import OAuthServer
from okta_simulator.management.pipeline import Pipeline
from okta_simulator.management.request_urls import RequestUrls
from okta_simulator.management.well_known import WellKnown


class Access:
    """The services about credentials and limits.

    Args:
        base: What they stand on.
        people: Who owns tokens, and from where they may be used.
    """

    def __init__(self, base: AuditedFoundation, people: People) -> None:
        request_urls = RequestUrls(base.url)
        credentials = CredentialServices(
            owners=DirectoryOwners(people.directory),
            zones=IpZones(people.zones),
            request_urls=request_urls,
            organization_url=base.url,
            audit=base.audit,
            options=base.options.credentials,
            clock=base.clock,
            ids=base.ids,
            recorder=base.recorder,
        )
        self.api_tokens = credentials.api_tokens
        self.service_apps = credentials.service_apps
        self.limits = OrganizationLimits(options=base.options.rate_limits, audit=base.audit, clock=base.clock)
        self.pipeline = Pipeline(credentials.authenticator, self.limits, base.ids)
        self._open = (
            OAuthServer(
                token_endpoint=credentials.token_endpoint,
                access_tokens=credentials.access_tokens,
                limits=self.limits,
                request_urls=request_urls,
            ),
            WellKnown(people.organization_id, base.url, base.options.engine),
        )

    def routes(self) -> Sequence[web.RouteDef]:
        """What answers without a credential, or checks its own."""
        return [route for server in self._open for route in server.routes()]
