"""The commands that talk to an organisation which runs already."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okta_simulator.cli import main
from okta_simulator.control.requests import faults, traffic
from okta_simulator.testing import RunningOrganization

Run = Callable[..., Result]


@pytest.fixture
def run(okta_organization: RunningOrganization) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--url", okta_organization.url])

    return run


def test_emit_prints_the_identities_of_the_events(run: Run) -> None:
    assert len(json.loads(run("emit", "--count", "3").stdout)["uuids"]) == 3


def test_truth_shows_what_became_of_an_event(run: Run) -> None:
    uuid = json.loads(run("emit", "--type", "user.session.start").stdout)["uuids"][0]
    assert json.loads(run("truth", "--event", uuid).stdout)["eventType"] == "user.session.start"
    assert json.loads(run("truth", "--missing").stdout)["events"] == []


def test_events_are_taken_from_a_file(run: Run, okta_organization: RunningOrganization, tmp_path: Path) -> None:
    line = {
        "uuid": "from-a-file",
        "published": "2026-11-23T12:00:00.000Z",
        "eventType": "user.session.start",
        "displayMessage": "User login to Okta",
        "actor": {},
        "outcome": {"result": "SUCCESS"},
    }
    (tmp_path / "events.jsonl").write_text(json.dumps(line) + "\n")
    assert run("emit", "--file", str(tmp_path / "events.jsonl")).exit_code == 0
    assert okta_organization.organization.events.log.get("from-a-file") is not None


def test_a_broken_events_file_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text("{}\n")
    result = run("emit", "--file", str(tmp_path / "events.jsonl"))
    assert result.exit_code == 2
    assert "events.jsonl, line 1, is not a System Log event" in result.stderr


def test_the_clock_is_shown_and_set(run: Run) -> None:
    assert json.loads(run("clock", "--speed", "0", "--advance", "1.5h").stdout)["speed"] == 0


@pytest.mark.parametrize("text", ["soon", "5", "-5m", "9" * 40 + "d"])
def test_a_step_that_is_no_duration_is_refused(run: Run, text: str) -> None:
    assert run("clock", "--advance", text).exit_code == 2


def test_faults_are_planned_and_called_off(run: Run, okta_organization: RunningOrganization) -> None:
    first = json.loads(run("faults", "management", '{"ending": {"type": "drop"}, "operation": "NONE"}').stdout)
    run("faults", "delivery", '{"effect": {"type": "duplicate", "copies": 3}}')
    run("faults", "remove", first["id"])
    planned = okta_organization.control(faults())
    assert (len(planned.management), len(planned.delivery)) == (0, 1)
    run("faults", "clear")
    assert json.loads(run("faults", "list").stdout) == {"management": [], "delivery": []}


def test_a_fault_that_is_none_is_refused(run: Run) -> None:
    result = run("faults", "delivery", '{"effect": {"type": "explode"}}')
    assert result.exit_code == 2
    assert "this is not a fault (Invalid value 'explode' - at `$.effect.type`)" in result.stderr


def test_traffic_and_stories_begin(run: Run, okta_organization: RunningOrganization) -> None:
    assert run("traffic", "2.5").exit_code == 0
    assert run("tell", "lockout", "--pace", "0").exit_code == 0
    assert okta_organization.control(traffic()).events_per_second == 2.5


def test_an_organisation_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(main, ["truth", "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "no organisation can be reached at http://127.0.0.1:9" in result.stderr


@pytest.mark.parametrize("name", ["serve", "emit", "traffic", "tell", "truth", "clock", "faults"])
def test_every_command_explains_itself(name: str) -> None:
    assert len(CliRunner().invoke(main, [name, "--help"]).stdout) > 200


def test_the_examples_of_faults_are_faults(run: Run) -> None:
    for kind in ("management", "delivery"):
        text = CliRunner().invoke(main, ["faults", kind, "--help"]).stdout
        examples = [line.strip().strip("'") for line in text.splitlines() if line.strip().startswith("'{")]
        assert examples
        assert [run("faults", kind, example).exit_code for example in examples] == [0] * len(examples)
