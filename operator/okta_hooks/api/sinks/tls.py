"""TLS of sinks that do not speak HTTP."""

from __future__ import annotations

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule
from okta_hooks.api.values import SecretKeyRef

CERTIFICATE_WITH_KEY = Rule(
    "has(self.certificateSecretRef) == has(self.keySecretRef)",
    "certificateSecretRef and keySecretRef go together: give both or neither",
)
NO_TLS_IN_CLEAR = Rule(
    "!has(self.insecure) || !self.insecure || (!has(self.caSecretRef) && !has(self.certificateSecretRef))",
    "what goes in clear has no use for certificates: leave out insecure, or caSecretRef and certificateSecretRef",
)


class Tls(ApiModel):
    """Whom to trust, and what to be known by."""

    ca_secret_ref: SecretKeyRef | None = Field(
        None, description="Certificates (PEM) of the only authorities to trust. Default: the public authorities."
    )
    certificate_secret_ref: SecretKeyRef | None = Field(
        None, description="A certificate (PEM) to be known by. Default: none is shown."
    )
    key_secret_ref: SecretKeyRef | None = Field(
        None, description="Its private key (PEM), without a password. Default: none, without a certificate."
    )
