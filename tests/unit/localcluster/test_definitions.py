"""Kinds are waited for from the moment at which their definition is there and says nothing yet."""

import json
from pathlib import Path

import pytest

from localcluster import definitions
from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl

NEW = None
SERVED = [{"type": "NamesAccepted", "status": "True"}, {"type": "Established", "status": "True"}]
REFUSED = [{"type": "Established", "status": "False"}]


def kubectl_that_shows(folder: Path, *answers: object) -> Kubectl:
    """It shows the conditions of one definition, others at each look until the last."""
    for number, conditions in enumerate(answers):
        shown = {"items": [{"metadata": {"name": "hooks.test"}, "status": {"conditions": conditions}}]}
        (folder / str(number)).write_text(json.dumps(shown))
    program = folder / "kubectl"
    program.write_text(f'#!/bin/sh\ncd {folder}\nset -- $(ls -d [0-9]*)\ncat "$1"\n[ $# -eq 1 ] || rm "$1"\n')
    program.chmod(0o755)
    return Kubectl(program, folder / "kubeconfig", folder / "cache")


def test_a_definition_without_conditions_is_looked_at_again(tmp_path: Path) -> None:
    definitions.wait_until_established(kubectl_that_shows(tmp_path, NEW, REFUSED, SERVED))
    assert not (tmp_path / "1").exists()  # seen, and passed by


def test_one_that_is_not_served_in_time_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"the API does not serve hooks\.test after 0 s"):
        definitions.wait_until_established(kubectl_that_shows(tmp_path, REFUSED), within=0)
