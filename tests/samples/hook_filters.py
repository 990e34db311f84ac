"""Filters of hooks and whether an event meets them: cases on which the product and the simulator have to agree."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from okta_simulator.events.log_event import LogEvent

FULL = msgspec.json.encode(
    {
        "uuid": "u",
        "published": "2026-11-23T12:00:00.000Z",
        "eventType": "user.session.start",
        "displayMessage": "User login to Okta",
        "actor": {"id": "00u1", "type": "User", "alternateId": "mia@example.com", "displayName": "Mia"},
        "outcome": {"result": "FAILURE", "reason": "INVALID_CREDENTIALS"},
        "target": [
            {"id": "00g1", "type": "UserGroup", "alternateId": "unknown", "displayName": "Sales"},
            {"id": "00u2", "type": "User", "alternateId": "noah@example.com", "displayName": "Noah"},
        ],
        "debugContext": {"debugData": {"changedAttributes": "firstName,lastName"}},
    }
)
"""An event that has every field that a filter sees."""

BARE = msgspec.json.encode(
    {
        "uuid": "u",
        "published": "2026-11-23T12:00:00.000Z",
        "eventType": "user.session.start",
        "displayMessage": "User login to Okta",
        "actor": {"id": "00u1"},
        "outcome": {"result": "SUCCESS", "reason": None},
        "target": None,
    }
)
"""One that has few of them."""

MET_BY_FULL_AND_BARE: Mapping[str, tuple[bool, bool]] = {
    "event.target.?[type eq 'UserGroup' && displayName eq 'Sales'].size()> 0": (True, False),
    "event.target.?[type eq 'User' && displayName eq 'Sales'].size() > 0": (False, False),
    "event.target.?[type eq 'AppInstance'].size() >0 OR event.target.?[type eq 'User'].size() >0": (True, False),
    "event.target.?[type eq 'User' && displayName eq 'Noah'].size()> 0 && event.outcome.reason.contains('INVALID')": (
        True,
        False,
    ),
    "event.target.?[displayName eq 'sales'].size() == 0": (True, True),
    "event.target.?[displayName.contains('Sal')].size() eq 1": (True, False),
    "event.target.size() ge 2 and event.target.size() le 2 and event.target.size() lt 3": (True, False),
    "event.target.?[id ne null].size() != 2": (False, True),
    "event.actor.id ne null": (True, True),
    "event.actor.displayName eq null": (False, True),
    "event.actor.type == 'User' || event.actor.alternateId == 'mia@example.com'": (True, False),
    "event.eventType eq 'user.session.start'": (True, True),
    "event.outcome.result eq \"FAILURE\" and not (event.actor.displayName eq 'Noah')": (True, False),
    "event.debugData.changedAttributes.contains('lastName')": (True, False),
    "event.outcome.reason.contains('x')": (False, False),
    "!event.outcome.reason.contains('x')": (True, False),
    "true || event.outcome.reason.contains('x')": (True, True),
    "event.outcome.reason.contains('x') || true": (True, False),
    "false && event.outcome.reason.contains('x')": (False, False),
    "true || false && false": (True, True),
    "(true || false) && false": (False, False),
    "not not true": (True, True),
    "'it''s' eq \"it's\"": (True, True),
    "event . actor . id eq '00u1'": (True, True),
}


def simulated(payload: bytes) -> LogEvent:
    """An event as the simulator has it."""
    return msgspec.json.decode(payload, type=LogEvent)
