"""A command of the demo shows what was said of it, or the demo ends with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.terminal import Again, Command, NotAsSaid, Run, Terminal, Watch


class Typist:
    """Types commands in a folder of its own, and has what was shown."""

    def __init__(self, folder: Path) -> None:
        self.shown: list[str] = []
        self._terminal = Terminal(folder, {"WHERE": "here"}, self.shown.append)

    def types(self, command: Command) -> list[str]:
        command.type_into(self._terminal)
        return self.shown


@pytest.fixture
def typist(tmp_path: Path) -> Typist:
    return Typist(tmp_path)


def test_a_command_is_shown_with_what_it_prints(typist: Typist) -> None:
    assert typist.types(Run("echo $WHERE; echo there")) == ["\n$ echo $WHERE; echo there", "here", "there"]


def test_what_it_complains_of_is_shown_too(typist: Typist) -> None:
    assert typist.types(Run("echo careful >&2"))[1:] == ["careful"]


def test_the_far_end_of_a_long_line_is_not_shown(typist: Typist) -> None:
    [line] = typist.types(Run("printf '%01000d' 0"))[1:]
    assert line == "0" * 480 + "…"


def test_but_counts(typist: Typist) -> None:
    typist.types(Run("printf '%01000d' 7", shows=("7",)))


def test_a_command_that_fails_is_not_as_said(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match="`false` failed with code 1"):
        typist.types(Run("false"))


def test_nor_is_one_whose_beginning_fails(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match="failed with code 1"):
        typist.types(Run("false | cat"))


def test_nor_is_one_that_lacks_what_it_was_to_show(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match="was to show 'True'"):
        typist.types(Run("echo False", shows=("True",)))


def test_nor_is_one_that_still_shows_what_was_to_go(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match="was not to show 'lock' any more"):
        typist.types(Run("echo lock", lacks=("lock",)))


def test_nor_is_one_that_takes_too_long(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match=r"`sleep 1000` did not end within 0\.1 s"):
        typist.types(Run("sleep 1000", within=0.1))


def test_what_is_watched_is_ended_when_all_has_shown(typist: Typist) -> None:
    assert typist.types(Watch("echo a; echo b; sleep 1000", until=("a", "b")))[1:] == ["a", "b"]


def test_what_never_shows_is_named(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match=r"did not show 'b' and 'c' in 0\.3 s"):
        typist.types(Watch("echo a; sleep 1000", until=("a", "b", "c"), within=0.3))


def test_a_command_is_typed_again_until_it_shows_what_is_waited_for(typist: Typist) -> None:
    command = "ls; touch there"
    assert typist.types(Again(command, until="there")) == [f"\n$ {command}", "there"]


def test_but_not_for_ever(typist: Typist) -> None:
    with pytest.raises(NotAsSaid, match=r"did not show 'there' in 0\.1 s"):
        typist.types(Again("echo here", until="there", within=0.1))
