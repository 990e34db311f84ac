"""A route as it is configured.

{"name": "sign-ins", "eventTypes": ["user.session.*"], "when": "event.outcome.result == 'FAILURE'", "sinks": ["siem"]}
"""

from __future__ import annotations

from typing import Annotated

import msgspec

TypePattern = Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z0-9_-]+\.)*([A-Za-z0-9_-]+|\*)$", max_length=256)]
"""A type of event, or all that begin alike: `user.session.*`."""
Condition = Annotated[str, msgspec.Meta(max_length=4096)]


class RouteSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What is configured of a route.

    Attributes:
        name: Its name.
        event_types: The types that it takes; none takes every type.
        when: What besides must hold of an event, in CEL over `event`; empty holds of every event.
        sinks: The names of the sinks that get what it takes.
    """

    name: str
    event_types: tuple[TypePattern, ...] = ()
    when: Condition = ""
    sinks: tuple[str, ...] = ()
