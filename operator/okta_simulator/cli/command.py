"""`okta-simulator`: starting an organisation, and controlling one that runs."""

from __future__ import annotations

import click

from okta_simulator.bad_input import BadInput
from okta_simulator.cli.clock import clock
from okta_simulator.cli.events import emit, tell, traffic
from okta_simulator.cli.faults import faults
from okta_simulator.cli.serve import serve
from okta_simulator.cli.truth import truth


class _Sentence(click.ClickException):
    """What went wrong, in one sentence, without the usage text."""

    exit_code = 2


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            raise _Sentence(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="okta-event-hooks")
def main() -> None:
    """An Okta organisation on your machine, for tests and demos of event hooks.

    \b
    Start one, and note the URL and the API token that it prints:
        okta-simulator serve
    In another terminal, let something happen, see what became of it, or set the clock ahead:
        okta-simulator emit --type user.session.start
        okta-simulator truth
        okta-simulator clock --advance 1h
    """  # noqa: D301 -- click wants the character itself


for _command in (serve, emit, traffic, tell, truth, clock, faults):
    main.add_command(_command)
