"""`okta-hooks doctor`."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import click

from okta_hooks.cli.hook_options import output_option


@click.command()
@click.option(
    "-f",
    "--filename",
    "files",
    type=click.File("rb"),
    multiple=True,
    required=True,
    help="YAML with the OktaEventHook, and the sinks that it shares with others; may be given again; - is stdin.",
)
@click.option("--hook", "name", help="Which OktaEventHook, where the files have several.")
@click.option("-n", "--namespace", default="default", show_default=True, help="Where the hook is to be.")
@click.option("--secret-file", type=click.File("r"), help="The secret that the endpoint checks. Default: a wrong one.")
@click.option("--ca", type=click.File("r"), help="PEM: authorities to trust besides the public ones.")
@click.option("--call/--no-call", default=True, show_default=True, help="Whether to call the public address.")
@output_option
@click.pass_context
def doctor(
    context: click.Context,
    *,
    files: tuple[BinaryIO, ...],
    name: str | None,
    namespace: str,
    secret_file: TextIO | None,
    ca: TextIO | None,
    call: bool,
    output: str,
) -> None:
    """Tell what is wrong with a hook in a file, as far as that can be told without a cluster.

    Ends with 1 when something will not work.
    """
    from okta_hooks.cli.checking.examination import Caller, examined  # noqa: PLC0415 -- `--help` need not wait
    from okta_hooks.cli.checking.finding import Level  # noqa: PLC0415
    from okta_hooks.cli.checking.report import printer  # noqa: PLC0415
    from okta_hooks.cli.explaining.hook_file import hook_in  # noqa: PLC0415

    hook = hook_in([(file.name, file.read()) for file in files], name)
    secret = secret_file.read().strip() if secret_file is not None else ""
    caller = Caller(secret, ca.read() if ca is not None else "") if call else None
    show, is_wrong = printer(output), False
    for found in examined(hook, namespace, caller):
        show(found)
        is_wrong = is_wrong or found.level is Level.WRONG
    if is_wrong:
        context.exit(1)
