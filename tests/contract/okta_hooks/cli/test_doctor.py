"""The doctor refuses what a real API server refuses: by the same table as `test_crds_on_the_api_server`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from contract.okta_hooks.api.cases import HOOK, Case
from contract.okta_hooks.api.test_crds_on_the_api_server import ACCEPTED, REFUSED
from contract.okta_hooks.controller.okta import issue, listening
from okta_hooks.bad_input import BadInput
from okta_hooks.cli.checking.finding import Level
from okta_hooks.cli.checking.spec import findings
from okta_hooks.cli.explaining.hook_file import hook_in
from receiving.process import environment

ONLY_THE_SERVER = {"a start on no day"}
"""What it takes a server to tell: formats of times."""


def is_refused(case: Case) -> bool:
    try:
        hook = hook_in([("hook.yaml", yaml.safe_dump(case.document()).encode())])
    except BadInput:
        return True
    first = next(findings(hook))  # it tells first what the server would refuse
    return first.level is Level.WRONG


@pytest.mark.parametrize("case", [case for case in ACCEPTED if case.base == HOOK], ids=lambda case: case.name)
def test_what_the_server_takes_is_not_refused(case: Case) -> None:
    assert not is_refused(case)


@pytest.mark.parametrize(
    "case",
    [case for case in REFUSED if case.base == HOOK and case.name not in ONLY_THE_SERVER],
    ids=lambda case: case.name,
)
def test_what_the_server_refuses_is_refused(case: Case) -> None:
    assert is_refused(case)


async def test_it_calls_the_address_as_okta_does(tmp_path: Path) -> None:
    certificates = issue(tmp_path)
    async with listening("the-secret", certificates) as endpoint:
        hook = Case("", HOOK, {"exposure": {"url": endpoint.url}}).document()
        file, secret = tmp_path / "hook.yaml", tmp_path / "secret"
        file.write_text(yaml.safe_dump(hook))
        secret.write_text("the-secret\n")
        code, printed = await _examined(
            f"--filename={file}", f"--secret-file={secret}", f"--ca={certificates.authority}"
        )
        assert code == 0
        assert "answered a challenge as Okta expects" in printed
        endpoint.is_up = False
        code, printed = await _examined(f"--filename={file}", f"--ca={certificates.authority}")
        assert code == 1
        assert "503" in printed


async def _examined(*arguments: str) -> tuple[int, str]:
    line = [sys.executable, "-m", "okta_hooks", "doctor", *arguments]
    done = await asyncio.to_thread(
        subprocess.run, line, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout
