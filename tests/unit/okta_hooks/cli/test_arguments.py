"""What is wrong with a command line is said before anything is asked of a cluster, and ends with code 2."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from okta_hooks.cli import plugin
from receiving.process import environment


def run(*line: str) -> subprocess.CompletedProcess[str]:
    """The plugin, where there is no kubectl."""
    program = [sys.executable, "-c", "from okta_hooks.cli import plugin; plugin()", *line]
    env = {**environment(), "PATH": ""}
    return subprocess.run(program, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["events", "sign-ins", "--since", "lately"], "write it like 2026-01-31T12:00:00Z"),
        (["events", "sign-ins", "--limit", "-1"], "Invalid value for '--limit'"),
        (["events"], "Missing argument 'HOOK'"),
        (["replay", "sign-ins"], "Missing option '--since'"),
        (["replay", "sign-ins", "--since", "1h", "--timeout", "long"], "is no duration"),
        (["dead-letters", "discard", "sign-ins"], "Missing option '--sink'"),
        (["dead-letters", "replay", "sign-ins"], "Missing option '--sink'"),
        (["dead-letters", "show", "sign-ins", "siem"], "Missing argument 'UUID'"),
        (["replays", "cancel", "sign-ins", "all"], "Invalid value for 'ID'"),
        (["explain", "-f", "/nowhere/hook.yaml", "--event", "-"], "No such file"),
        (["tail", "sign-ins", "-o", "xml"], "Invalid value for '-o'"),
        (["receiver"], "No such command 'receiver'"),
    ],
)
def test_a_line_that_makes_no_sense_ends_with_code_2(line: Sequence[str], sentence: str) -> None:
    done = run(*line)
    assert done.returncode == 2, done.stderr
    assert sentence in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        ["events", "sign-ins"],
        ["tail", "sign-ins"],
        ["dead-letters", "list", "sign-ins"],
        ["dead-letters", "show", "sign-ins", "siem", "some-uuid"],
        ["dead-letters", "replay", "sign-ins", "--sink", "siem"],
        ["dead-letters", "discard", "sign-ins", "--sink", "siem", "--yes"],
        ["replay", "sign-ins", "--since", "1h"],
        ["replays", "list", "sign-ins"],
        ["replays", "cancel", "sign-ins", "3"],
    ],
)
def test_each_command_that_needs_the_cluster_ends_with_one_sentence_without_kubectl(line: Sequence[str]) -> None:
    done = run(*line)
    assert (done.returncode, done.stderr) == (
        1,
        "Error: kubectl is not found: install it, and let the PATH lead to it\n",
    )


def test_the_plugin_calls_itself_as_people_call_it() -> None:
    assert run("--help").stdout.startswith("Usage: kubectl okta-hooks ")


def test_kubectl_finds_the_plugin_by_its_name() -> None:
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text())
    assert project["project"]["scripts"]["kubectl-okta_hooks"] == f"okta_hooks.cli:{plugin.__name__}"
