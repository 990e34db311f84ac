"""The proxy through which dispatchers call sinks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import JsonValue

from okta_hooks.bad_input import BadInput
from okta_hooks.kube.children.family import children
from okta_hooks.kube.children.feeds import feed
from okta_hooks.kube.children.proxy import Proxy, proxy
from okta_hooks.kube.objects import JsonObject, Resource
from okta_hooks.kube.resources import DEPLOYMENT, NETWORK_POLICY
from samples.kube import INSTALLATION, ORIGIN, VALUES, hook, within

PROXY = Proxy("http://proxy.example.com:3128", (".svc", "search.example.com"))
SIEM: JsonValue = {"name": "siem", "http": {"url": "https://siem.example.com"}}
LOG: JsonValue = {"name": "log", "stdout": {}}


def behind(resource: Resource, sink: JsonValue = SIEM) -> JsonObject:
    """A child of a hook whose sinks are called through the proxy."""
    subject = hook(sinks=[sink])
    feeds = [feed(each) for each in subject.spec.sinks or ()]
    made = children(subject, replace(INSTALLATION, proxy=PROXY), ORIGIN, VALUES, feeds=feeds)
    (found,) = [manifest for kind, manifest in made if kind == resource]
    return found


def test_the_dispatcher_alone_is_told_of_it() -> None:
    receiver, dispatcher = (
        within(behind(DEPLOYMENT), "spec", "template", "spec", "containers", place) for place in (0, 1)
    )
    environment = within(dispatcher, "env")
    assert isinstance(environment, list)
    assert [variable for variable in environment if within(variable, "name") != "MALLOC_ARENA_MAX"] == [
        {"name": "HTTPS_PROXY", "value": "http://proxy.example.com:3128"},
        {"name": "HTTP_PROXY", "value": "http://proxy.example.com:3128"},
        {"name": "NO_PROXY", "value": ".svc,search.example.com"},
    ]
    assert isinstance(receiver, dict)
    assert "env" not in receiver


def test_its_port_is_open() -> None:
    opened = within(behind(NETWORK_POLICY), "spec", "egress", 0, "ports")
    assert isinstance(opened, list)
    assert {"port": 3128, "protocol": "TCP"} in opened


def test_a_hook_that_calls_nobody_has_no_way_to_it() -> None:
    spec = behind(NETWORK_POLICY, LOG)["spec"]
    assert isinstance(spec, dict)
    assert "egress" not in spec


def test_without_a_port_it_is_reached_on_the_usual_one() -> None:
    assert Proxy("https://proxy.example.com").port == 443


def test_none_is_none() -> None:
    assert proxy(None, ()) is None


@pytest.mark.parametrize("url", ["proxy.example.com:3128", "socks5://proxy.example.com", "http://", "http://a:99999"])
def test_what_is_no_proxy_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadInput, match=r"write it like http://proxy\.example\.com:3128"):
        proxy(url, ())


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        proxy("http://user:hunter2@proxy.example.com", ())
    assert "hunter2" not in str(refused.value)
