"""What is made in the cluster for a hook whose journal is a stream."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import JsonValue

from okta_hooks.cli.dispatcher import dispatcher
from okta_hooks.cli.receiver import receiver
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject, Manifest
from okta_hooks.kube.resources import CLAIM, DEPLOYMENT, DISRUPTION_BUDGET, NETWORK_POLICY, SERVICE
from okta_hooks.kube.upkeep import existing_claim
from samples.kube import children_of, hook, within

ADDS: JsonValue = {"credentialsSecretRef": {"name": "nats-adds", "key": "file"}}
READS: JsonValue = {
    "basic": {
        "usernameSecretRef": {"name": "nats-reads", "key": "user"},
        "passwordSecretRef": {"name": "nats-reads", "key": "password"},
    }
}
CA: JsonValue = {"name": "nats-ca", "key": "ca.crt"}
SINKS: JsonValue = [{"name": "siem", "http": {"url": "https://siem.example.com:8443/events"}}]


def on_stream(replicas: int = 2, **parts: JsonValue) -> Hook:
    stream: JsonObject = {
        "urls": ["tls://nats-0.example.com:4223", "tls://nats-1.example.com"],
        "receiverAuth": ADDS,
        "dispatcherAuth": READS,
        "caSecretRef": CA,
        "monitorUrls": ["http://nats-0.example.com:8222"],
        **parts,
    }
    return hook(receiver={"replicas": replicas, "journal": {"jetStream": stream}}, sinks=SINKS)


def called(kind: str, name: str, subject: Hook | None = None) -> JsonObject:
    """The child of a kind and name."""
    (found,) = [
        manifest
        for resource, manifest in children_of(subject or on_stream())
        if resource.kind == kind and Manifest.model_validate(manifest).metadata.name == name
    ]
    return found


def pod_of(component: str) -> JsonValue:
    return within(called("Deployment", f"sign-ins-{component}"), "spec", "template", "spec")


def secrets_of(component: str) -> set[str]:
    """The Secrets that a pod mounts."""
    return set(_secrets(within(pod_of(component), "volumes")))


def _secrets(node: JsonValue) -> Iterator[str]:
    match node:
        case list():
            for each in node:
                yield from _secrets(each)
        case {"secret": {"secretName": str(name)}} | {"secret": {"name": str(name)}}:
            yield name
        case dict():
            for each in node.values():
                yield from _secrets(each)


def arguments(component: str) -> list[str]:
    told = within(pod_of(component), "containers", 0, "args")
    assert isinstance(told, list)
    return [str(each) for each in told]


def ports(component: str) -> set[int]:
    """The ports that a pod may call, besides the resolver's."""
    rules = within(called("NetworkPolicy", f"sign-ins-{component}"), "spec", "egress", 0, "ports")
    assert isinstance(rules, list)
    return {int(str(within(rule, "port"))) for rule in rules} - {53}


def test_receivers_are_replaced_without_a_gap() -> None:
    spec = within(called("Deployment", "sign-ins-receiver"), "spec")
    assert within(spec, "replicas") == 2
    assert within(spec, "strategy") == {
        "type": "RollingUpdate",
        "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1},
    }


def test_one_dispatcher_ends_before_the_next_begins() -> None:
    spec = within(called("Deployment", "sign-ins-dispatcher"), "spec")
    assert (within(spec, "replicas"), within(spec, "strategy", "type")) == (1, "Recreate")


@pytest.mark.parametrize("component", ["receiver", "dispatcher"])
def test_each_pod_has_one_container_and_is_found_by_its_component(component: str) -> None:
    deployment = called("Deployment", f"sign-ins-{component}")
    labels = within(deployment, "spec", "template", "metadata", "labels")
    selector = within(deployment, "spec", "selector", "matchLabels")
    assert isinstance(selector, dict)
    assert isinstance(labels, dict)
    assert selector.items() <= labels.items()
    assert within(selector, "app.kubernetes.io/component") == component
    containers = within(pod_of(component), "containers")
    assert isinstance(containers, list)
    assert [within(each, "name") for each in containers] == [component]


def test_receivers_hold_nothing_but_what_okta_sends_and_the_right_to_add() -> None:
    assert secrets_of("receiver") == {"sign-ins-secret", "sign-ins-admin", "nats-adds", "nats-ca"}


