"""The kinds that the operator has to do with."""

from __future__ import annotations

from okta_hooks.api.group import API_VERSION
from okta_hooks.api.resource import (
    CLUSTER_OKTA_EVENT_SINK,
    CLUSTER_OKTA_ORG,
    OKTA_EVENT_HOOK,
    OKTA_EVENT_SINK,
    OKTA_ORG,
    Kind,
)
from okta_hooks.kube.objects import Resource


def _custom(kind: Kind) -> Resource:
    return Resource(API_VERSION, kind.kind, kind.plural)


HOOK = _custom(OKTA_EVENT_HOOK)
ORG = _custom(OKTA_ORG)
CLUSTER_ORG = _custom(CLUSTER_OKTA_ORG)
SINK = _custom(OKTA_EVENT_SINK)
CLUSTER_SINK = _custom(CLUSTER_OKTA_EVENT_SINK)

SECRET = Resource("v1", "Secret", "secrets")
CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps")
SERVICE_ACCOUNT = Resource("v1", "ServiceAccount", "serviceaccounts")
CLAIM = Resource("v1", "PersistentVolumeClaim", "persistentvolumeclaims")
SERVICE = Resource("v1", "Service", "services")
POD = Resource("v1", "Pod", "pods")
NAMESPACE = Resource("v1", "Namespace", "namespaces")
DEPLOYMENT = Resource("apps/v1", "Deployment", "deployments")
INGRESS = Resource("networking.k8s.io/v1", "Ingress", "ingresses")
DISRUPTION_BUDGET = Resource("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets")
NETWORK_POLICY = Resource("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies")
HTTP_ROUTE = Resource("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes")
EVENT = Resource("events.k8s.io/v1", "Event", "events")
LEASE = Resource("coordination.k8s.io/v1", "Lease", "leases")
DEFINITION = Resource("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions")
