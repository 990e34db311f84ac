"""What a check says."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How bad it is."""

    FINE = "ok"
    WARNING = "!"
    WRONG = "!!"


class Finding(msgspec.Struct, frozen=True, rename="camel"):
    """One finding.

    Attributes:
        level: How bad it is.
        about: What was looked at; a field of the spec where there is one.
        message: What was found, and what to do.
    """

    level: Level
    about: str
    message: str


def fine(about: str, message: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.FINE, about, message)


def warning(about: str, message: str) -> Finding:
    """It works, and may not be what is meant."""
    return Finding(Level.WARNING, about, message)


def wrong(about: str, message: str) -> Finding:
    """It will not work."""
    return Finding(Level.WRONG, about, message)
