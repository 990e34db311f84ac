"""A program of the cluster that does not come up explains itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from localcluster import lifeline, statefolder
from localcluster.errors import ClusterError
from localcluster.processes import Components


@pytest.fixture
def components(tmp_path: Path) -> Iterator[Components]:
    with (
        statefolder.create(print, tmp_path) as state,
        lifeline.hold(state) as line,
        Components(line, state.path / "logs") as started,
    ):
        yield started


def test_one_that_ends_too_early_is_named_with_its_last_words(components: Components) -> None:
    component = components.start("etcd", ["sh", "-c", "echo no space left; exit 4"])
    with pytest.raises(ClusterError, match=r"etcd ended with code 4 \(log: .*etcd\.log\).*\n.*no space left"):
        component.wait_until(lambda: False, within=20)


def test_one_that_is_not_ready_in_time_is_named(components: Components) -> None:
    component = components.start("etcd", ["sleep", "1000"])
    with pytest.raises(ClusterError, match="etcd was not ready within 0 s"):
        component.wait_until(lambda: False, within=0)


def test_components_are_ended_in_reverse_order(tmp_path: Path) -> None:
    script = 'trap \'echo $0 >> "$1"; exit\' TERM; : > "$1.$0"; while :; do sleep 0.02; done'
    order = tmp_path / "order"
    with (
        statefolder.create(print, tmp_path) as state,
        lifeline.hold(state) as line,
        Components(line, state.path / "logs", grace=20) as started,
    ):
        for name in ("etcd", "api"):
            component = started.start(name, ["sh", "-c", script, name, order])
            component.wait_until(Path(f"{order}.{name}").exists, within=20)
    assert order.read_text().split() == ["api", "etcd"]
