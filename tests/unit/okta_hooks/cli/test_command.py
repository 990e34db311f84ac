"""The command `okta-hooks`."""

from __future__ import annotations

import subprocess
import sys

from okta_hooks import __version__
from receiving.process import environment


def test_a_command_line_is_read_without_loading_what_commands_need() -> None:
    program = "import sys, okta_hooks.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True
    )
    assert {"aiohttp", "kopf", "kubernetes", "okta", "pydantic", "prometheus_client"} & set(
        done.stdout.split()
    ) == set()


def test_a_receiver_loads_nothing_of_the_operator() -> None:
    program = "import sys, okta_hooks.receiver.process; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=True
    )
    assert {"kopf", "kubernetes", "okta", "pydantic", "jwt"} & set(done.stdout.split()) == set()


def test_the_version_is_told_also_where_the_package_is_not_installed_by_pip() -> None:
    line = [sys.executable, "-m", "okta_hooks", "--version"]
    done = subprocess.run(line, env=environment(), capture_output=True, text=True, check=True)
    assert __version__ in done.stdout


def test_what_hooks_may_choose_is_read_from_one_variable_too() -> None:
    variable = {"OKTA_HOOKS_OPERATOR_ALLOW": "annotation=cert-manager.io/* image=mine"}
    line = [sys.executable, "-m", "okta_hooks", "operator", "--namespace=operators", "--image=none"]
    done = subprocess.run(line, env={**environment(), **variable}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--allow image=mine can't be read" in done.stderr
