"""`okta-hooks`: each of its commands is a process of its own.

The modules of commands import nothing but click until they are called: a receiver starts without Kubernetes' client.
"""

from __future__ import annotations

import click

from okta_hooks import __version__
from okta_hooks.bad_input import BadInput
from okta_hooks.cli.dispatcher import dispatcher
from okta_hooks.cli.operator import operator
from okta_hooks.cli.receiver import receiver


class _Sentence(click.ClickException):
    """What can't be used, in one sentence, without the usage text."""

    exit_code = 2


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            raise _Sentence(str(error)) from error


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "OKTA_HOOKS"}
)
@click.version_option(__version__)
def main() -> None:
    """Okta event hooks on Kubernetes.

    Each option can also be given by an environment variable, such as OKTA_HOOKS_RECEIVER_PATH.
    """


main.add_command(receiver)
main.add_command(dispatcher)
main.add_command(operator)
