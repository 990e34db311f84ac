"""People who sign in, or fail to: what a sign-in page would do, with its checks and its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from okta_simulator.directory.sessions import Device, SessionKind, Sessions, SignInRefusedError
from okta_simulator.directory.user import User
from okta_simulator.events.generator import EventGenerator
from okta_simulator.events.log_event import LogEvent
from okta_simulator.events.people import person_of
from okta_simulator.zones.blocklists import Blocklists


class SignInResult(Enum):
    """How an attempt ended."""

    SIGNED_IN = "signed in"
    WRONG_PASSWORD = "wrong password"
    REFUSED = "refused"
    """The account's status lets nobody in."""
    BLOCKED = "blocked"
    """The address is on a blocklist, which is looked at before everything else."""


@dataclass(frozen=True)
class SignIns:
    """Attempts to sign in.

    Args:
        sessions: Where people are signed in.
        blocklists: From where nobody may.
        generator: Makes the events.
        emit: Takes them.
    """

    sessions: Sessions
    blocklists: Blocklists
    generator: EventGenerator
    emit: Callable[[LogEvent], None]

    def attempt(
        self,
        user: User,
        *,
        address: str | None = None,
        right_password: bool = True,
        kind: SessionKind = "identity provider",
        refresh_token: bool = False,
    ) -> SignInResult:
        """Somebody tries to sign in as a user, with the user's laptop.

        Args:
            user: As whom.
            address: From where; the user's home when absent.
            right_password: Whether they know the password.
            kind: Whether the session is Okta's, or one that an app keeps by its own means.
            refresh_token: Whether the app gets a refresh token.

        Raises:
            ValueError: The address is no IP address.
        """
        person = person_of(user)
        place = address or person.home.address
        if self.blocklists.stop(place):
            return SignInResult.BLOCKED
        if not right_password:
            self.emit(self.generator.failed_sign_in(user, place))
            return SignInResult.WRONG_PASSWORD
        try:
            device = Device(person.laptop.id, person.laptop.model.name)
            self.sessions.sign_in(user, address=place, device=device, kind=kind, refresh_token=refresh_token)
        except SignInRefusedError:
            self.emit(self.generator.failed_sign_in(user, place))
            return SignInResult.REFUSED
        self.emit(self.generator.signed_in(user, place))
        return SignInResult.SIGNED_IN
