"""One page about a hook: the chain, then what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

import click

from okta_hooks.cli import output
from okta_hooks.cli.chain.links import Chain, Link
from okta_hooks.cli.output import Printer

_WIDTH = 100  # characters
_READY = {"True": "ready", "False": "not ready", "Unknown": "not known to be ready"}


def printer(form: str) -> Printer[Chain]:
    """What prints a chain in the form that was chosen: `table`, `json` or `yaml`."""
    return _tell if form == "table" else output.printer(form, ())


def _tell(shown: Chain) -> None:
    for line in _lines(shown):
        click.echo(output.visible(line))


def _lines(shown: Chain) -> Iterator[str]:
    since = f" since {shown.since}" if shown.since else ""
    yield f"Hook {shown.namespace}/{shown.name}: {_READY.get(shown.ready, shown.ready)}{since} ({shown.reason})"
    yield ""
    widest = max((len(link.name) for link in shown.links), default=0)
    for link in shown.links:
        yield f"{link.mark:>2}  {link.name.ljust(widest)}  {link.detail}".rstrip()
    troubles = [link for link in shown.links if link.wants_somebody]
    if troubles:
        yield ""
        yield "What is wrong, and what to do:"
    for link in troubles:
        yield from _trouble(link)
    if shown.remarks:
        yield ""
    for remark in shown.remarks:
        yield from wrap(remark, _WIDTH)


def _trouble(link: Link) -> Iterator[str]:
    since = f" since {link.since}" if link.since else ""
    yield ""
    yield f"{link.mark:>2}  {link.name.strip()}: {link.reason}{since}"
    yield from wrap(link.message, _WIDTH, initial_indent="    ", subsequent_indent="    ")
