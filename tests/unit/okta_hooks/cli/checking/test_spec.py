"""What is told of a spec without a cluster."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.cli.checking.finding import Finding, Level
from okta_hooks.cli.checking.spec import findings
from okta_hooks.cli.explaining.hook_file import hook_in
from unit.okta_hooks.cli.explaining.hooks import hook, manifest

STDOUT: JsonValue = [{"name": "out", "stdout": {}}]


def found(written: bytes) -> list[Finding]:
    """What is wrong or worth a thought."""
    return [each for each in findings(hook_in([("hook.yaml", written)])) if each.level is not Level.FINE]


def test_a_hook_that_is_well_has_nothing_to_be_told() -> None:
    assert found(hook(sinks=STDOUT)) == []


@pytest.mark.parametrize(
    ("level", "told", "parts"),
    [
        (Level.WARNING, "did you mean user.session.start?", {"eventTypes": ["user.sesion.start"]}),
        (Level.WRONG, "each filter is for one of", {"filters": [{"eventType": "a.b", "expression": "true"}]}),
        (Level.WARNING, "auth.secretRef", {"headers": {"X-Api-Key": "1"}}),
        (Level.WRONG, "its `when` is wrong", {"routes": [{"name": "a", "sinks": ["out"], "when": "evnt.x"}]}),
        (Level.WARNING, "takes nothing", {"routes": [{"name": "a", "sinks": ["out"], "eventTypes": ["a.b"]}]}),
        (Level.WARNING, "It has no sinks", {"sinks": None}),
        (Level.WARNING, "in none of the files", {"sinks": [{"name": "out", "ref": {"name": "siem"}}]}),
        (Level.WARNING, "lost with the pod", {"receiver": {"journal": {"emptyDir": {}}}}),
        (Level.WARNING, "--allow priority-class=high", {"receiver": {"priorityClassName": "high"}}),
        (Level.WRONG, "write https://", {"exposure": {"url": "http://a.example.com/"}}),
    ],
)
def test_it_is_told_what_will_not_do_what_is_meant(level: Level, told: str, parts: dict[str, JsonValue]) -> None:
    given = {key: value for key, value in {"sinks": STDOUT, **parts}.items() if value is not None}
    assert any(each.level is level and told in each.message for each in found(hook(**given)))


def test_a_sink_that_no_route_leads_to_is_named() -> None:
    routes: JsonValue = [{"name": "all", "sinks": ["out"]}]
    sinks: JsonValue = [{"name": "out", "stdout": {}}, {"name": "other", "stdout": {}}]
    (finding,) = found(hook(routes=routes, sinks=sinks))
    assert "No route leads to the sink other" in finding.message


def test_a_shared_sink_in_a_file_is_found() -> None:
    shared = manifest("OktaEventSink", "siem", {"stdout": {}})
    assert found(hook(sinks=[{"name": "out", "ref": {"name": "siem"}}]) + shared) == []
