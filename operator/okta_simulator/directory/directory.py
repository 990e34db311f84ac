"""The directory: people, groups and administrators, and how they are found."""

from __future__ import annotations

from collections.abc import Iterator

from okta_simulator.directory.group import Group
from okta_simulator.directory.role import RoleAssignment
from okta_simulator.directory.user import User
from okta_simulator.errors import not_found
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder


class Directory:
    """Keeps the records; what is done to people is in `lifecycle`, `sessions` and `risk`."""

    def __init__(self, recorder: Recorder) -> None:
        self._users = Collection("user", User, recorder)
        self._groups = Collection("group", Group, recorder)
        self._roles = Collection("role", RoleAssignment, recorder)

    @property
    def revision(self) -> int:
        """Grows with each change."""
        return self._users.revision + self._groups.revision + self._roles.revision

    def is_empty(self) -> bool:
        """Whether nobody was ever added."""
        return not len(self._users)

    def users(self) -> Iterator[User]:
        """Everybody, also those who have left, in the order in which they came."""
        return iter(self._users)

    def find_user(self, name: str) -> User | None:
        """A person by id, by login, or by the part of the login before `@` where only one person has it."""
        if user := self._users.get(name):
            return user
        lowered = name.casefold()
        logins = [(user.profile.login.casefold(), user) for user in self._users]
        exact = [user for login, user in logins if login == lowered]
        short = [user for login, user in logins if login.partition("@")[0] == lowered]
        found = exact or short
        return found[0] if len(found) == 1 else None

    def user(self, name: str) -> User:
        """The same, for a request.

        Raises:
            OktaError: E0000007, there is no such person.
        """
        if user := self.find_user(name):
            return user
        raise not_found(name, "User")

    def put_user(self, user: User) -> None:
        """Add a person, or keep a change."""
        self._users.put(user.id, user)

    def groups(self) -> Iterator[Group]:
        """Every group."""
        return iter(self._groups)

    def group(self, group_id: str) -> Group:
        """A group, for a request.

        Raises:
            OktaError: E0000007, there is no such group.
        """
        if group := self._groups.get(group_id):
            return group
        raise not_found(group_id, "UserGroup")

    def put_group(self, group: Group) -> None:
        """Add a group, or keep a change."""
        self._groups.put(group.id, group)

    def members(self, group: Group) -> list[User]:
        """The people of a group."""
        return [user for member in group.members if (user := self._users.get(member))]

    def groups_of(self, user: User) -> list[Group]:
        """The groups that a person is in."""
        return [group for group in self._groups if user.id in group.members]

    def put_role(self, role: RoleAssignment) -> None:
        """Make somebody an administrator."""
        self._roles.put(role.id, role)

    def roles_of_group(self, group: Group) -> list[RoleAssignment]:
        """The roles that a group gives to its members."""
        return [role for role in self._roles if role.assignee == group.id]

    def roles_of(self, user: User) -> list[RoleAssignment]:
        """The roles that a person has, directly or through a group."""
        assignees = {user.id, *(group.id for group in self.groups_of(user))}
        return [role for role in self._roles if role.assignee in assignees]

    def administrators(self) -> list[User]:
        """Everybody who has a role, directly or through a group."""
        return [user for user in self._users if self.roles_of(user)]
