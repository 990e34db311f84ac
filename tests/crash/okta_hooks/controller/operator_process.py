"""The operator as its command line starts it, in a process that has its modules already."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

MODULES = (
    __name__,
    "okta_hooks.cli",
    "okta_hooks.controller.operating",
    "okta_hooks.okta.event_hooks",
    "okta_hooks.okta.sdk",
    "uvloop",
)
"""What an operator imports until it has spoken to Okta."""


def operate(kubeconfig: Path, log: Path, arguments: Sequence[str]) -> None:
    """Run an operator in this process, which ends with it; it adds its log lines to a file."""
    from okta_hooks.cli import main  # noqa: PLC0415 -- whoever only names this function needs no operator

    os.environ["KUBECONFIG"] = str(kubeconfig)
    with log.open("ab") as written:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(written.fileno(), stream.fileno())
    main(["operator", "--port=0", "--image=none", *arguments], prog_name="okta-hooks")
