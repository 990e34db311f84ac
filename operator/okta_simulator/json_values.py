"""JSON that is looked at without a model, and what reading JSON raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
else:
    Json = object  # msgspec can't follow an alias that contains itself
JsonObject: TypeAlias = dict[str, Json]

UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)
"""A text is not JSON, or not of the expected shape; the last: it is nested too deeply."""
