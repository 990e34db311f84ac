"""What the HTTP Event Collector says, by the codes of Splunk's documentation ("Troubleshoot HTTP Event Collector").

Codes rather than statuses, since 400 stands for an event that can't be read as well as for a wrong index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from okta_hooks.sinks.port import Delivered, Paused, Refused, Retry
from okta_hooks.sinks.transport import Reply
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.verdicts import Verdict

Meaning = Literal["taken", "later", "at fault", "to correct"]

CODES: Mapping[int, Meaning] = {
    0: "taken",  # success
    1: "to correct",  # token disabled
    2: "to correct",  # token is required
    3: "to correct",  # invalid authorization
    4: "to correct",  # invalid token
    5: "at fault",  # no data
    6: "at fault",  # invalid data format
    7: "to correct",  # incorrect index
    8: "later",  # internal server error
    9: "later",  # server is busy
    10: "to correct",  # data channel is missing: the token wants acknowledgement
    11: "to correct",  # invalid data channel
    12: "at fault",  # event field is required
    13: "at fault",  # event field cannot be blank
    14: "to correct",  # acknowledgement is disabled
    15: "at fault",  # error in handling indexed fields
    16: "to correct",  # query string authorization is not enabled
    17: "later",  # healthy: an answer of the health endpoint, which says nothing of events
    18: "later",  # unhealthy, queues are full
    19: "later",  # unhealthy, acknowledgement is not available
    20: "later",  # both of these
    21: "to correct",  # invalid token
    22: "to correct",  # token disabled
    23: "later",  # server is shutting down
    24: "taken",  # queue approaches its capacity
    25: "taken",  # acknowledgement approaches its capacity
    26: "later",  # queue at its capacity
    27: "later",  # acknowledgement channel at its capacity
}

_REMEDIES: Mapping[int, str] = {
    7: "let the token write to the index, or name another",
    10: "switch `acknowledgement` on, or take it from the token",
    14: "switch indexer acknowledgement on for the token, or `acknowledgement` off",
}
_REMEDY = "correct the token"


class Said(msgspec.Struct, frozen=True, rename={"ack_id": "ackId", "event_number": "invalid-event-number"}):
    """The body of an answer.

    Attributes:
        code: What happened.
        text: The same for people.
        ack_id: By which the batch is asked for later.
        event_number: The first event that is at fault, counted from 0.
    """

    code: int
    text: str = ""
    ack_id: int | None = None
    event_number: int | None = None


def said(reply: Reply) -> Said | None:
    """What an answer says; None where it is not in the collector's words."""
    try:
        return msgspec.json.decode(reply.body, type=Said)
    except msgspec.DecodeError:
        return None


def verdict(reply: Reply) -> Verdict:
    """What an answer says of a batch.

    A 200 without a body is taken for success: receivers other than Splunk answer so.
    """
    words = said(reply)
    if words is None and reply.is_success and reply.body:
        return Retry(f"{reply} where an event collector answers in JSON: see that the address is right")
    if words is None or words.code not in CODES:
        return of_status(reply)
    return _of_code(words, reply)


def _of_code(words: Said, reply: Reply) -> Verdict:
    at = f", at event {words.event_number}" if words.event_number is not None else ""
    reason = f"{reply.host} answers {reply.status} with code {words.code} ({reply.quoted(words.text)}{at})"
    match CODES[words.code]:
        case "taken":
            return Delivered()
        case "later":
            return Retry(reason, reply.retry_after)
        case "at fault":
            return Refused(reason)
    return Paused(f"{reason}: {_REMEDIES.get(words.code, _REMEDY)}")
