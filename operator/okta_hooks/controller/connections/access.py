"""From an organisation object to a connection, with everything that may be in the way said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.clock import utc_now
from okta_hooks.controller.connections.budgets import share_of
from okta_hooks.controller.connections.credentials import read_sign_in
from okta_hooks.controller.connections.pool import OpenOrganization, Organizations
from okta_hooks.controller.orgs.resolving import FoundOrg
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.okta.errors import CredentialsRejected
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.refusals import FOR_PEOPLE


@dataclass(frozen=True)
class Access:
    """Opens organisations.

    Args:
        secrets: Reads credentials.
        organizations: Keeps connections.
    """

    secrets: SecretReader
    organizations: Organizations

    async def open(self, org: FoundOrg) -> OpenOrganization:
        """The connection of an organisation object.

        Raises:
            Blocked: A Secret is missing, or what is in it is no credential.
            KubernetesError: A Secret could not be read.
        """
        try:
            sign_in = await read_sign_in(org.spec, self.secrets, org.secrets_namespace)
            return await self.organizations.open(org.work, sign_in, share_of(org.spec))
        except CredentialsRejected as error:
            raise Blocked(
                Problem(
                    Reason.CREDENTIALS_REJECTED,
                    f"{org.work} has no credential that can be used: {error.summary}.",
                    for_people=True,
                    until=utc_now() + FOR_PEOPLE,
                )
            ) from None
        except ValueError as error:
            raise Blocked(
                Problem(Reason.ORG_NOT_READY, f"{org.work} names a caSecretRef of which {error}.", for_people=True)
            ) from None
