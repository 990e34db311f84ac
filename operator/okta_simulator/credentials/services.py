"""The credentials of an organisation, put together."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from aiohttp import web

from okta_simulator.audit import Audit
from okta_simulator.clock import Clock, real_time
from okta_simulator.credentials.access_tokens import AccessTokens
from okta_simulator.credentials.api_tokens import ApiTokens, Owners, ZoneMembership
from okta_simulator.credentials.authenticator import CredentialCheck
from okta_simulator.credentials.client_assertion import ClientAssertions
from okta_simulator.credentials.dpop import Proofs
from okta_simulator.credentials.nonces import Nonces
from okta_simulator.credentials.service_apps import ServiceApps
from okta_simulator.credentials.token_endpoint import TokenEndpoint
from okta_simulator.ids import Ids
from okta_simulator.options import Credentials
from okta_simulator.state.recorder import Recorder


class CredentialServices:
    """What lets clients in.

    Attributes:
        api_tokens: Issues and revokes API tokens.
        service_apps: Registers service apps, their keys, scopes and roles.
        access_tokens: Issues access tokens, and holds the key they are signed with.
        token_endpoint: Decides who gets one.
        authenticator: Knows whom a request's credential stands for.

    Args:
        owners: The users that own API tokens.
        zones: The network zones that API tokens are bound to.
        request_urls: The URL of a request in each form under which the client may know it.
        organization_url: The issuer of access tokens.
        audit: Where it is written down.
        options: How credentials behave.
        clock: Okta's time.
        ids: Names tokens and apps.
        recorder: Keeps them.
        client_time: The time by which clients sign.
    """

    def __init__(
        self,
        *,
        owners: Owners,
        zones: ZoneMembership,
        request_urls: Callable[[web.Request], Collection[str]],
        organization_url: str,
        audit: Audit,
        options: Credentials,
        clock: Clock,
        ids: Ids,
        recorder: Recorder,
        client_time: Callable[[], datetime] = real_time,
    ) -> None:
        proofs = Proofs(options=options, client_time=client_time)
        self.api_tokens = ApiTokens(
            owners=owners, zones=zones, audit=audit, options=options, clock=clock, ids=ids, recorder=recorder
        )
        self.service_apps = ServiceApps(audit=audit, options=options, ids=ids, recorder=recorder)
        self.access_tokens = AccessTokens(
            apps=self.service_apps,
            proofs=proofs,
            request_urls=request_urls,
            issuer=organization_url,
            options=options,
            clock=clock,
            ids=ids,
            recorder=recorder,
        )
        self.token_endpoint = TokenEndpoint(
            assertions=ClientAssertions(apps=self.service_apps, options=options, client_time=client_time),
            proofs=proofs,
            nonces=Nonces(options=options, clock=clock),
            access_tokens=self.access_tokens,
            audit=audit,
            options=options,
        )
        self.authenticator = CredentialCheck(
            api_tokens=self.api_tokens, access_tokens=self.access_tokens, options=options
        )
