"""The System Log's search for words: the `q` of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from okta_simulator.errors import OktaError, validation_failed
from okta_simulator.json_values import Json

_MOST = 10
_LONGEST = 40


def keywords_of(text: str) -> tuple[str, ...]:
    """The words to look for; case makes no difference.

    Raises:
        OktaError: E0000001, they are too many, or one is too long.
    """
    words = tuple(word.casefold() for word in text.split())
    if len(words) > _MOST:
        raise validation_failed("q", f"q: Freeform search takes at most {_MOST} keywords.")
    if any(len(word) > _LONGEST for word in words):
        advice = "Please shorten the items in your search or use an advanced filter to query by specific fields."
        too_long = f"'q': Freeform search cannot contain items longer than {_LONGEST} characters. {advice}"
        raise OktaError("E0000001", about=(too_long,))
    return words


def may_mention(text: bytes, keywords: Sequence[str]) -> bool:
    """Whether an event's JSON has to be read to know; most often the words are not even in its text."""
    if not text.isascii():
        return True
    lowered = text.lower()
    return all(_may_be_escaped(keyword) or keyword.encode() in lowered for keyword in keywords)


def mentions(event: Json, keywords: Sequence[str]) -> bool:
    """Whether an event has all of the words among its values; a value with hyphens also has its parts."""
    missing = set(keywords)
    for text in _texts(event):
        for word in text.casefold().split():
            missing.discard(word)
            if "-" in word:
                missing.difference_update(word.split("-"))
        if not missing:
            return True
    return not missing


def _may_be_escaped(keyword: str) -> bool:
    return not keyword.isalnum() and any(character in '"\\' or not character.isprintable() for character in keyword)


def _texts(value: Json) -> Iterator[str]:
    match value:
        case str():
            yield value
        case bool() | None:
            return
        case int() | float():
            yield str(value)
        case list():
            for element in value:
                yield from _texts(element)
        case dict():
            for inner in value.values():
                yield from _texts(inner)
