"""How commands that look at hooks end when they can't do what they were asked for; docs/cli.md lists the codes."""

from __future__ import annotations

import click


class Failed(click.ClickException):
    """It did not work; the same may work later, or once something is corrected. The message is a sentence."""

    exit_code = 1


class Unusable(click.ClickException):
    """What was given on the command line, or in a file that it names, makes no sense."""

    exit_code = 2


class NotThere(click.ClickException):
    """What is asked for does not exist."""

    exit_code = 3


class NotAllowed(click.ClickException):
    """The user's role in the cluster does not allow it."""

    exit_code = 4
