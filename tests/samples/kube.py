"""Hooks and installations as the operator has them, for tests of what it makes in the cluster."""

from __future__ import annotations

from pydantic import JsonValue

from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.kube.children.configuration import Origin
from okta_hooks.kube.children.family import Child, children
from okta_hooks.kube.children.feeds import feed
from okta_hooks.kube.children.subject import Hook, Installation, SecretValues
from okta_hooks.kube.objects import JsonObject, Resource

UID = "0b9a3a59-6b2c-4d0c-8a55-6d1f0c4f3f10"
INSTALLATION = Installation(namespace="okta-event-hooks", image="okta-event-hooks:test")
ORIGIN = Origin("https://example.okta.com", "who00000000000000000")
VALUES = SecretValues(admin_token="the-token-itself", current="the-secret-itself")


def spec(**parts: JsonValue) -> OktaEventHookSpec:
    """A spec; parts of it as YAML has them."""
    whole: JsonObject = {
        "eventTypes": ["user.session.start"],
        "exposure": {"url": "https://hooks.example.com/sign-ins"},
        **parts,
    }
    return OktaEventHookSpec.model_validate(whole)


def hook(name: str = "sign-ins", namespace: str = "identity", uid: str = UID, **parts: JsonValue) -> Hook:
    """A hook with such a spec."""
    return Hook(namespace, name, uid, spec(**parts))


def children_of(subject: Hook, values: SecretValues = VALUES) -> tuple[Child, ...]:
    """All children of a hook."""
    feeds = tuple(feed(sink) for sink in subject.spec.sinks or ())
    return children(subject, INSTALLATION, ORIGIN, values, feeds=feeds)


def child(subject: Hook, resource: Resource, values: SecretValues = VALUES) -> JsonObject:
    """The only child of a kind."""
    (found,) = [manifest for kind, manifest in children_of(subject, values) if kind == resource]
    return found


def within(node: JsonValue, *path: str | int) -> JsonValue:
    """What is at a path in a manifest."""
    for step in path:
        match node, step:
            case dict(), str():
                node = node[step]
            case list(), int():
                node = node[step]
            case _:
                raise AssertionError(f"nothing at {step} of {node}")
    return node
