"""What is asked of Okta: each operation with what is needed to make, pace and explain it."""

from __future__ import annotations

from dataclasses import dataclass

MANAGEMENT = "/api/v1"
"""Name of the rate limit that most of the management API shares."""

LOGS = "/api/v1/logs"
"""Name of the rate limit of the System Log."""

_READ = "okta.eventHooks.read"
_MANAGE = "okta.eventHooks.manage"


@dataclass(frozen=True)
class Operation:
    """One of the calls.

    Args:
        name: What it does, for people.
        scope: The OAuth scope that it needs.
        repeatable: Whether it may be repeated when it is not known whether it took effect.
        seconds: How long one attempt may take.
        limit: Name of the rate limit that it counts towards.
    """

    name: str
    scope: str
    repeatable: bool = False
    seconds: float = 10.0
    limit: str = MANAGEMENT


LIST = Operation("list event hooks", _READ, repeatable=True)
GET = Operation("read event hook", _READ, repeatable=True)
CREATE = Operation("create event hook", _MANAGE)
REPLACE = Operation("replace event hook", _MANAGE)
ACTIVATE = Operation("activate event hook", _MANAGE)
DEACTIVATE = Operation("deactivate event hook", _MANAGE)
VERIFY = Operation("verify event hook", _MANAGE, seconds=30.0)
"""Okta calls the endpoint at most twice, for 3 s each, before it answers; a recorded call took 2 s."""
DELETE = Operation("delete event hook", _MANAGE)
READ_LOG = Operation("read system log", "okta.logs.read", repeatable=True, seconds=35.0, limit=LOGS)
"""Okta gives a query up after 30 s (its documentation of System Log queries)."""
SIGN_IN = Operation("sign in as service app", "", repeatable=True, limit="/oauth2/v1/token")
