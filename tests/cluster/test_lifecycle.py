"""However a cluster ends, nothing of it stays; while it runs, the machine and other clusters are left alone."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cluster import starter, traces
from cluster.waiting import eventually
from localcluster import controlplane, images, sandbox, statefolder
from localcluster.local import LocalCluster

TESTS = Path(__file__).parents[1]
KINDS = ["controlplane", "node"]
POD = ("run", "one", f"--image={images.BUSYBOX}", "--image-pull-policy=Never", "--", "sleep", "1h")

Started = tuple["subprocess.Popen[str]", Path]
"""The starter's process, and the state folder of its cluster."""

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


@pytest.fixture(autouse=True)
def _possible() -> None:
    if obstacle := sandbox.obstacle():
        pytest.skip(f"no cluster of our own, since {obstacle}")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's clusters live, apart from those of others."""
    path = Path(tempfile.mkdtemp(prefix="lifecycle-"))
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def start(home: Path) -> Iterator[Callable[[str], Started]]:
    """Starts a cluster whose starter is a process of its own."""
    with ExitStack() as stack:

        def starting(kind: str) -> Started:
            process = subprocess.Popen(
                [sys.executable, "-m", "cluster.starter", kind],
                env={**os.environ, "PYTHONPATH": str(TESTS), "TMPDIR": str(home)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            assert process.stdout is not None
            return process, Path(process.stdout.readline().strip())

        yield starting


def wait_until_dead(state: Path) -> None:
    """Return when the kernel says that no process of the cluster holds its state folder any more."""
    with ExitStack() as stack:
        folder = os.open(state, os.O_RDONLY)
        stack.callback(os.close, folder)
        subprocess.run(["flock", "--timeout", "30", str(folder)], pass_fds=[folder], check=True)


def test_a_cluster_that_ends_leaves_nothing_behind(home: Path) -> None:
    with starter.node(print) as cluster:
        cluster.kubectl(*POD)
        cluster.kubectl("wait", "pod/one", "--for=condition=Ready", "--timeout=60s")
    assert [traces.of(cluster.state), list(home.iterdir())] == [[], []]


def test_a_control_plane_that_ends_leaves_nothing_behind(home: Path) -> None:
    with controlplane.start(print) as plane:
        pass
    assert [traces.of(plane.folder), list(home.iterdir())] == [[], []]


@pytest.mark.parametrize("kind", KINDS)
def test_after_the_starter_was_killed_nothing_runs_and_the_next_start_removes_the_rest(
    start: Callable[[str], Started], kind: str
) -> None:
    process, state = start(kind)
    process.kill()
    process.wait(timeout=60)
    wait_until_dead(state)
    running = traces.running(state)
    with statefolder.create(print):
        assert [running, traces.of(state)] == [[], []]


@pytest.mark.parametrize("kind", KINDS)
def test_ctrl_c_leaves_nothing_behind(start: Callable[[str], Started], kind: str) -> None:
    process, state = start(kind)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    assert traces.of(state) == []


def test_a_failing_test_leaves_nothing_behind(home: Path) -> None:
    with pytest.raises(AssertionError), controlplane.start(print):
        raise AssertionError
    assert list(home.iterdir()) == []


@pytest.mark.usefixtures("home")
def test_a_cluster_whose_first_process_is_killed_runs_nothing_more() -> None:
    with starter.node(print) as cluster:
        signal.pidfd_send_signal(cluster.sandbox.first_process, signal.SIGKILL)
        assert eventually(lambda: traces.running(cluster.state) == [])


@pytest.mark.usefixtures("home")
def test_two_clusters_run_side_by_side() -> None:
    with starter.node(print) as one, starter.node(print) as other:
        one.kubectl("create", "namespace", "only-here")
        for cluster in (one, other):
            cluster.kubectl(*POD)
            cluster.kubectl("wait", "pod/one", "--for=condition=Ready", "--timeout=60s")
        assert [has_namespace(cluster, "only-here") for cluster in (one, other)] == [True, False]


def has_namespace(cluster: LocalCluster, name: str) -> bool:
    return bool(cluster.kubectl("get", "namespace", name, "--ignore-not-found"))


def machine() -> dict[str, str]:
    """What clusters change for themselves, as the machine has it."""
    settings = ("vm/overcommit_memory", "kernel/panic", "kernel/panic_on_oops", "net/ipv4/ip_forward")
    return {
        **{name: Path("/proc/sys", name).read_text() for name in settings},
        "links": "\n".join(sorted(path.name for path in Path("/sys/class/net").iterdir())),
        "addresses": Path("/proc/net/fib_trie").read_text(),
        "resolver": Path("/etc/resolv.conf").read_text(),
    }


@pytest.mark.usefixtures("home")
def test_the_machine_stays_as_it_was_while_a_cluster_runs() -> None:
    before = machine()
    with starter.node(print) as cluster:
        cluster.kubectl(*POD)
        cluster.kubectl("wait", "pod/one", "--for=condition=Ready", "--timeout=60s")
        assert machine() == before


def test_a_program_that_runs_inside_ends_when_it_is_asked_to() -> None:
    with starter.node(print) as cluster:
        program = cluster.popen(["sleep", "1000"])
        program.terminate()
        assert program.wait(timeout=10) == -signal.SIGTERM
