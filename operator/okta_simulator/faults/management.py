"""Faults of the management API: slow, lost and wrong answers, before or after the request was carried out."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated

import msgspec

from okta_simulator.faults.schedule import Fault


class Drop(msgspec.Struct, frozen=True, tag="drop", rename="camel"):
    """The connection ends without an answer."""

    carried_out: bool = False
    """Whether the request was carried out before."""


class Answer(msgspec.Struct, frozen=True, tag="answer", kw_only=True, rename="camel"):
    """Another answer than the one asked for."""

    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    empty: bool = False
    """Whether the body is empty instead of Okta's error body."""
    carried_out: bool = False
    """Whether the request was carried out before."""


class ManagementFault(Fault, frozen=True, kw_only=True, rename="camel"):
    """What goes wrong with some requests."""

    operation: Annotated[str, msgspec.Meta(min_length=1, max_length=300)] = "*"
    """Which requests: method and path, such as `POST /api/v1/eventHooks/*/lifecycle/verify`; `*` stands for
    anything. A parameter of the path may be written as in Okta's specification: `GET /api/v1/zones/{id}`."""
    delay_seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 0.0
    """Real seconds before anything else happens."""
    ending: Drop | Answer | None = None
    """What happens in the end; without it the request is carried out and answered as ever."""

    def concerns(self, method: str, paths: tuple[str, ...]) -> bool:
        """Whether this is about a request; its path may be written in several ways."""
        return any(fnmatchcase(f"{method} {path}", self.operation) for path in paths)
