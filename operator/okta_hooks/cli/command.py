"""`okta-hooks`: its processes, and what people ask of a hook; the latter also as `kubectl okta-hooks`.

The modules of commands import nothing but click until they are called: a receiver starts without Kubernetes' client.
"""

from __future__ import annotations

import click

from okta_hooks import __version__
from okta_hooks.bad_input import BadInput
from okta_hooks.cli.dead_letters import dead_letters
from okta_hooks.cli.dispatcher import dispatcher
from okta_hooks.cli.doctor import doctor
from okta_hooks.cli.events import events, tail
from okta_hooks.cli.explain import explain
from okta_hooks.cli.failures import Unusable
from okta_hooks.cli.operator import operator
from okta_hooks.cli.receiver import receiver
from okta_hooks.cli.replay import replay, replays
from okta_hooks.cli.status import status

_PROCESSES = (receiver, dispatcher, operator)
_QUESTIONS = (status, events, tail, dead_letters, replay, replays, explain, doctor)


class _Commands(click.Group):
    """What can't be used is said in one sentence, without the usage text."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            raise Unusable(str(error)) from error


@click.group(
    cls=_Commands,
    commands=[*_PROCESSES, *_QUESTIONS],
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "OKTA_HOOKS"},
)
@click.version_option(__version__)
def main() -> None:
    """Okta event hooks on Kubernetes.

    Each option can also be given by an environment variable, such as OKTA_HOOKS_RECEIVER_PATH.
    """


@click.group(cls=_Commands, commands=_QUESTIONS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def _questions() -> None:
    """Look at Okta event hooks: their events, their dead letters, and what they would do with an event."""


def plugin() -> None:
    """What kubectl runs for `kubectl okta-hooks`."""
    _questions(prog_name="kubectl okta-hooks")
