"""What commands that look at a hook in the cluster are told: which hook, and how to reach the cluster."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from okta_hooks.cli.cluster.address import HookAddress

R = TypeVar("R")


def hook_options(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command HOOK, and the options of kubectl that say where it is, as its first argument."""

    @click.argument("hook")
    @click.option("-n", "--namespace", help="The hook's namespace. Default: that of the context.")
    @click.option("--context", help="The context of the kubeconfig. Default: the current one.")
    @click.option(
        "--kubeconfig",
        type=click.Path(path_type=Path, dir_okay=False),
        help="How to reach the cluster. Default: as kubectl.",
    )
    @functools.wraps(command)
    def addressed(
        *,
        hook: str,
        namespace: str | None,
        context: str | None,
        kubeconfig: Path | None,
        **others: object,
    ) -> R:
        return command(HookAddress(hook, namespace, context, kubeconfig), **others)

    return addressed


output_option = click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "yaml"]),
    default="table",
    show_default=True,
    help="table: columns for people. json: an object a line. yaml: a document for each.",
)
