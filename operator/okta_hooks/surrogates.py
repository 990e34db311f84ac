"""Halves of surrogate pairs in JSON: a browser can smuggle one into its name, and most readers of JSON refuse it."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""An escape in a JSON text: a whole surrogate pair, half of one, or anything else."""


def mended(text: bytes) -> bytes:
    """A JSON text in which each half of a pair has become U+FFFD; the same where there is none."""
    return _ESCAPE.sub(_without_half_pairs, text)


def _without_half_pairs(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["half"] else escape[0]
