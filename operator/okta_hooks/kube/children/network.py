"""Services, and who may reach what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from pydantic import JsonValue

from okta_hooks.kube.children import names, stream
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, HOOK_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.children.deployment import receivers_wanted
from okta_hooks.kube.children.feed_ports import ports
from okta_hooks.kube.children.feeds import Feed
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER, as_json, identity, owned, part
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

SERVICE_PORT = 80
"""Port of the Service that routes lead to."""

_RESOLVER: tuple[JsonValue, ...] = ({"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"})

_BY_THE_SERVICE: Mapping[str, str] = {
    "traefik.ingress.kubernetes.io/service.nativelb": "true",  # for Ingresses
    "traefik.io/service.nativelb": "true",  # for HTTPRoutes
}
"""Lets Traefik call the Service's own address, which leads to every address that the Service publishes.

Kubernetes says `ready` of those, but `serving` only of pods that are ready. Traefik goes by `serving`, and where there
is none it knows no such route: it would answer Okta with 404, after which Okta does not try again.
"""


def hook_service(hook: Hook) -> JsonObject:
    """For Okta's calls. It leads to the pod even when that is not ready: a dispatcher that crashes stops no reception.

    A receiver that cannot keep an event answers 503 itself, which Okta retries. Receivers of a stream have pods of
    their own, and one that starts or ends is not called: so the others take its calls.
    """
    apart = stream.of_hook(hook) is not None
    return _service(
        hook,
        names.receiver(hook.name),
        {
            **({"publishNotReadyAddresses": False, "selector": as_json(part(hook.name, RECEIVER))} if apart else {}),
            "ports": [{"name": "http", "port": SERVICE_PORT, "targetPort": "http", "protocol": "TCP"}],
        },
        _BY_THE_SERVICE,
    )


def admin_service(hook: Hook) -> JsonObject:
    """For the operator and for metrics; headless, since each asks a pod and not any pod."""
    return _service(
        hook,
        names.admin(hook.name),
        {
            "clusterIP": "None",
            "ports": [
                {"name": "admin", "port": RECEIVER_ADMIN_PORT, "targetPort": "admin", "protocol": "TCP"},
                {"name": "dispatch", "port": DISPATCHER_ADMIN_PORT, "targetPort": "dispatch", "protocol": "TCP"},
            ],
        },
    )


def network_policies(hook: Hook, installation: Installation, feeds: Sequence[Feed]) -> Sequence[JsonObject]:
    """In: Okta's calls, from whatever routes them, and the operator's. Out: the resolver of names, and certain ports.

    A policy knows addresses and no names, and which addresses a sink has changes: so its port is open to wherever it
    may be, and a policy of the user's own narrows that no more, since policies add up. A hook whose sinks need no
    network has no way out. Containers of a pod share an address: no policy tells receiver and dispatcher apart, and
    what a sink may reach the receiver may, too. With a stream as the journal each has a pod, and a policy, of its own.
    """
    sinks, shared = _outwards(installation, feeds), stream.of_hook(hook)
    okta: JsonObject = {"ports": [_port(HOOK_PORT)]}
    admin = _from_insiders(installation, RECEIVER_ADMIN_PORT, DISPATCHER_ADMIN_PORT)
    if shared is None:
        return (_policy(hook, RECEIVER, identity(hook.name), [okta, admin], sinks),)
    receivers, dispatchers = part(hook.name, RECEIVER), part(hook.name, DISPATCHER)
    servers = stream.ports(shared)
    of_receivers = [okta, _from_insiders(installation, RECEIVER_ADMIN_PORT)]
    of_dispatchers = [_from_insiders(installation, DISPATCHER_ADMIN_PORT)]
    return (
        _policy(hook, RECEIVER, receivers, of_receivers, servers | stream.ports_of_monitors(shared)),
        _policy(hook, DISPATCHER, dispatchers, of_dispatchers, servers | sinks),
    )


def disruption_budget(hook: Hook) -> JsonObject | None:
    """All receivers but one stay while nodes are drained; None where there is one, which no node has to wait for."""
    if receivers_wanted(hook) == 1:
        return None
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": owned(hook, names.receiver(hook.name)),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": as_json(part(hook.name, RECEIVER))}},
    }


def _policy(
    hook: Hook, component: str, pods: Mapping[str, str], inwards: Sequence[JsonValue], outwards: frozenset[int]
) -> JsonObject:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": owned(hook, names.component(hook.name, component), component=component),
        "spec": {
            "podSelector": {"matchLabels": as_json(pods)},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [*inwards],
            **({"egress": [{"ports": [*_RESOLVER, *map(_port, sorted(outwards))]}]} if outwards else {}),
        },
    }


def _from_insiders(installation: Installation, *ports: int) -> JsonObject:
    namespaces = dict.fromkeys((installation.namespace, *installation.monitoring_namespaces))
    insiders: list[JsonValue] = [
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}} for namespace in namespaces
    ]
    return {"ports": [_port(port) for port in ports], "from": insiders}


def _outwards(installation: Installation, feeds: Sequence[Feed]) -> frozenset[int]:
    """The ports of sinks, and the proxy's where there is any sink that may be reached through it."""
    of_sinks = frozenset(chain.from_iterable(ports(feed.to) for feed in feeds))
    of_proxy = frozenset({installation.proxy.port}) if installation.proxy is not None and of_sinks else frozenset[int]()
    return of_sinks | of_proxy


def _service(hook: Hook, name: str, spec: JsonObject, annotations: Mapping[str, str] | None = None) -> JsonObject:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": owned(hook, name, annotations),
        "spec": {
            "type": "ClusterIP",
            "publishNotReadyAddresses": True,
            "selector": as_json(identity(hook.name)),
            **spec,
        },
    }


def _port(number: int) -> JsonObject:
    return {"port": number, "protocol": "TCP"}
