"""A request and its answer, as they went over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from multidict import CIMultiDict


@dataclass(frozen=True)
class Exchange:
    """What a client sent and what it got.

    Attributes:
        method: HTTP method.
        path: Path without query, percent-encoded as it was sent.
        query: Parameters, decoded.
        sent_type: Content type of the request, without parameters; empty without a body.
        sent: Body of the request.
        status: HTTP status.
        headers: Headers of the answer.
        got_type: Content type of the answer, without parameters; empty without a body.
        got: Body of the answer.
    """

    method: str
    path: str
    query: Mapping[str, str]
    sent_type: str
    sent: bytes
    status: int
    headers: CIMultiDict[str]
    got_type: str
    got: bytes
