"""Service apps: clients that act for themselves, with a key instead of a user.

An app gets in with a key that is registered for it; what it may do is what an administrator granted, scope by scope,
and only together with an administrator role (Okta's guide to OAuth for service apps).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from okta_simulator.audit import Audit, Target
from okta_simulator.caller import SYSTEM, Caller
from okta_simulator.credentials.keys import thumbprint
from okta_simulator.errors import not_found, validation_failed
from okta_simulator.ids import Ids
from okta_simulator.options import Credentials
from okta_simulator.signed import Jwk
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder


class ServiceApp(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A service app; its client id is its id.

    Attributes:
        keys: The public keys that its assertions may be signed with.
        scopes: The scopes granted to it.
        admin_roles: Its administrator roles; without one the management API refuses it.
        dpop_required: Whether its access tokens are bound to a key of its own choice (RFC 9449).
    """

    id: str
    label: str
    keys: tuple[dict[str, object], ...]
    scopes: frozenset[str]
    admin_roles: tuple[str, ...] = ("SUPER_ADMIN",)
    dpop_required: bool = True
    status: Literal["ACTIVE", "INACTIVE"] = "ACTIVE"

    def key(self, kid: str | None) -> Jwk | None:
        """The key of an identifier; without one, the only key."""
        if kid is None:
            return self.keys[0] if len(self.keys) == 1 else None
        return next((key for key in self.keys if key.get("kid") == kid), None)

    def as_caller(self, scopes: frozenset[str]) -> Caller:
        """The app as one who calls, with what its access token is good for."""
        return Caller(
            credential_id=self.id,
            actor_id=self.id,
            actor_type="PublicClientApp",
            display_name=self.label,
            alternate_id=self.id,
            admin_roles=frozenset(self.admin_roles),
            scopes=scopes,
        )

    def as_target(self) -> Target:
        """The app as the System Log names it."""
        return Target(id=self.id, type="AppInstance", display_name=self.label, alternate_id=self.label)


class ServiceApps:
    """Registers service apps; a change is effective with the next request."""

    def __init__(self, *, audit: Audit, options: Credentials, ids: Ids, recorder: Recorder) -> None:
        self._audit = audit
        self._options = options
        self._ids = ids
        self._apps = Collection("service_app", ServiceApp, recorder)

    def __iter__(self) -> Iterator[ServiceApp]:
        """The apps, in the order of their creation."""
        return iter(self._apps)

    def find(self, client_id: str) -> ServiceApp | None:
        """The app of a client id, if there is one."""
        return self._apps.get(client_id)

    def get(self, client_id: str) -> ServiceApp:
        """The app of a client id.

        Raises:
            OktaError: E0000007, there is none.
        """
        app = self._apps.get(client_id)
        if app is None:
            raise not_found(client_id, "AppInstance")
        return app

    def register(
        self,
        label: str,
        *,
        keys: Sequence[Jwk],
        scopes: Iterable[str],
        admin_roles: Sequence[str] = ("SUPER_ADMIN",),
        dpop_required: bool | None = None,
        client_id: str | None = None,
        caller: Caller = SYSTEM,
    ) -> ServiceApp:
        """Make a service app.

        Args:
            label: Its name in the console.
            keys: Its public keys.
            scopes: What is granted to it.
            admin_roles: Its administrator roles, such as `SUPER_ADMIN` or `READ_ONLY_ADMIN`; of a custom role its
                permissions, such as `okta.eventhooks.manage`.
            dpop_required: Whether it needs DPoP; as the options say when absent.
            client_id: Its client id, where a test or a demo wants to know it in advance.
            caller: Who asked for it.

        Raises:
            OktaError: E0000001, a key is no public key, or two have one `kid`.
        """
        app = ServiceApp(
            id=client_id or self._ids.new("0oa"),
            label=label,
            keys=_checked(keys),
            scopes=frozenset(scopes),
            admin_roles=tuple(admin_roles),
            dpop_required=self._options.dpop_required if dpop_required is None else dpop_required,
        )
        self._keep(app, "application.lifecycle.create", caller)
        return app

    def replace_keys(self, client_id: str, keys: Sequence[Jwk], *, caller: Caller = SYSTEM) -> None:
        """Take other keys for an app's assertions: to rotate one, or with none to lock the app out.

        Raises:
            OktaError: E0000007, there is no such app; E0000001, a key is no public key, or two have one `kid`.
        """
        app = msgspec.structs.replace(self.get(client_id), keys=_checked(keys))
        self._keep(app, "application.lifecycle.update", caller)

    def grant(self, client_id: str, scopes: Iterable[str], *, caller: Caller = SYSTEM) -> None:
        """Let an app have exactly these scopes.

        Raises:
            OktaError: E0000007, there is no such app.
        """
        app = msgspec.structs.replace(self.get(client_id), scopes=frozenset(scopes))
        self._keep(app, "application.lifecycle.update", caller)

    def assign_roles(self, client_id: str, admin_roles: Sequence[str], *, caller: Caller = SYSTEM) -> None:
        """Let an app have exactly these administrator roles.

        Raises:
            OktaError: E0000007, there is no such app.
        """
        app = msgspec.structs.replace(self.get(client_id), admin_roles=tuple(admin_roles))
        granted = len(admin_roles) > 0
        self._keep(app, f"app.oauth2.client.privilege.{'grant' if granted else 'revoke'}", caller)

    def activate(self, client_id: str, *, caller: Caller = SYSTEM) -> None:
        """Let an app in again.

        Raises:
            OktaError: E0000007, there is no such app.
        """
        app = msgspec.structs.replace(self.get(client_id), status="ACTIVE")
        self._keep(app, "application.lifecycle.activate", caller)

    def deactivate(self, client_id: str, *, caller: Caller = SYSTEM) -> None:
        """Lock an app out, with the access tokens it has.

        Raises:
            OktaError: E0000007, there is no such app.
        """
        app = msgspec.structs.replace(self.get(client_id), status="INACTIVE")
        self._keep(app, "application.lifecycle.deactivate", caller)

    def _keep(self, app: ServiceApp, event_type: str, caller: Caller) -> None:
        self._apps.put(app.id, app)
        self._audit.record(event_type, caller, targets=[app.as_target()])


def _checked(keys: Sequence[Jwk]) -> tuple[dict[str, object], ...]:
    try:
        checked = tuple({"kid": thumbprint(key), **key} for key in keys)
    except ValueError as error:
        raise validation_failed("jwks", f"jwks: {error}.") from error
    if any("d" in key for key in checked):
        raise validation_failed("jwks", "jwks: a key is a private key; register its public half.")
    if len({str(key["kid"]) for key in checked}) < len(checked):
        raise validation_failed("jwks", "jwks: two keys have the same kid.")
    return checked
