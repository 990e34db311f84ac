"""Where people are signed in: sessions with Okta and with apps, tokens, devices that are remembered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from okta_simulator.audit import Audit
from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.directory.user import User
from okta_simulator.ids import Ids
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder

LIFETIME = timedelta(hours=2)
"""How long a session lasts that is not used (Okta's default)."""
SessionKind = Literal["identity provider", "app"]

MOST_SESSIONS = 20
"""Sessions of one person that are kept; the oldest give way."""


class Device(msgspec.Struct, frozen=True, rename="camel"):
    """What a person signs in with."""

    id: str
    name: str


class Session(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session.

    Attributes:
        kind: With Okta itself, or one that a web or native app keeps by its own means.
        refresh_token: Whether the app got a refresh token with it.
    """

    id: str
    kind: SessionKind
    address: str
    device: Device
    started: datetime
    refresh_token: bool = False


class SignedIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Everything that keeps one person signed in.

    Attributes:
        remembered: The devices on which no second factor is asked for again.
    """

    user_id: str
    sessions: tuple[Session, ...] = ()
    remembered: tuple[Device, ...] = ()


class SignInRefusedError(Exception):
    """The person can't sign in, because of the account's status."""


class Sessions:
    """Signs people in and out."""

    def __init__(self, recorder: Recorder, clock: Clock, ids: Ids, audit: Audit) -> None:
        self._signed_in = Collection("signed-in", SignedIn, recorder)
        self._clock = clock
        self._ids = ids
        self._audit = audit

    def sign_in(
        self,
        user: User,
        *,
        address: str,
        device: Device,
        kind: SessionKind = "identity provider",
        refresh_token: bool = False,
    ) -> Session:
        """Begin a session, and remember the device.

        Raises:
            SignInRefusedError: The account's status does not let the person in.
        """
        if not user.may_sign_in:
            raise SignInRefusedError(f"{user.profile.login} can't sign in: the account is {user.status}")
        session = Session(
            id=self._ids.new("102"),
            kind=kind,
            address=address,
            device=device,
            started=self._clock.now(),
            refresh_token=refresh_token,
        )
        earlier = self.of(user)
        others = tuple(one for one in earlier.remembered if one.id != device.id)
        self._keep(
            SignedIn(
                user_id=user.id,
                sessions=(*earlier.sessions, session)[-MOST_SESSIONS:],
                remembered=(*others, device)[-MOST_SESSIONS:],
            )
        )
        return session

    def of(self, user: User) -> SignedIn:
        """Where a person is signed in now; sessions that have run out are left out."""
        kept = self._signed_in.get(user.id)
        if kept is None:
            return SignedIn(user_id=user.id)
        oldest = self._clock.now() - LIFETIME
        return msgspec.structs.replace(kept, sessions=tuple(one for one in kept.sessions if one.started > oldest))

    def revoke(self, user: User, caller: Caller, *, tokens: bool, forget_devices: bool) -> None:
        """End the sessions with Okta; those of web and native apps go on.

        Args:
            user: Whose sessions.
            caller: Who asks for it.
            tokens: Whether refresh and access tokens end too.
            forget_devices: Whether the next sign-in asks for a second factor on each device again.
        """
        now = self.of(user)
        left = tuple(one for one in now.sessions if one.kind == "app")
        if tokens:
            left = tuple(msgspec.structs.replace(one, refresh_token=False) for one in left)
        self._keep(SignedIn(user_id=user.id, sessions=left, remembered=() if forget_devices else now.remembered))
        self._audit.record("user.session.clear", caller, targets=[user.as_target()])

    def _keep(self, signed_in: SignedIn) -> None:
        self._signed_in.put(signed_in.user_id, signed_in)
