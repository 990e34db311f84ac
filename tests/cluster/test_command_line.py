"""`kubectl okta-hooks`, as kubectl finds it, through the API server to the dispatcher in its pod.

Typed by somebody who has the Role of the example and no other.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml

from cluster.team import EXPOSURES, ORG, Team, hook
from cluster.waiting import eventually
from okta_hooks.admin.dispatcher_requests import JournalEvent, ReplaySeen

ROOT = Path(__file__).parents[2]
PLUGIN = "from okta_hooks.cli import plugin; plugin()"
ON_CALL = {"as": "ada", "as-groups": ["identity-on-call"]}


class Person:
    """Somebody with kubectl and the plugin on their own machine.

    Args:
        team: Whose hook they look after.
        home: A folder of their own.
    """

    def __init__(self, team: Team, home: Path) -> None:
        kubectl = team.cluster.kubectl
        plugin = home / "kubectl-okta_hooks"
        plugin.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(PLUGIN)} "$@"\n')
        plugin.chmod(0o755)
        kubeconfig = yaml.safe_load(kubectl.kubeconfig.read_text())
        kubeconfig["users"][0]["user"] |= ON_CALL
        (home / "kubeconfig").write_text(yaml.safe_dump(kubeconfig))
        path = os.pathsep.join((str(home), str(kubectl.program.parent), os.environ["PATH"]))
        mine = {"KUBECONFIG": str(home / "kubeconfig"), "PATH": path, "PYTHONPATH": str(ROOT / "operator")}
        self._environment = {**os.environ, **kubectl.env, **mine}
        self._namespace = team.namespace

    def type(self, *line: str) -> subprocess.CompletedProcess[str]:
        """Run `kubectl okta-hooks` in the team's namespace."""
        return subprocess.run(
            ["kubectl", "okta-hooks", *line, f"--namespace={self._namespace}"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, *line: str) -> list[str]:
        """The lines of JSON that a command prints which does what it is to do."""
        done = self.type(*line, "--output=json")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture
def person(team: Team, tmp_path: Path) -> Person:
    return Person(team, tmp_path)


def test_somebody_on_call_looks_at_a_hook_and_has_its_events_delivered_again(team: Team, person: Person) -> None:
    team.apply(ORG, hook(EXPOSURES["an Ingress"]))
    received = {team.sign_in() for _ in range(2)}

    assert person.type("events", "sign-ins").returncode == 4  # nobody has given them a Role yet
    team.kubectl("apply", f"--filename={ROOT / 'manifests' / 'examples' / 'asking-hooks.yaml'}")
    assert eventually(lambda: person.type("replays", "list", "sign-ins").returncode == 0)

    events = [msgspec.json.decode(line, type=JournalEvent) for line in person.read("events", "sign-ins")]
    assert {event.uuid for event in events} >= received
    assert person.read("dead-letters", "list", "sign-ins") == []
    (replay,) = person.read("replay", "sign-ins", "--since=1h", "--sink=log")
    assert msgspec.json.decode(replay, type=ReplaySeen).delivered == len(events)
    assert person.type("events", "nobody").returncode == 4  # their Role names one hook
