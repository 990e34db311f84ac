"""Telling what was found."""

from __future__ import annotations

from okta_hooks.cli import output
from okta_hooks.cli.checking.finding import Finding
from okta_hooks.cli.output import Column, Printer

_COLUMNS = (
    Column[Finding]("", lambda found: found.level, 2),
    Column[Finding]("ABOUT", lambda found: found.about, 24),
    Column[Finding]("WHAT, AND WHAT TO DO", lambda found: found.message),
)


def printer(form: str) -> Printer[Finding]:
    """What prints findings in the form that was chosen: `table`, `json` or `yaml`."""
    return output.printer(form, _COLUMNS)
