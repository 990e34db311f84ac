"""What an HTTP status says of events. Pure."""

from __future__ import annotations

from okta_hooks.sinks.port import Delivered, Paused, Refused, Retry
from okta_hooks.sinks.transport.reply import Reply
from okta_hooks.sinks.verdicts import Verdict

_AT_FAULT = frozenset({400, 413, 422, 431})
"""What was sent is at fault: its content, or its size."""
_LATER = frozenset({408, 409, 425, 429})
"""Something in time is at fault. 409 is the answer to a key that is being worked on (IETF draft Idempotency-Key)."""


def of_status(reply: Reply) -> Verdict:
    """What the status alone says."""
    if reply.is_success:
        return _page(reply) if reply.is_page else Delivered()
    if reply.status in _AT_FAULT:
        return Refused(str(reply))
    if reply.status >= 500 or reply.status in _LATER:
        return Retry(str(reply), reply.retry_after)
    return Paused(f"{reply}: {_remedy(reply.status)}")


def _page(reply: Reply) -> Retry:
    return Retry(f"{reply}: see that the address is right, and that no login stands before it", reply.retry_after)


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "correct the credential, or what it may do there"
    if status == 407:
        return "give the proxy in the environment a user and a password that it knows"
    if status < 400:
        return "give the address that it points to, since none is followed with a credential"
    return "correct the address, or what listens there"
