"""What kubectl says, as a sentence and an exit code of our own."""

from __future__ import annotations

import pytest

from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.cluster.kubectl import Kubectl, failure
from okta_hooks.cli.cluster.reaching import reach
from okta_hooks.cli.failures import Failed, NotAllowed, NotThere

WHAT = "the hook identity/sign-ins"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('Error from server (NotFound): oktaeventhooks.oktahooks.dev "sign-ins" not found\n', NotThere),
        ('error: the server doesn\'t have a resource type "oktaeventhooks"\n', NotThere),
        ("Error from server (Forbidden): secrets is forbidden: User cannot get\n", NotAllowed),
        ("The connection to the server localhost:8080 was refused - did you specify the right host or port?\n", Failed),
        ("", Failed),
    ],
)
def test_each_failure_has_its_code_and_names_what_was_asked_for(said: str, kind: type[Failed]) -> None:
    found = failure(said, WHAT)
    assert type(found) is kind
    assert found.message.startswith(WHAT)


def test_the_last_thing_that_was_said_is_the_reason() -> None:
    assert failure("E1123 couldn't get API list\nerror: no route to host\n", WHAT).message.endswith(
        ": no route to host"
    )


def test_a_hook_without_a_namespace_leaves_it_to_kubectl() -> None:
    assert Kubectl(HookAddress("sign-ins", context="prod").kubectl_options).line("get") == [
        "kubectl",
        "--context=prod",
        "get",
    ]


def test_without_kubectl_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Failed, match="kubectl is not found: install it"), reach(HookAddress("sign-ins")):
        raise AssertionError("there is no way to reach it")
