"""What errors of the bucket's client say of events. It has few kinds of errors, so most is read from their text."""

from __future__ import annotations

import re

from okta_hooks.sinks.port import Paused, Refused, Retry
from okta_hooks.sinks.transport.reply import Reply
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.verdicts import Verdict

_STATUS = re.compile(r"Server returned non-2xx status code: (\d{3}) [^:\n]*:(.*?)(?:\n\nDebug source:|\Z)", re.DOTALL)
_CODE = re.compile(r"<Code>([A-Za-z0-9.]{1,64})</Code>")
_NO_IDENTITY = re.compile(r"Error performing (POST REDACTED|[A-Z]+ http://169\.254\.)")
"""Asking who we are: a security token service, whose address the client does not show, or the machine's metadata."""
_SAYS_OF_TIME = frozenset({"RequestTimeout", "SlowDown", "OperationAborted"})
_SAYS_OF_US = frozenset(
    {
        *("ExpiredToken", "InvalidToken", "TokenRefreshRequired", "AuthorizationHeaderMalformed", "InvalidRequest"),
        *("InvalidBucketName", "IllegalLocationConstraintException", "KMS.NotFoundException", "InvalidArgument"),
    }
)
"""Codes that come with the status 400, and for which no event is to blame."""


def of_error(error: Exception, host: str) -> Verdict:
    """What an error says.

    Args:
        error: Of the client.
        host: Whom it was speaking with, for sentences.
    """
    text = str(error)
    if found := _STATUS.search(text):
        return _of_reply(int(found[1]), found[2].strip(), host)
    if "redirect without LOCATION" in text:
        return Paused(f"{host} says that the bucket is elsewhere: correct the region")
    if "InvalidCertificate" in text or "invalid peer certificate" in text:
        return Paused(
            f"the certificate of {host} can't be trusted: correct the address, or name the authority in the sink's CA"
        )
    if "ETag Header missing" in text:
        return Retry(f"{host} answers, but not as object storage does: see that the address is right")
    if _NO_IDENTITY.search(text):
        return Retry(
            f"the pod's own identity brings no credential for {host}: give its service account a role, or the sink a"
            " key"
        )
    return Retry(_way(text, host))


def _of_reply(status: int, body: str, host: str) -> Verdict:
    code = found[1] if (found := _CODE.search(body)) else ""
    reply = Reply(host, status, code.encode() if code else body.encode())
    if code in _SAYS_OF_TIME:
        return Retry(str(reply))
    if code in _SAYS_OF_US:
        return Paused(f"{reply}: correct the credential, the region, the encryption or the bucket")
    if status == 404:
        return Paused(f"{reply}: create the bucket, or correct its name or the address")
    verdict = of_status(reply)
    return Refused(str(reply)) if isinstance(verdict, Refused) else verdict


def _way(text: str, host: str) -> str:
    if "kind: Timeout" in text or "TimedOut" in text:
        return f"{host} did not answer in time"
    if "dns error" in text:
        return f"the name {host} can't be resolved"
    if "kind: Connect" in text:
        return f"{host} takes no connection"
    if "HTTP error" in text:
        return f"{host} closed the connection before it had answered, or does not speak HTTP"
    return f"{host} can't be written to ({' '.join(text.splitlines()[0].split())[:200]})"
