"""All children of a hook."""

from __future__ import annotations

from collections.abc import Sequence

from okta_hooks.kube.children import configuration, deployment, network, routes, secrets, storage
from okta_hooks.kube.children.configuration import Origin
from okta_hooks.kube.children.feeds import Feed
from okta_hooks.kube.children.storage import LiveClaim
from okta_hooks.kube.children.subject import Hook, Installation, SecretValues
from okta_hooks.kube.objects import JsonObject, Resource
from okta_hooks.kube.resources import (
    CLAIM,
    CONFIG_MAP,
    DEPLOYMENT,
    DISRUPTION_BUDGET,
    HTTP_ROUTE,
    INGRESS,
    NETWORK_POLICY,
    SECRET,
    SERVICE,
    SERVICE_ACCOUNT,
)

Child = tuple[Resource, JsonObject]

KINDS = (
    SECRET,
    CONFIG_MAP,
    SERVICE_ACCOUNT,
    CLAIM,
    NETWORK_POLICY,
    SERVICE,
    DISRUPTION_BUDGET,
    DEPLOYMENT,
    INGRESS,
    HTTP_ROUTE,
)
"""Kinds that children may be of, in the order in which they are made: a pod finds what it mounts."""


def children(
    hook: Hook,
    installation: Installation,
    origin: Origin,
    values: SecretValues,
    *,
    existing_claim: LiveClaim | None = None,
    feeds: Sequence[Feed] = (),
) -> tuple[Child, ...]:
    """What is to exist for a hook, in the order in which to make it. An endpoint of the user's own needs nothing."""
    if not hook.is_managed:
        return ()
    made = (
        (SECRET, secrets.admin_token(hook, values.admin_token)),
        (SECRET, secrets.hook_secret(hook, values.current, values.previous)),
        (SECRET, secrets.sink_credentials(hook, values.sinks)),
        (CONFIG_MAP, configuration.config_map(hook, origin, feeds)),
        (SERVICE_ACCOUNT, configuration.service_account(hook)),
        (CLAIM, storage.claim(hook, installation, existing_claim)),
        *((NETWORK_POLICY, policy) for policy in network.network_policies(hook, installation, feeds)),
        (SERVICE, network.hook_service(hook)),
        (SERVICE, network.admin_service(hook)),
        (DISRUPTION_BUDGET, network.disruption_budget(hook)),
        *((DEPLOYMENT, each) for each in deployment.deployments(hook, installation)),
        *_routes(hook),
    )
    return tuple((resource, manifest) for resource, manifest in made if manifest is not None)


def _routes(hook: Hook) -> tuple[Child, ...]:
    exposure = hook.spec.exposure
    if exposure.ingress is not None:
        return ((INGRESS, routes.ingress(hook, exposure.ingress)),)
    if exposure.http_route is not None:
        return ((HTTP_ROUTE, routes.http_route(hook, exposure.http_route)),)
    return ()
