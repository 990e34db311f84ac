"""What an organisation object says of how to sign in."""

from __future__ import annotations

from dataclasses import dataclass, field

from okta_hooks.api.okta_org import OktaOrgSpec, OrgAuth
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.organization import Connection
from okta_hooks.okta.service_app import DEFAULT_SCOPES, ServiceAppKey
from okta_hooks.okta.signing import read_key


@dataclass(frozen=True)
class SignIn:
    """All that is needed to sign in, as it was read; equal as long as nothing of it has changed.

    Args:
        url: The organisation's URL.
        auth: How to sign in.
        secret: The API token, or the private key; never printed.
        trusted: Certificates (PEM) to trust; the public authorities when empty.
    """

    url: str
    auth: OrgAuth
    secret: str = field(repr=False)
    trusted: str = ""

    def connection(self) -> Connection:
        """How to connect.

        Raises:
            CredentialsRejected: The secret is no token, or no key.
        """
        oauth = self.auth.oauth
        if oauth is None:
            return Connection(self.url, ApiToken(self.secret), self.trusted)
        key = read_key(self.secret, oauth.key_id or "")
        return Connection(
            self.url, ServiceAppKey(oauth.client_id, key, tuple(oauth.scopes or DEFAULT_SCOPES)), self.trusted
        )


async def read_sign_in(spec: OktaOrgSpec, secrets: SecretReader, namespace: str) -> SignIn:
    """What an organisation's spec and the Secrets of a namespace say.

    Raises:
        Blocked: A Secret that the spec names, or its key, is not there.
        KubernetesError: It could not be read.
    """
    credential, *trusted = [await secrets.text(namespace, reference) for reference in named_secrets(spec)]
    return SignIn(url=spec.url, auth=spec.auth, secret=credential, trusted="".join(trusted))


def named_secrets(spec: OktaOrgSpec) -> tuple[SecretKeyRef, ...]:
    """The Secrets that a spec names: the credential's, then that of certificates if there is one."""
    auth = spec.auth
    credential = auth.api_token.secret_ref if auth.api_token is not None else None
    if auth.oauth is not None:
        credential = auth.oauth.private_key_secret_ref
    return tuple(reference for reference in (credential, spec.ca_secret_ref) if reference is not None)
