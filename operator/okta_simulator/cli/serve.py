"""`okta-simulator serve`."""

from __future__ import annotations

from pathlib import Path

import click

from okta_simulator.bad_input import BadInput
from okta_simulator.cli.connection import CONTROL_TOKEN
from okta_simulator.cli.files import options as options_of
from okta_simulator.cli.files import secret

API_TOKEN = "OKTA_SIMULATOR_API_TOKEN"
"""The environment variable with the API token."""

_PATH = click.Path(path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    "ports",
    type=click.IntRange(0, 65535),
    multiple=True,
    default=(8080,),
    show_default=True,
    help="The port; 0 takes a free one. Repeat it for further organisations in the same process.",
)
@click.option("--public-url", help="Where clients and endpoints find the organisation, if not where it listens.")
@click.option("--tls-cert", type=_PATH, help="Answer over HTTPS with this certificate chain (PEM).")
@click.option("--tls-key", type=_PATH, help="The certificate's private key (PEM, without a password).")
@click.option("--trust-ca", type=_PATH, help="Certificate authorities (PEM) to trust for the endpoints of hooks.")
@click.option(
    "--resolve",
    multiple=True,
    metavar="NAME[:PORT]=ADDRESS[:PORT]",
    help="Where the name of an endpoint leads, such as hooks.example.com=10.0.0.5. Repeatable.",
)
@click.option("--options", "options_file", type=_PATH, help="Options (TOML or JSON); docs/simulator.md lists them.")
@click.option("--state", type=_PATH, help="Keep the organisation's state in this file.")
@click.option("--seed", type=int, help="Make identifiers, events and faults repeatable.")
@click.option("--speed", default=1.0, show_default=True, help="Seconds that pass at Okta while one passes here.")
@click.option("--rate", default=0.0, help="Events that happen by themselves in each real second.")
@click.option("--api-token-file", type=_PATH, help=f"A file with the API token that clients use (or {API_TOKEN}).")
@click.option("--control-token-file", type=_PATH, help=f"A file with the control API's token (or {CONTROL_TOKEN}).")
def serve(
    *,
    host: str,
    ports: tuple[int, ...],
    public_url: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    trust_ca: Path | None,
    resolve: tuple[str, ...],
    options_file: Path | None,
    state: Path | None,
    seed: int | None,
    speed: float,
    rate: float,
    api_token_file: Path | None,
    control_token_file: Path | None,
) -> None:
    """Start an organisation, and answer until SIGTERM or Ctrl-C.

    Its API token and the control API's token are taken from the environment or from files; else they are made and
    printed. The control API needs no token while only this machine can reach it.
    """
    try:
        from okta_simulator.cli.running import Plan, run  # noqa: PLC0415 -- `--help` need not wait for a web server
    except ModuleNotFoundError as error:
        raise BadInput(
            f"the package {error.name} is not installed: pip install 'okta-event-hooks[simulator]'"
        ) from error

    run(
        Plan(
            host=host,
            ports=ports,
            public_url=public_url,
            tls_files=_both(tls_cert, tls_key),
            options=options_of(options_file),
            trust_ca=trust_ca,
            resolve=dict(_pair(one) for one in resolve),
            state=state,
            seed=seed,
            speed=speed,
            rate=rate,
            api_token=secret(api_token_file, API_TOKEN),
            control_token=secret(control_token_file, CONTROL_TOKEN),
        )
    )


def _both(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise click.UsageError("--tls-cert and --tls-key go together: give both, or none for plain HTTP")
    return certificate, key


def _pair(text: str) -> tuple[str, str]:
    name, separator, place = text.partition("=")
    if not name or not separator or not place:
        raise click.BadParameter(f"{text!r} is not of the form NAME=ADDRESS", param_hint="--resolve")
    return name, place
