"""The types of JSON that is looked at without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
else:
    Json = object  # msgspec can't follow an alias that contains itself
JsonObject: TypeAlias = dict[str, Json]
