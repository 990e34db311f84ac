"""Reading a hook from YAML: what can't be used is named, so that somebody can correct it."""

from __future__ import annotations

import pytest

from okta_hooks.bad_input import BadInput
from okta_hooks.cli.explaining.hook_file import hook_in
from unit.okta_hooks.cli.explaining.hooks import hook, manifest

SECRET = b"---\napiVersion: v1\nkind: Secret\nmetadata: {name: other}\n"


def test_the_hook_is_found_among_other_objects() -> None:
    assert hook_in([("all.yaml", SECRET + hook())]).name == "sign-ins"


def test_of_several_hooks_one_is_chosen_by_name() -> None:
    assert hook_in([("a.yaml", hook("a")), ("b.yaml", hook("b"))], "b").name == "b"


def test_several_hooks_need_a_choice() -> None:
    with pytest.raises(BadInput, match=r"several OktaEventHooks \(a, b\): choose"):
        hook_in([("all.yaml", hook("a") + hook("b"))])


def test_shared_sinks_may_be_in_other_files() -> None:
    shared = manifest("ClusterOktaEventSink", "siem", {"stdout": {}})
    found = hook_in([("hook.yaml", hook()), ("sinks.yaml", shared)])
    assert found.shared.keys() == {("ClusterOktaEventSink", "siem")}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"hook\.yaml has no OktaEventHook: give the file"),
        (SECRET, r"hook\.yaml has no OktaEventHook: give the file"),
        (b"a: [", r"hook\.yaml is not YAML in line 1"),
        (b"\x00", r"hook\.yaml is not YAML of Kubernetes objects"),
        (hook(sinks=3), r"OktaEventHook sign-ins can't be used: spec\.sinks: .* list"),
        (hook(eventTypes=[]), r"spec\.eventTypes"),
        (hook(routes=[{"name": "a", "wehn": "true", "sinks": ["b"]}]), r"spec\.routes\.0\.wehn"),
        (hook(routes=[{"name": "a", "sinks": ["b"]}]), r"the route a leads to the sink b, which is not in spec\.sinks"),
    ],
)
def test_what_can_not_be_used_is_named(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        hook_in([("hook.yaml", content)])
