"""How Okta's calls come into the cluster, where the operator is to see to it."""

from __future__ import annotations

from okta_hooks.api.exposure import HttpRouteExposure, IngressExposure
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import owned
from okta_hooks.kube.children.network import SERVICE_PORT
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject


def ingress(hook: Hook, wanted: IngressExposure) -> JsonObject:
    """An Ingress for the hook's path alone; with `tls`, its host is in the certificate's list for cert-manager."""
    backend: JsonObject = {"service": {"name": names.receiver(hook.name), "port": {"number": SERVICE_PORT}}}
    spec: JsonObject = {
        "rules": [
            {
                "host": wanted.host,
                "http": {"paths": [{"path": hook.path, "pathType": "Exact", "backend": backend}]},
            }
        ]
    }
    if wanted.class_name is not None:
        spec["ingressClassName"] = wanted.class_name
    if wanted.tls is not None:
        certificate: JsonObject = {"hosts": [wanted.host]}
        if wanted.tls.secret_name is not None:
            certificate["secretName"] = wanted.tls.secret_name
        spec["tls"] = [certificate]
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": owned(hook, names.receiver(hook.name), wanted.annotations),
        "spec": spec,
    }


def http_route(hook: Hook, wanted: HttpRouteExposure) -> JsonObject:
    """An HTTPRoute for the hook's path alone."""
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": owned(hook, names.receiver(hook.name), wanted.annotations),
        "spec": {
            "hostnames": [wanted.hostname],
            "parentRefs": [
                parent.model_dump(mode="json", by_alias=True, exclude_none=True) for parent in wanted.parent_refs
            ],
            "rules": [
                {
                    "matches": [{"path": {"type": "Exact", "value": hook.path}}],
                    "backendRefs": [{"name": names.receiver(hook.name), "port": SERVICE_PORT}],
                }
            ],
        },
    }
