"""What an event type's name tells: which row of a table it belongs to, and whether it is about a part of something."""

from __future__ import annotations

from collections.abc import Iterator

_PARTS = frozenset(
    (
        *("application_assignment", "auth_server", "bindings", "capability", "conditions", "credential", "decision"),
        *("delegation_link", "key", "permissions", "privilege", "resource_connection", "resources"),
        *("sign_on_provider", "user_membership"),
    )
)


def patterns(event_type: str) -> Iterator[str]:
    """What may stand for an event type in a table, from the type itself to `*`, which stands for all."""
    yield event_type
    words = event_type.split(".")
    for count in range(len(words) - 1, 0, -1):
        yield ".".join(words[:count]) + ".*"
    yield "*"


def is_about_a_part(event_type: str) -> bool:
    """Whether something was done to a part of a thing, which changes the thing and neither makes nor ends it.

    As `iam.role.permissions.delete`, which does not delete a role.
    """
    return not _PARTS.isdisjoint(event_type.split(".")[-2:-1])
