"""What every command needs that talks to an organisation which runs already."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click
import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.cli.files import secret
from okta_simulator.control.client import BlockingControlClient, ControlError

CONTROL_TOKEN = "OKTA_SIMULATOR_CONTROL_TOKEN"
"""The environment variable with the control token."""

Parameters = ParamSpec("Parameters")


def talking(
    command: Callable[Concatenate[BlockingControlClient, Parameters], None],
) -> Callable[..., None]:
    """Give a command the client of a running organisation, and the options that say which."""

    @click.option(
        "--url",
        envvar="OKTA_SIMULATOR_URL",
        default="http://127.0.0.1:8080",
        show_default=True,
        help="Where the organisation listens (or set OKTA_SIMULATOR_URL).",
    )
    @click.option(
        "--control-token-file",
        type=click.Path(path_type=Path),
        help=f"A file with the control token (or set {CONTROL_TOKEN}).",
    )
    @click.option("--trust-ca", type=click.Path(path_type=Path), help="Certificate authorities (PEM) to trust.")
    @wraps(command)
    def connected(
        url: str,
        control_token_file: Path | None,
        trust_ca: Path | None,
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> None:
        from okta_simulator.tls import client_context  # noqa: PLC0415 -- only with --trust-ca

        trust = client_context(trust_ca) if trust_ca else None
        client = BlockingControlClient(url, secret(control_token_file, CONTROL_TOKEN), trust=trust)
        try:
            command(client, *args, **kwargs)
        except ControlError as error:
            raise BadInput(str(error)) from error

    return connected


def show(answer: object) -> None:
    """Print an answer as JSON that people can read."""
    click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))