def test_the_dispatcher_holds_what_sinks_know_it_by_and_not_what_okta_sends() -> None:
    assert secrets_of("dispatcher") == {"sign-ins-sinks", "sign-ins-admin", "nats-reads", "nats-ca"}


def test_receivers_have_no_volume() -> None:
    volumes = within(pod_of("receiver"), "volumes")
    assert isinstance(volumes, list)
    assert not [each for each in volumes if isinstance(each, dict) and "persistentVolumeClaim" in each]


def test_the_claim_is_the_dispatchers_and_has_another_name_than_that_of_a_log() -> None:
    claims = [manifest for kind, manifest in children_of(on_stream()) if kind == CLAIM]
    assert [Manifest.model_validate(claim).metadata.name for claim in claims] == ["sign-ins-dispatcher"]
    assert within(claims[0], "spec", "resources", "requests", "storage") == "2Gi"


def test_a_claim_that_a_log_had_is_not_taken_for_the_dispatchers() -> None:
    (log,) = [manifest for kind, manifest in children_of(hook()) if kind == CLAIM]
    assert existing_claim(on_stream(), {(CLAIM, Manifest.model_validate(log).key): log}) is None


def test_receivers_call_the_servers_and_nothing_else() -> None:
    assert ports("receiver") == {4222, 4223, 8222}


def test_the_dispatcher_calls_servers_and_sinks() -> None:
    assert ports("dispatcher") == {4222, 4223, 8443}


def test_nobody_calls_the_dispatcher_but_the_operator() -> None:
    policy = called("NetworkPolicy", "sign-ins-dispatcher")
    rules = within(policy, "spec", "ingress")
    assert isinstance(rules, list)
    assert [within(rule, "ports", 0, "port") for rule in rules] == [9091]


def test_the_service_leads_to_receivers_that_are_ready() -> None:
    spec = within(called("Service", "sign-ins-receiver"), "spec")
    assert within(spec, "publishNotReadyAddresses") is False
    assert within(spec, "selector", "app.kubernetes.io/component") == "receiver"


def test_nodes_are_drained_around_several_receivers() -> None:
    budget = called("PodDisruptionBudget", "sign-ins-receiver")
    assert within(budget, "spec", "maxUnavailable") == 1
    assert within(budget, "spec", "selector") == within(called("Deployment", "sign-ins-receiver"), "spec", "selector")


@pytest.mark.parametrize("subject", [hook(), on_stream(replicas=1)], ids=["of a log", "of a stream"])
def test_no_node_waits_for_the_only_receiver(subject: Hook) -> None:
    assert DISRUPTION_BUDGET not in {kind for kind, _ in children_of(subject)}


def test_receivers_rather_run_on_nodes_and_in_zones_of_their_own() -> None:
    spread = within(pod_of("receiver"), "topologySpreadConstraints")
    assert isinstance(spread, list)
    assert {within(each, "whenUnsatisfiable") for each in spread} == {"ScheduleAnyway"}


def test_the_receiver_understands_what_it_is_told() -> None:
    with receiver.make_context("receiver", arguments("receiver")[1:]) as context:
        assert context.params["jetstream_urls"] == ("tls://nats-0.example.com:4223", "tls://nats-1.example.com")
        assert context.params["jetstream_stream"] == "identity_sign-ins"
        assert context.params["jetstream_monitors"] == ("http://nats-0.example.com:8222",)


def test_the_dispatcher_understands_what_it_is_told() -> None:
    with dispatcher.make_context("dispatcher", arguments("dispatcher")[1:]) as context:
        assert context.params["jetstream_replicas"] == "3"
        assert context.params["jetstream_max_bytes"] == 10 << 30
        assert context.params["jetstream_keep_bytes"] == 8 << 30
        assert context.params["jetstream_keep_hours"] == 72


def test_without_credentials_none_are_looked_for() -> None:
    plain = on_stream(receiverAuth=None, dispatcherAuth=None, caSecretRef=None)
    told = within(called("Deployment", "sign-ins-receiver", plain), "spec", "template", "spec", "containers", 0, "args")
    assert isinstance(told, list)
    assert not [each for each in told if str(each).startswith(("--jetstream-credentials", "--jetstream-ca"))]


def test_a_hook_with_a_log_has_one_pod_for_both() -> None:
    kinds = [kind for kind, _ in children_of(hook())]
    assert (kinds.count(DEPLOYMENT), kinds.count(NETWORK_POLICY), kinds.count(SERVICE)) == (1, 1, 2)
