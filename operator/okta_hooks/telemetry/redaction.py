"""What no log line may carry. The second lock: the first is that nobody passes a secret to a logger."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

HIDDEN = "[redacted]"

_TELLING_NAMES = ("authorization", "cookie", "password", "secret", "token")
_REMEMBERED_VALUES = 32


class Redaction:
    """Replaces known values wherever they stand, and whatever stands under a telling name.

    A value stays hidden after it was replaced, since a late request may still show it.
    """

    def __init__(self) -> None:
        self._values: deque[str] = deque(maxlen=_REMEMBERED_VALUES)

    def hide(self, values: Iterable[str]) -> None:
        """Keep values out of every line from now on."""
        self._values.extend(value for value in values if value and value not in self._values)

    def text(self, text: str) -> str:
        """A text without the values, and without halves of surrogate pairs, which no line could be encoded with."""
        for value in self._values:
            text = text.replace(value, HIDDEN)
        return text.encode(errors="backslashreplace").decode()

    def fields(self, fields: Mapping[str, object]) -> dict[str, object]:
        """Named values, at any depth, without what must not be seen."""
        return {name: HIDDEN if _tells(name) else self._cleaned(value) for name, value in fields.items()}

    def _cleaned(self, value: object) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case Mapping():
                return self.fields({str(name): inner for name, inner in value.items()})
            case Sequence() if not isinstance(value, str | bytes | bytearray):
                return [self._cleaned(inner) for inner in value]
            case bytes() | bytearray():
                return self.text(value.decode(errors="replace"))
        return self.text(str(value))


def _tells(name: str) -> bool:
    return any(telling in name.lower() for telling in _TELLING_NAMES)
