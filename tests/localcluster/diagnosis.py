"""What is kept of a cluster in which something failed: the logs of its programs and of its pods."""

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl

KEPT = Path("logs")
"""Below the folder that the tests are started in; git ignores it."""

_QUESTIONS = {
    "objects.txt": ("get", "all,ingresses,configmaps,pvc,pv", "--all-namespaces", "--output=wide"),
    "events.txt": ("get", "events", "--all-namespaces", "--sort-by=.metadata.creationTimestamp"),
    "nodes.txt": ("describe", "nodes"),
    "pods.txt": ("describe", "pods", "--all-namespaces"),
}


class Subject(Protocol):
    """What is examined: a control plane or a cluster."""

    @property
    def kubectl(self) -> Kubectl:
        """See `cluster.Cluster`."""

    @property
    def logs(self) -> Path:
        """See `cluster.Cluster`."""


@contextlib.contextmanager
def keep_on_error(logs: Path) -> Iterator[None]:
    """When a cluster does not come up, keep its programs' logs and add their place to the error's sentence."""
    try:
        yield
    except ClusterError as error:
        if not logs.exists():
            raise
        kept = _new_folder("start")
        shutil.copytree(logs, kept, dirs_exist_ok=True)
        raise ClusterError(f"{error}\nAll logs are kept in {kept}") from error


def keep(subject: Subject, title: str) -> Path:
    """Write down what a cluster looks like now.

    Args:
        subject: the cluster.
        title: what the new folder's name begins with.

    Returns:
        The folder.
    """
    kept = _new_folder(title)
    if subject.logs.exists():
        shutil.copytree(subject.logs, kept / "components", dirs_exist_ok=True)
    for file, question in _QUESTIONS.items():
        (kept / file).write_text(_answer(subject, *question))
    pods = _answer(subject, "get", "pods", "--all-namespaces", "--output=json")
    with contextlib.suppress(json.JSONDecodeError):
        for pod in json.loads(pods)["items"]:
            namespace, name = pod["metadata"]["namespace"], pod["metadata"]["name"]
            text = _answer(subject, "logs", f"--namespace={namespace}", name, "--all-containers", "--prefix")
            (kept / f"pod-{namespace}-{name}.log").write_text(text)
    return kept


def _answer(subject: Subject, *question: str) -> str:
    try:
        return subject.kubectl(*question, "--request-timeout=10s")
    except ClusterError as error:
        return f"{error}\n"


def _new_folder(title: str) -> Path:
    safe = "".join(letter if letter.isalnum() else "-" for letter in title)[:80]
    folder = KEPT.absolute() / f"{safe}-{time.strftime('%Y%m%dT%H%M%S')}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
