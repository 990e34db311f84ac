"""Which sinks get which events."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from okta_hooks.routing import Decision, Finding, Route, RouteSettings, RouteTable, SinkRoutes, Verdict, leading_to

SIGN_IN = "user.session.start"
TAKEN = Decision(taken=True, failed={}, undecided=())
LEFT = Decision(taken=False, failed={}, undecided=())


def route(name: str, *event_types: str, when: str = "", sink: str = "siem") -> RouteSettings:
    return RouteSettings(name=name, event_types=event_types, when=when, sinks=(sink,))


def to_siem(*routes: RouteSettings) -> SinkRoutes:
    found = leading_to("siem", routes)
    assert found is not None
    return SinkRoutes(map(Route, found))


def test_without_routes_a_sink_gets_everything() -> None:
    assert leading_to("siem", ()) is None


def test_a_sink_that_no_route_names_gets_nothing() -> None:
    assert to_siem(route("all", sink="topic")).decide(SIGN_IN, b"{}") == LEFT


@pytest.mark.parametrize("pattern", [SIGN_IN, "user.session.*", "user.*", "*"])
def test_a_route_takes_a_type_and_all_that_begin_alike(pattern: str) -> None:
    assert to_siem(route("r", "app.*", pattern)).decide(SIGN_IN, b"{}") == TAKEN


@pytest.mark.parametrize("pattern", ["user.session", "user.session.start.*", "session.*", "user.session.end"])
def test_a_route_leaves_other_types(pattern: str) -> None:
    assert to_siem(route("r", pattern)).decide(SIGN_IN, b"{}") == LEFT


def test_a_route_without_types_takes_all_of_them() -> None:
    assert to_siem(route("r")).decide("", b"{}") == TAKEN


def test_a_sink_gets_an_event_that_one_of_its_routes_takes() -> None:
    routes = to_siem(route("apps", "app.*"), route("failures", when="event.outcome == 'FAILURE'"))
    assert routes.decide(SIGN_IN, b'{"outcome":"FAILURE"}') == TAKEN
    assert routes.decide(SIGN_IN, b'{"outcome":"SUCCESS"}') == LEFT


def test_what_can_not_be_judged_is_taken_and_named() -> None:
    decision = to_siem(route("failures", when="event.outcome == 'FAILURE'")).decide(SIGN_IN, b"{}")
    assert decision == Decision(taken=True, failed={"failures": 'Key not found in map : "outcome"'}, undecided=())


def test_what_is_no_json_is_taken_and_named() -> None:
    decision = to_siem(route("failures", when="event.outcome == 'FAILURE'")).decide("", b"{")
    assert decision.failed == {"failures": "the event is not a JSON object"}


def test_a_wrong_route_takes_nothing_and_says_of_what_type_it_did_not() -> None:
    routes = to_siem(route("broken", "user.*", when="1 +"))
    assert routes.decide(SIGN_IN, b"{}") == Decision(taken=False, failed={}, undecided=("broken",))
    assert routes.decide("app.x", b"{}") == LEFT


def test_other_routes_go_on_beside_a_wrong_one() -> None:
    assert to_siem(route("broken", when="1 +"), route("all")).decide(SIGN_IN, b"{}") == TAKEN


def test_a_wrong_route_is_named_with_the_place() -> None:
    (trouble,) = RouteTable([route("broken", when="1 +"), route("all")]).troubles.items()
    assert trouble[0] == "broken"
    assert trouble[1].startswith("`when` of the route broken is wrong, line 1, column 4: Syntax error")


def test_says_of_each_route_what_it_makes_of_an_event_and_why() -> None:
    table = RouteTable([route("apps", "app.*"), route("none", when="false"), route("odd", when="event.a == 1")])
    assert table.explain(SIGN_IN, b"{}") == {
        "apps": Verdict(Finding.OTHER_TYPE),
        "none": Verdict(Finding.NOT_SO),
        "odd": Verdict(Finding.FAILED, 'Key not found in map : "a"'),
    }


def test_one_route_alone_can_be_asked_for() -> None:
    assert to_siem(route("apps", "app.*"), route("all")).only("apps").decide(SIGN_IN, b"{}") == LEFT


def test_routes_by_type_do_without_cel() -> None:
    program = (
        "import sys; from okta_hooks.routing import Route, RouteSettings, SinkRoutes;"
        "route = Route(RouteSettings(name='r', event_types=('a.*',), sinks=('s',)));"
        "SinkRoutes([route]).decide('a.b', b'{}');"
        "sys.exit(any(name.startswith('cel') for name in sys.modules))"
    )
    assert run([sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}, check=False).returncode == 0
