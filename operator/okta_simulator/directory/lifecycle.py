"""What an administrator does to an account: suspend it, expire its password, take its factors."""

from __future__ import annotations

from msgspec.structs import replace

from okta_simulator.audit import Audit
from okta_simulator.caller import Caller
from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.user import User, UserStatus
from okta_simulator.errors import OktaError, validation_failed
from okta_simulator.ids import Ids

_WITH_PASSWORD: frozenset[UserStatus] = frozenset({"ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT"})


class Lifecycle:
    """Changes an account's status, and writes down who did it."""

    def __init__(self, directory: Directory, clock: Clock, ids: Ids, audit: Audit) -> None:
        self._directory = directory
        self._clock = clock
        self._ids = ids
        self._audit = audit

    def suspend(self, user: User, caller: Caller) -> None:
        """Shut an active person out until somebody unsuspends the account.

        Raises:
            OktaError: E0000001 with 400, the account is not ACTIVE.
        """
        if user.status != "ACTIVE":
            raise validation_failed("suspendUser", "Cannot suspend a user that is not active")
        self._change_status(user, "SUSPENDED")
        self._audit.record("user.lifecycle.suspend", caller, targets=[user.as_target()])

    def unsuspend(self, user: User, caller: Caller) -> None:
        """Let a suspended person in again.

        Raises:
            OktaError: E0000001 with 400, the account is not SUSPENDED.
        """
        if user.status != "SUSPENDED":
            raise validation_failed("suspendUser", "Cannot unsuspend a user that is not suspended")
        self._change_status(user, "ACTIVE")
        self._audit.record("user.lifecycle.unsuspend", caller, targets=[user.as_target()])

    def expire_password(self, user: User, caller: Caller) -> User:
        """Make a person choose a new password at the next sign-in.

        Raises:
            OktaError: E0000038, the account's status has no password to expire.
        """
        return self._expire(user, caller, temporary=False)

    def expire_password_with_temporary_one(self, user: User, caller: Caller) -> str:
        """The same, and replace the password by one that is answered.

        Raises:
            OktaError: E0000038, the account's status has no password to expire.
        """
        self._expire(user, caller, temporary=True)
        return self._ids.new("")[:8]

    def reset_factors(self, user: User, caller: Caller) -> None:
        """Take all enrolled factors from a person, who must enroll anew.

        Raises:
            OktaError: E0000038, the person has left.
        """
        if user.status == "DEPROVISIONED":
            raise OktaError("E0000038")
        self._directory.put_user(replace(user, factors=(), last_updated=self._clock.now()))
        self._audit.record("user.mfa.factor.reset_all", caller, targets=[user.as_target()])

    def _expire(self, user: User, caller: Caller, *, temporary: bool) -> User:
        if user.status not in _WITH_PASSWORD:
            raise OktaError("E0000038")
        changed = self._change_status(replace(user, temporary_password=temporary), "PASSWORD_EXPIRED")
        self._audit.record("user.account.expire_password", caller, targets=[user.as_target()])
        return changed

    def _change_status(self, user: User, status: UserStatus) -> User:
        now = self._clock.now()
        changed = replace(user, status=status, status_changed=now, last_updated=now)
        self._directory.put_user(changed)
        return changed
