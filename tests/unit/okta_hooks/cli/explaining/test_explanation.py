"""Where an event would go, and why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue

from okta_hooks.cli.explaining.explanation import Explainer, Explanation
from okta_hooks.cli.explaining.hook_file import hook_in
from receiving.process import environment
from unit.okta_hooks.cli.explaining.hooks import hook, manifest

LOG: JsonValue = {"name": "log", "stdout": {}}
EVENT: JsonValue = {
    "uuid": "some-uuid",
    "eventType": "user.session.start",
    "published": "2026-01-31T12:00:00Z",
    "outcome": {"result": "FAILURE"},
    "client": {"ipAddress": "192.0.2.1"},
    "target": [{"id": "1"}, {"alternateId": "ada@example.com"}],
}


def explained(*more_files: bytes, event: JsonValue = EVENT, **parts: JsonValue) -> Explanation:
    """What becomes of an event by a hook with one sink, or with parts of its own."""
    written = hook(**parts) if "sinks" in parts else hook(sinks=[LOG], **parts)
    files = [("hook.yaml", written), *(("sinks.yaml", file) for file in more_files)]
    return Explainer(hook_in(files)).explain(json.dumps(event).encode())


@pytest.mark.parametrize(
    ("route", "takes", "why"),
    [
        ({}, True, "it takes every event"),
        ({"eventTypes": ["user.session.*"]}, True, "its type fits"),
        ({"eventTypes": ["user.account.lock"]}, False, "of another type than its eventTypes"),
        ({"when": "event.outcome.result == 'FAILURE'"}, True, "what `when` says holds"),
        ({"when": "event.outcome.result == 'SUCCESS'"}, False, "what `when` says does not hold"),
        (
            {"when": "event.outcome.reason == 'LOCKED'"},
            True,
            '`when` can\'t be told for this event, so that it is taken: Key not found in map : "reason"',
        ),
        (
            {"when": "true &&\nevnt == 'LOCKED'"},
            False,
            "`when` of the route chosen is wrong, line 2, column 1: undeclared reference to 'evnt'",
        ),
    ],
)
def test_a_route_says_whether_it_takes_an_event_and_why(route: dict[str, JsonValue], takes: bool, why: str) -> None:  # noqa: FBT001 -- a row of the table
    (found,) = explained(routes=[{"name": "chosen", "sinks": ["log"], **route}]).routes
    assert (found.takes, found.why) == (takes, why)


@pytest.mark.parametrize(
    ("routes", "gets", "why"),
    [
        ([], True, "there are no routes, so that it gets every event"),
        ([{"name": "all", "sinks": ["log"]}], True, "taken by all"),
        ([{"name": "a", "sinks": ["log"]}, {"name": "b", "sinks": ["log"]}], True, "taken by a, b"),
        ([{"name": "a", "when": "false", "sinks": ["log"]}], False, "taken by none of its routes: a"),
        ([{"name": "a", "sinks": ["other"]}], False, "no route leads to it"),
    ],
)
def test_a_sink_gets_what_any_of_its_routes_takes(routes: JsonValue, gets: bool, why: str) -> None:  # noqa: FBT001 -- a row of the table
    found = explained(sinks=[LOG, {"name": "other", "stdout": {}}], routes=routes).sinks[0]
    assert (found.gets, found.why) == (gets, why)


def test_a_sink_gets_nothing_from_before_it_starts() -> None:
    (found,) = explained(sinks=[{"name": "log", "stdout": {}, "startAt": "2026-02-01T00:00:00Z"}]).sinks
    assert (found.gets, found.why) == (False, "published before its startAt, 2026-02-01T00:00:00Z")


def test_fields_that_a_sink_does_not_get_are_told_from_those_that_the_event_lacks() -> None:
    masks: JsonValue = {
        "drop": ["client.ipAddress", "client.zone"],
        "pseudonymise": ["target.alternateId", "actor.alternateId"],
        "pseudonymKeySecretRef": {"name": "pseudonyms", "key": "key"},
    }
    (found,) = explained(sinks=[{"name": "log", "stdout": {}, "format": masks}]).sinks
    assert (found.dropped, found.pseudonymised, found.absent) == (
        ("client.ipAddress",),
        ("target.alternateId",),
        ("client.zone", "actor.alternateId"),
    )


def test_a_shared_sinks_format_counts() -> None:
    shared = manifest("OktaEventSink", "siem", {"stdout": {}, "format": {"type": "ecs"}})
    (found,) = explained(shared, sinks=[{"name": "log", "ref": {"name": "siem"}}]).sinks
    assert found.format == "ecs"


def test_a_shared_sink_that_no_file_has_leaves_its_format_unknown() -> None:
    (found,) = explained(sinks=[{"name": "log", "ref": {"name": "siem"}}]).sinks
    assert (found.gets, found.format) == (True, "unknown")
    assert found.why.endswith("what siem says of its format is in none of the files")


def test_a_type_that_okta_is_not_asked_for_is_said_to_be_so() -> None:
    assert not explained(event={"uuid": "u", "eventType": "user.session.end"}).subscribed


def test_a_filter_is_named_since_okta_alone_can_try_it() -> None:
    expression = "event.outcome.result == 'FAILURE'"
    filters: JsonValue = [{"eventType": "user.session.start", "expression": expression}]
    assert explained(filters=filters).filter == expression


@pytest.mark.parametrize("event", [{"eventType": 3, "uuid": None, "published": "once"}, {"eventType": "x"}, {}])
def test_an_event_that_lacks_what_every_event_has_is_explained_all_the_same(event: JsonValue) -> None:
    assert explained(event=event).sinks[0].gets


def command(folder: Path, *options: str, when: str = "true") -> subprocess.CompletedProcess[str]:
    """The command over files in a folder."""
    route: JsonValue = {"name": "chosen", "when": when, "sinks": ["log"]}
    (folder / "hook.yaml").write_bytes(hook(sinks=[LOG], routes=[route]))
    (folder / "event.json").write_text(json.dumps(EVENT))
    line = [sys.executable, "-m", "okta_hooks", "explain", "-f", "hook.yaml", "--event", "event.json", *options]
    return subprocess.run(line, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def test_the_command_tells_in_tables_what_becomes_of_the_event(tmp_path: Path) -> None:
    done = command(tmp_path)
    assert (done.returncode, [" ".join(line.split()) for line in done.stdout.splitlines()]) == (
        0,
        [
            "Event some-uuid of type user.session.start",
            "Hook sign-ins: Okta delivers it.",
            "",
            "ROUTE TAKES IT SINKS WHY",
            "chosen yes log what `when` says holds",
            "",
            "SINK GETS IT FORMAT WITHOUT PSEUDONYMS FOR NOT IN THE EVENT WHY",
            "log yes okta - - - taken by chosen",
            "",
        ],
    )


def test_the_command_tells_programs_the_same(tmp_path: Path) -> None:
    told = json.loads(command(tmp_path, "-o", "json").stdout)
    assert told["sinks"][0] | {"name": "log", "gets": True} == told["sinks"][0]


def test_a_wrong_route_ends_the_command_with_code_1(tmp_path: Path) -> None:
    assert command(tmp_path, when="evnt").returncode == 1


def test_a_hook_that_is_not_there_ends_it_with_code_2_and_a_sentence(tmp_path: Path) -> None:
    done = command(tmp_path, "--hook", "other")
    assert (done.returncode, done.stderr) == (
        2,
        "Error: hook.yaml has no OktaEventHook other: give the file that has it\n",
    )
