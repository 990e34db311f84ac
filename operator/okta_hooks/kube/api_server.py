"""The real Kubernetes API, over the transport of `kubernetes.aio`: its credentials, its TLS, our JSON.

The generated classes of that library are left alone: they cost memory, and would drop fields that they do not know.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
from kubernetes.aio import client as transport
from kubernetes.aio import config
from pydantic import JsonValue, TypeAdapter

from okta_hooks.kube import errors
from okta_hooks.kube.answers import error_from
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey, Resource

FIELD_MANAGER = "okta-event-hooks"
"""Under this name the API server keeps which fields are ours."""

_UNLIMITED = aiohttp.ClientTimeout(total=None)
_PAGE = "500"  # objects in one answer to a list, as kubectl asks for them
_OBJECT: TypeAdapter[JsonObject] = TypeAdapter(JsonObject)
_ITEMS: TypeAdapter[list[JsonObject]] = TypeAdapter(list[JsonObject])


@contextlib.asynccontextmanager
async def connect(kubeconfig: Path | None = None) -> AsyncIterator[ApiServer]:
    """The API server that a kubeconfig names, or that of the pod's own cluster with the pod's own token.

    Raises:
        kubernetes.aio.config.ConfigException: There is no such configuration.
    """
    settings = transport.Configuration()
    if kubeconfig is None:
        config.load_incluster_config(client_configuration=settings)  # type: ignore[no-untyped-call]
    else:
        await config.load_kube_config(config_file=str(kubeconfig), client_configuration=settings)  # type: ignore[no-untyped-call]
    async with transport.ApiClient(settings) as connected:
        yield ApiServer(connected)


class ApiServer:
    """`KubernetesApi` over HTTP. A call is sent once: who asks again is the reconcile, which looks first.

    Args:
        connected: The transport.
        patience: How long a call may take, in seconds.
    """

    def __init__(self, connected: transport.ApiClient, *, patience: float = 30.0) -> None:
        self._transport = connected
        self._patience = patience

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        """See `KubernetesApi`."""
        return await self._send("GET", resource.path(key.namespace, key.name), f"get {resource.kind} {key}")

    async def list(
        self, resource: Resource, namespace: str, labels: Mapping[str, str] | None = None
    ) -> tuple[JsonObject, ...]:
        """See `KubernetesApi`."""
        found: list[JsonObject] = []
        query = {"limit": _PAGE}
        if labels:
            query["labelSelector"] = ",".join(f"{name}={value}" for name, value in sorted(labels.items()))
        while True:
            path = resource.path(namespace)
            page = await self._send("GET", path, f"list {resource.plural} of {namespace or 'all namespaces'}", query)
            kind: JsonObject = {"apiVersion": resource.api_version, "kind": resource.kind}  # which lists leave out
            found += ({**kind, **item} for item in _ITEMS.validate_python(page["items"]))
            following = _OBJECT.validate_python(page["metadata"]).get("continue")
            if not following:
                return tuple(found)
            query["continue"] = str(following)

    async def apply(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """See `KubernetesApi`."""
        return await self._apply(resource, manifest, "")

    async def apply_status(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """See `KubernetesApi`."""
        return await self._apply(resource, manifest, "status")

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """See `KubernetesApi`."""
        key = Manifest.model_validate(manifest).key
        query = {"fieldManager": FIELD_MANAGER}
        return await self._send(
            "POST", resource.path(key.namespace), f"create {resource.kind} {key}", query, body=manifest
        )

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """See `KubernetesApi`."""
        key = Manifest.model_validate(manifest).key
        query = {"fieldManager": FIELD_MANAGER}
        path = resource.path(key.namespace, key.name)
        return await self._send("PUT", path, f"replace {resource.kind} {key}", query, body=manifest)

    async def set_finalizers(
        self, resource: Resource, key: ObjectKey, finalizers: tuple[str, ...], *, resource_version: str
    ) -> JsonObject:
        """See `KubernetesApi`."""
        body: JsonObject = {"metadata": {"resourceVersion": resource_version, "finalizers": list(finalizers)}}
        return await self._send(
            "PATCH",
            resource.path(key.namespace, key.name),
            f"set the finalizers of {resource.kind} {key}",
            {"fieldManager": FIELD_MANAGER},
            body=body,
            content_type="application/merge-patch+json",
        )

    async def delete(self, resource: Resource, key: ObjectKey, *, uid: str) -> None:
        """See `KubernetesApi`."""
        body: JsonObject = {"preconditions": {"uid": uid}, "propagationPolicy": "Background"}
        with contextlib.suppress(errors.NotFound):
            path = resource.path(key.namespace, key.name)
            await self._send("DELETE", path, f"delete {resource.kind} {key}", body=body)

    async def _apply(self, resource: Resource, manifest: JsonObject, subresource: str) -> JsonObject:
        key = Manifest.model_validate(manifest).key
        return await self._send(
            "PATCH",
            resource.path(key.namespace, key.name, subresource),
            f"apply {subresource + ' of ' if subresource else ''}{resource.kind} {key}",
            {"fieldManager": FIELD_MANAGER, "force": "true"},
            body=manifest,
            content_type="application/apply-patch+yaml",  # of which JSON is a part
        )

    async def _send(
        self,
        method: str,
        path: str,
        operation: str,
        query: Mapping[str, str] | None = None,
        *,
        body: JsonObject | None = None,
        content_type: str = "application/json",
    ) -> JsonObject:
        try:
            async with asyncio.timeout(self._patience):
                status, headers, content = await self._exchange(method, path, query or {}, body, content_type)
        except TimeoutError:
            raise errors.Unavailable(operation, f"no answer within {self._patience:.0f} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise errors.Unavailable(operation, f"the API server is not reached: {error}") from error
        if status >= 400:
            raise error_from(status, headers, content, operation)
        return _parsed(content, operation)

    async def _exchange(
        self, method: str, path: str, query: Mapping[str, str], body: JsonObject | None, content_type: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        serialized = await self._transport.param_serialize(
            method,
            path,
            query_params=list(query.items()),
            header_params={"Accept": "application/json", "Content-Type": content_type},
            body=body,
            auth_settings=["BearerToken"],
        )
        answer = await self._transport.call_api(*serialized, _request_timeout=_UNLIMITED)  # `_send` limits it
        response: aiohttp.ClientResponse = answer.response
        async with response:
            return response.status, response.headers, await response.read()


def _parsed(content: bytes, operation: str) -> JsonObject:
    try:
        parsed: JsonValue = json.loads(content)
        return _OBJECT.validate_python(parsed)
    except ValueError:
        raise errors.Unavailable(operation, "the answer is not JSON: something between here and there spoke") from None
