"""kubectl as a child, and what its errors mean."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from okta_hooks.cli.failures import Failed, NotAllowed, NotThere

T = TypeVar("T")

_PATIENCE = 60.0
"""Seconds: somebody may have to log in to the cluster in the meantime."""
NOT_INSTALLED = "kubectl is not found: install it, and let the PATH lead to it"


class Kubectl:
    """kubectl, with the options that say which cluster.

    Args:
        options: These options.
    """

    def __init__(self, options: Sequence[str]) -> None:
        self._options = options

    def line(self, *arguments: str) -> list[str]:
        """A command line."""
        return ["kubectl", *self._options, *arguments]

    def get(self, wanted: type[T], what: str, *arguments: str) -> T:
        """Read objects.

        Args:
            wanted: What of their JSON to read.
            what: What is asked for, as it is to be called when it can't be had.
            arguments: What is asked for, as kubectl wants it.

        Raises:
            Failed, NotAllowed, NotThere: It can't be had.
        """
        try:
            done = subprocess.run(
                self.line("get", *arguments, "--output=json"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except FileNotFoundError as error:
            raise Failed(NOT_INSTALLED) from error
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{what} can't be read: the cluster gives no answer within {_PATIENCE:.0f} s") from error
        if done.returncode:
            raise failure(done.stderr.decode(errors="replace"), what)
        try:
            return msgspec.json.decode(done.stdout, type=wanted)
        except msgspec.DecodeError as error:
            raise Failed(f"{what} can't be read: kubectl printed something else ({error})") from error


def failure(said: str, what: str) -> Failed | NotAllowed | NotThere:
    """What kubectl's words mean for somebody who asked for something."""
    sentence = said.strip().rpartition("\n")[2]
    if "(NotFound)" in said:
        return NotThere(f"{what} is not there: look with `kubectl get oktaeventhooks --all-namespaces`")
    if "the server doesn't have a resource type" in said:
        return NotThere(f"{what} is not there: this cluster has no OktaEventHooks; is it the right --context?")
    if "(Forbidden)" in said:
        return NotAllowed(f"{what} may not be used by you: ask for the Role in docs/cli.md ({_plain(sentence)})")
    return Failed(f"{what} can't be reached: {_plain(sentence) or 'kubectl does not say why'}")


def _plain(sentence: str) -> str:
    for beginning in ("Error from server (Forbidden): ", "error: ", "Error in configuration: "):
        sentence = sentence.removeprefix(beginning)
    return sentence
