"""Security events: their providers, and the endpoint that takes their tokens."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from okta_simulator.assembly.foundation import AuditedFoundation
from okta_simulator.assembly.people import People
from okta_simulator.clock import real_time
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.security_events import SecurityEventsProvidersResource, SecurityEventsReceiver
from okta_simulator.security_events.documents import PublishedDocuments
from okta_simulator.security_events.keys import ProviderKeys
from okta_simulator.security_events.receiver import Receiver
from okta_simulator.security_events.registry import Providers


class SecurityEvents:
    """The services about security events.

    Args:
        base: What they stand on.
        people: Whom events can be about.

    Raises:
        BadInput: The certificate authorities of the options can't be used.
    """

    def __init__(self, base: AuditedFoundation, people: People) -> None:
        documents = PublishedDocuments(base.options.endpoints)
        keys = ProviderKeys(documents, base.clock)
        self.providers = Providers(base.recorder, base.ids, base.audit, documents)
        self._managed = SecurityEventsProvidersResource(self.providers, keys, base.options, base.url)
        receiver = Receiver(
            self.providers,
            keys,
            directory=people.directory,
            risks=people.risks,
            audit=base.audit,
            clock=base.clock,
            client_time=real_time,
            audience=base.url,
        )
        self._open = SecurityEventsReceiver(receiver, base.options)

    def resources(self) -> tuple[Resource, ...]:
        """The part of the management API about providers."""
        return (self._managed,)

    def routes(self) -> Sequence[web.RouteDef]:
        """What takes tokens, which are their own credential."""
        return self._open.routes()
