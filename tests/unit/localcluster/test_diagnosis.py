"""What is needed to understand a failure is kept."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from localcluster import diagnosis
from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl

KUBECTL = f"""#!/bin/sh
case "$*" in
  *--output=json*) echo '{json.dumps({"items": [{"metadata": {"namespace": "ns", "name": "web"}}]})}';;
  logs*) echo "a line of $3";;
  *) echo "no answer" >&2; exit 1;;
esac
"""


@dataclass(frozen=True)
class Subject:
    kubectl: Kubectl
    logs: Path


@pytest.fixture
def subject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Subject:
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "kubectl"
    program.write_text(KUBECTL)
    program.chmod(0o755)
    logs = tmp_path / "state" / "logs"
    logs.mkdir(parents=True)
    (logs / "etcd.log").write_text("begun\n")
    return Subject(Kubectl(program, Path("/dev/null"), tmp_path / "cache"), logs)


def test_logs_of_pods_are_kept(subject: Subject) -> None:
    assert (diagnosis.keep(subject, "test") / "pod-ns-web.log").read_text() == "a line of web\n"


def test_logs_of_components_are_kept(subject: Subject) -> None:
    assert (diagnosis.keep(subject, "test") / "components" / "etcd.log").read_text() == "begun\n"


def test_a_question_that_fails_leaves_its_error_and_the_other_answers(subject: Subject) -> None:
    assert "no answer" in (diagnosis.keep(subject, "test") / "events.txt").read_text()


def test_a_failed_start_says_where_the_logs_are(subject: Subject) -> None:
    sentence = r"etcd ended\nAll logs are kept in .*/logs/start-"
    with pytest.raises(ClusterError, match=sentence), diagnosis.keep_on_error(subject.logs):
        raise ClusterError("etcd ended")
