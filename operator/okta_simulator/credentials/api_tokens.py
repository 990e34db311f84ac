"""API tokens (`Authorization: SSWS ...`): issued for a user, with all of the user's rights.

Okta's guide to API tokens says: a token dies with its owner's account, expires after 30 days without a call, each call
sets the 30 days anew, and it can be bound to network zones.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from okta_simulator.audit import Audit, Target
from okta_simulator.caller import SUPER_ADMINISTRATOR, SYSTEM, Caller
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError, not_found
from okta_simulator.ids import Ids
from okta_simulator.options import Credentials
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder


class Network(msgspec.Struct, frozen=True, rename="camel"):
    """From where a token may be used; `include` and `exclude` are identifiers of zones."""

    connection: Literal["ANYWHERE", "ZONE"] = "ANYWHERE"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class ApiToken(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What Okta keeps of a token: never its secret."""

    id: str
    name: str
    user_id: str
    secret_hash: str
    created: datetime
    last_used: datetime
    network: Network = Network()


@dataclass(frozen=True)
class IssuedToken:
    """A new token and its secret, which is shown this once."""

    token: ApiToken
    secret: str


class Owner(msgspec.Struct, frozen=True):
    """The user behind a token."""

    id: str
    login: str
    display_name: str
    admin_roles: frozenset[str] = SUPER_ADMINISTRATOR
    """The user's administrator roles; without one the management API refuses the token."""


class Owners(Protocol):
    """Knows the users that own tokens."""

    def active_owner(self, user_id: str) -> Owner | None:
        """The user, unless there is none or the account is not active."""


class ZoneMembership(Protocol):
    """Knows which addresses are in which network zone."""

    def contains(self, zone_id: str, address: str) -> bool:
        """Whether an address is in a zone; False for a zone that does not exist."""


class ApiTokens:
    """Issues, checks and revokes API tokens."""

    def __init__(
        self,
        *,
        owners: Owners,
        zones: ZoneMembership,
        audit: Audit,
        options: Credentials,
        clock: Clock,
        ids: Ids,
        recorder: Recorder,
    ) -> None:
        self._owners = owners
        self._zones = zones
        self._audit = audit
        self._options = options
        self._clock = clock
        self._ids = ids
        self._tokens = Collection("api_token", ApiToken, recorder)
        self._ids_by_hash = {token.secret_hash: token.id for token in self._tokens}

    def issue(
        self,
        user_id: str,
        name: str,
        *,
        network: Network | None = None,
        secret: str | None = None,
        caller: Caller = SYSTEM,
    ) -> IssuedToken:
        """Make a token for a user.

        Args:
            user_id: Its owner.
            name: Its name in the console.
            network: From where it may be used; anywhere when absent.
            secret: What a client will send, where a test or a demo wants to know it in advance; else random.
            caller: Who asked for it.

        Raises:
            OktaError: E0000007, there is no active user of that id.
        """
        if self._owners.active_owner(user_id) is None:
            raise not_found(user_id, "User")
        secret = secret or "00" + secrets.token_urlsafe(30)
        now = self._now()
        token = ApiToken(
            id=self._ids.new("00T"),
            name=name,
            user_id=user_id,
            secret_hash=_hash(secret),
            created=now,
            last_used=now,
            network=network or Network(),
        )
        self._tokens.put(token.id, token)
        self._ids_by_hash[token.secret_hash] = token.id
        self._audit.record("system.api_token.create", caller, targets=[_target(token)])
        return IssuedToken(token, secret)

    def revoke(self, token_id: str, *, caller: Caller = SYSTEM) -> None:
        """Make a token worthless, at once.

        Raises:
            OktaError: E0000007, there is no such token.
        """
        token = self._tokens.get(token_id)
        if token is None:
            raise not_found(token_id, "ApiToken")
        self._forget(token)
        self._audit.record("system.api_token.revoke", caller, targets=[_target(token)])

    def __iter__(self) -> Iterator[ApiToken]:
        """The tokens that were neither revoked nor seen to have expired."""
        return iter(self._tokens)

    def authenticate(self, secret: str, address: str) -> Caller:
        """The owner of a secret, as long as the token lives; the call keeps it alive.

        Args:
            secret: What the client sent.
            address: The client's IP address.

        Raises:
            OktaError: E0000011, no living token has this secret; E0000006, its owner is no administrator or it may
                not be used from there.
        """
        token = self._living(secret)
        owner = self._owners.active_owner(token.user_id)
        if owner is None:
            raise OktaError("E0000011")
        if not owner.admin_roles or not self._allows(token.network, address):
            raise OktaError("E0000006")
        self._touch(token)
        return Caller(
            credential_id=token.id,
            actor_id=owner.id,
            actor_type="User",
            display_name=owner.display_name,
            alternate_id=owner.login,
            admin_roles=owner.admin_roles,
        )

    def _living(self, secret: str) -> ApiToken:
        secret_hash = _hash(secret)
        token = self._tokens.get(self._ids_by_hash.get(secret_hash, ""))
        if token is None or not hmac.compare_digest(token.secret_hash, secret_hash):
            raise OktaError("E0000011")
        if self._now() - token.last_used > self._options.api_token_idle_expiry:
            self._forget(token)
            raise OktaError("E0000011")
        return token

    def _touch(self, token: ApiToken) -> None:
        """Note a use; at most one change a second, so that a busy client does not fill the state file."""
        if (now := self._now()) > token.last_used:
            self._tokens.put(token.id, msgspec.structs.replace(token, last_used=now))

    def _allows(self, network: Network, address: str) -> bool:
        if network.connection == "ANYWHERE":
            return True
        if any(self._zones.contains(zone, address) for zone in network.exclude):
            return False
        return not network.include or any(self._zones.contains(zone, address) for zone in network.include)

    def _forget(self, token: ApiToken) -> None:
        del self._ids_by_hash[token.secret_hash]
        self._tokens.remove(token.id)

    def _now(self) -> datetime:
        return self._clock.now().replace(microsecond=0)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _target(token: ApiToken) -> Target:
    return Target(id=token.id, type="Token", display_name=token.name)
