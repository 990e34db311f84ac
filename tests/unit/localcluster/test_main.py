"""`make cluster` ends in a way that scripts and people understand."""

import signal
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest

from localcluster import __main__ as command
from localcluster import choice
from localcluster.errors import ClusterError


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def failing(error: BaseException) -> Callable[[object], NoReturn]:
    def start(_: object) -> NoReturn:
        raise error

    return start


def test_what_stands_in_the_way_is_one_sentence_and_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(choice, "start", failing(ClusterError("a node needs root")))
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert (ended.value.code, capsys.readouterr().err) == (2, "error: a node needs root\n")


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "start", failing(KeyboardInterrupt()))
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 130
