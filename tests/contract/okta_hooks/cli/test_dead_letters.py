"""`dead-letters`, asked of a dispatcher that runs."""

from __future__ import annotations

import io

import click
import pytest

from contract.okta_hooks.cli.asked import Asked, event, unwritable
from okta_hooks.admin.dispatcher_requests import DeadLetterSeen, DeadLettersSelection
from okta_hooks.cli.actions.dead_letters import discard, list_dead_letters, replay
from okta_hooks.cli.failures import NotThere

ALL = DeadLettersSelection(("console",))
NOWHERE = DeadLettersSelection(("nowhere",))


def listed(asked: Asked, sink: str | None = None) -> list[str]:
    """The uuids that are listed."""
    seen: list[DeadLetterSeen] = []
    list_dead_letters(asked.dispatcher, sink, seen.append)
    return [each.uuid for each in seen]


@pytest.fixture
async def with_two(asked: Asked) -> Asked:
    """A dispatcher with two dead letters, and an event that was taken."""
    await asked.receive(unwritable(0), event(1), unwritable(2))
    return asked


@pytest.mark.parametrize("sink", [None, "console"])
async def test_all_are_listed_oldest_first(with_two: Asked, sink: str | None) -> None:
    assert listed(with_two, sink) == ["uuid-0", "uuid-2"]


async def test_one_is_shown_with_the_reason_and_its_event(with_two: Asked) -> None:
    letter = with_two.dispatcher.dead_letter("console", "uuid-0")
    assert "not JSON" in letter.reason
    assert (bytes(letter.event), letter.base64) == (b"null", "b24gdHdvCmxpbmVzLCBhbmQgbm8gSlNPTg==")


async def test_one_that_does_not_exist_is_not_there(with_two: Asked) -> None:
    with pytest.raises(NotThere, match="the sink console has no dead letter of the event uuid-1"):
        with_two.dispatcher.dead_letter("console", "uuid-1")


async def test_a_sink_that_does_not_exist_is_named_with_those_that_do(with_two: Asked) -> None:
    with pytest.raises(NotThere, match="there is no sink nowhere: the sinks are console"):
        listed(with_two, "nowhere")


@pytest.mark.parametrize("action", [replay, lambda of, which: discard(of, which, is_certain=True)])
async def test_nothing_is_done_to_a_sink_that_does_not_exist(with_two: Asked, action: object) -> None:
    assert callable(action)
    with pytest.raises(NotThere, match="there is no sink nowhere"):
        action(with_two.dispatcher, NOWHERE)


async def test_those_that_are_given_again_are_counted(with_two: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    replay(with_two.dispatcher, ALL)
    assert capsys.readouterr().out == "2 dead letters of console on the way again.\n"


async def test_those_that_are_given_up_are_gone(with_two: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    discard(with_two.dispatcher, DeadLettersSelection(("console",), ("uuid-0",)), is_certain=True)
    assert capsys.readouterr().out == "1 dead letter of console discarded.\n"
    assert listed(with_two) == ["uuid-2"]


async def test_whoever_is_not_certain_is_asked_and_may_say_no(
    with_two: Asked, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    with pytest.raises(click.Abort):
        discard(with_two.dispatcher, ALL, is_certain=False)
    assert capsys.readouterr().err.startswith("Discard 2 dead letters of console for good?")
    assert listed(with_two) == ["uuid-0", "uuid-2"]


async def test_whoever_says_yes_gives_them_up(with_two: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    discard(with_two.dispatcher, ALL, is_certain=False)
    assert listed(with_two) == []
