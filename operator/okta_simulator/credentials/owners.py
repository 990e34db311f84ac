"""The owners of API tokens, as the directory knows them."""

from __future__ import annotations

from dataclasses import dataclass

from okta_simulator.credentials.api_tokens import Owner
from okta_simulator.directory.directory import Directory

_LOCKED_OUT_OF_THE_API = frozenset({"STAGED", "PROVISIONED", "SUSPENDED", "DEPROVISIONED"})


@dataclass(frozen=True)
class DirectoryOwners:
    """Finds the owners of tokens (`Owners`)."""

    directory: Directory

    def active_owner(self, user_id: str) -> Owner | None:
        """The user; a token is dead while its owner is suspended, and once the owner has left."""
        user = self.directory.find_user(user_id)
        if user is None or user.status in _LOCKED_OUT_OF_THE_API:
            return None
        return Owner(
            id=user.id,
            login=user.profile.login,
            display_name=user.profile.full_name,
            admin_roles=frozenset(role.type for role in self.directory.roles_of(user)),
        )
