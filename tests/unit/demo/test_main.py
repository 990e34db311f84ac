"""`make demo` ends with 0 when everything was as said, and else with a sentence and another code."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from demo import __main__ as command
from demo import story
from demo.story import Step
from demo.terminal import Run
from localcluster import choice
from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl
from localcluster.pki import Authority


@dataclass
class Stage:
    """What the demo asks of a cluster, without one."""

    state: Path
    authority: Authority = field(default_factory=lambda: Authority("stage"))

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def kubectl(self) -> Kubectl:
        return Kubectl(Path("/bin/false"), self.state / "kubeconfig", self.state)

    def forward(self, host: str, port: int) -> tuple[str, int]:
        return host, port


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KEEP", raising=False)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], int]:
    """Tells a story of one command, and gives the code that the demo ends with."""
    state = tmp_path / "state"
    state.mkdir()

    @contextmanager
    def start(_: object) -> Iterator[Stage]:
        yield Stage(state)

    def tell(text: str) -> int:
        monkeypatch.setattr(choice, "start", start)
        monkeypatch.setattr(story, "INSTALLING", Step("Nothing is installed", ()))
        monkeypatch.setattr(story, "LIFE", (Step("One thing happens", (Run(text),)),))
        return command.main()

    return tell


def test_a_story_that_is_as_said_ends_with_0(telling: Callable[[str], int]) -> None:
    assert telling("true") == 0


def test_one_that_is_not_ends_with_1_and_a_sentence(
    telling: Callable[[str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert telling("false") == 1
    assert "error: `false` failed with code 1\n" in capsys.readouterr().err


def test_what_the_cluster_looked_like_then_is_kept(telling: Callable[[str], int], tmp_path: Path) -> None:
    telling("false")
    assert list((tmp_path / "logs").glob("demo-*/objects.txt"))


def test_commands_find_how_to_reach_the_organisation(
    telling: Callable[[str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert telling("echo $OKTA; test -n $OKTA_API_TOKEN && test -r $CURL_CA_BUNDLE") == 0
    assert "\nhttps://acme.okta.svc:443\n" in capsys.readouterr().out


def test_no_cluster_is_a_sentence_and_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def start(_: object) -> Iterator[Stage]:
        raise ClusterError("a node needs root")

    monkeypatch.setattr(choice, "start", start)
    assert (command.main(), capsys.readouterr().err) == (2, "error: a node needs root\n")
