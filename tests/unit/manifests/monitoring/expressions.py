"""What an expression of Prometheus is about, as far as a look at its words tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SELECTOR = re.compile(r"\b(okta_hooks_\w+)(?:\{([^}]*)\})?")
_MATCHER = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')


@dataclass(frozen=True)
class Selector:
    """A metric, and what is asked of its labels."""

    metric: str
    labels: tuple[tuple[str, str], ...]


def selectors(expression: str) -> Iterator[Selector]:
    """Each metric of ours that an expression names."""
    for metric, matchers in _SELECTOR.findall(expression):
        yield Selector(metric, tuple(_MATCHER.findall(matchers)))
