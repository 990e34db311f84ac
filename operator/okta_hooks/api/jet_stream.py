"""The distributed journal: a stream of NATS JetStream, which several receivers write."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules
from okta_hooks.api.values import ObjectName, Quantity, SecretKeyRef

ServerUrl = Annotated[
    str, Field(max_length=260, pattern=r"^(nats|tls)://([-A-Za-z0-9._]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$")
]
MonitorUrl = Annotated[
    str, Field(max_length=260, pattern=r"^https?://([-A-Za-z0-9._]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$")
]

_ONE_SCHEME = Rule(
    "self.urls.all(url, url.startsWith('tls://')) || self.urls.all(url, url.startsWith('nats://'))",
    "urls are all encrypted or none is: begin each with tls://, or each with nats://",
)
_CA_WITH_TLS = Rule(
    "!has(self.caSecretRef) || self.urls.all(url, url.startsWith('tls://'))",
    "caSecretRef is for encrypted connections: begin urls with tls://, or leave caSecretRef out",
)
_PASSWORD_ENCRYPTED = Rule(
    "(!has(self.receiverAuth) || !has(self.receiverAuth.basic)) && (!has(self.dispatcherAuth) ||"
    " !has(self.dispatcherAuth.basic)) || self.urls.all(url,"
    " url.matches('^tls://|^nats://[-a-z0-9.]+[.]svc([.]cluster[.]local)?(:[0-9]+)?$'))",
    "a password goes in clear to Services of the cluster only: begin urls with tls://, or name servers such as"
    " nats://nats.messaging.svc:4222",
)
_AUTH_TOGETHER = Rule(
    "has(self.receiverAuth) == has(self.dispatcherAuth)",
    "receiverAuth and dispatcherAuth go together: give both, each with a user of its own, or neither",
)


def _same(parent: str, reference: str) -> str:
    """CEL: whether both name one key of one Secret there. Objects of two fields can't be compared as a whole."""
    has = (f"has({auth}{parent}) && has({auth}{parent}.{reference})" for auth in _AUTHS)
    name, key = (
        f"{_AUTHS[0]}{parent}.{reference}.{of} == {_AUTHS[1]}{parent}.{reference}.{of}" for of in ("name", "key")
    )
    return f"({' && '.join(has)} && {name} && {key})"


_AUTHS = ("self.receiverAuth", "self.dispatcherAuth")
_AUTH_APART = Rule(
    f"!{_same('', 'credentialsSecretRef')} && !(has(self.receiverAuth) && has(self.dispatcherAuth)"
    f" && {_same('.basic', 'usernameSecretRef')})",
    "receiverAuth is what faces the internet: name another user there, who may only add to the stream",
)
_SAME_STREAM = Rule(
    "has(self.stream) == has(oldSelf.stream) && (!has(self.stream) || self.stream == oldSelf.stream)",
    "stream cannot change, since events in the one before would be left behind: make another hook with the other"
    " stream, and delete this one when its sinks have no backlog",
)


class JetStreamBasic(ApiModel):
    """A user and a password."""

    username_secret_ref: SecretKeyRef = Field(description="Where the user's name is.")
    password_secret_ref: SecretKeyRef = Field(description="Where the password is.")


class JetStreamAuth(ApiModel):
    """What to be known by."""

    model_config = rules(exactly_one_of("credentialsSecretRef", "basic"))

    credentials_secret_ref: SecretKeyRef | None = Field(
        None, description="Where a file with a user's JWT and seed is, as nsc writes it."
    )
    basic: JetStreamBasic | None = Field(None, description="A user and a password.")


class DispatcherVolume(ApiModel):
    """The volume of the dispatcher: its cursors, its dead letters, and which events it knows."""

    size: Quantity | None = Field(
        None, description="Size of the volume, in bytes, such as 5Gi; it may grow. Default: 2Gi."
    )
    storage_class_name: ObjectName | None = Field(
        None, description="Storage class of the claim. Default: the cluster's default class."
    )


class JetStreamJournal(ApiModel):
    """A stream on NATS servers of your own."""

    model_config = rules(_ONE_SCHEME, _CA_WITH_TLS, _PASSWORD_ENCRYPTED, _AUTH_TOGETHER, _AUTH_APART, _SAME_STREAM)

    urls: list[ServerUrl] = Field(
        description=(
            "Servers, 1 to 16, such as tls://nats.messaging.svc:4222; any of them serves. With nats:// nothing is"
            " encrypted."
        ),
        min_length=1,
        max_length=16,
    )
    stream: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")] | None = Field(
        None,
        description=(
            "Name of the stream, which no other hook uses, of another cluster neither. Default:"
            " <namespace>_<name>. Immutable, its absence too."
        ),
    )
    receiver_auth: JetStreamAuth | None = Field(
        None,
        description=(
            "What receivers are known by: exactly one of credentialsSecretRef and basic, of a user who may only add to"
            " the stream. Default: nothing."
        ),
    )
    dispatcher_auth: JetStreamAuth | None = Field(
        None,
        description=(
            "What the dispatcher is known by, which makes the stream and drops what every sink has had: exactly one of"
            " credentialsSecretRef and basic. Default: nothing."
        ),
    )
    ca_secret_ref: SecretKeyRef | None = Field(
        None, description="Certificates (PEM) of the only authorities to trust. Default: the public authorities."
    )
    replicas: Annotated[int, Field(ge=1, le=5, json_schema_extra={"enum": [1, 3, 5]})] | None = Field(
        None,
        description=(
            "On how many servers the stream is kept: 1, 3 or 5. With 1, the loss of a disk loses events. Default: 3."
        ),
    )
    max_size: Quantity | None = Field(
        None,
        description=(
            "Size of the stream, in bytes, such as 20Gi, at which Okta is answered 503; servers reserve it. Default:"
            " 10Gi."
        ),
    )
    monitor_urls: list[MonitorUrl] | None = Field(
        None,
        description=(
            "Monitoring endpoints, one a server, such as http://nats-0.nats.messaging.svc:8222, which tell how often"
            " a server syncs; the condition ReceiverReady says what that does not survive. Default: it is not known."
        ),
        max_length=16,
    )
    volume: DispatcherVolume | None = Field(
        None, description="The volume of the dispatcher: its cursors and dead letters. Default: 2Gi."
    )
