"""Where Okta finds the receiver of a hook: one address, which the hook in Okta, its route and its receiver share."""

from __future__ import annotations

from urllib.parse import urlsplit

from okta_hooks.api.address import normal_url
from okta_hooks.api.exposure import Exposure


def public_url(exposure: Exposure, *, namespace: str, name: str) -> str:
    """The https address that Okta is to call, in its normal form (`okta_hooks.api.address`)."""
    return normal_url(_written_url(exposure, namespace=namespace, name=name))


def public_path(exposure: Exposure, *, namespace: str, name: str) -> str:
    """The path of that address, on which alone the receiver answers."""
    return urlsplit(public_url(exposure, namespace=namespace, name=name)).path


def _written_url(exposure: Exposure, *, namespace: str, name: str) -> str:
    if exposure.ingress is not None:
        return f"https://{exposure.ingress.host}{exposure.ingress.path or _default_path(namespace, name)}"
    if exposure.http_route is not None:
        return f"https://{exposure.http_route.hostname}{exposure.http_route.path or _default_path(namespace, name)}"
    return exposure.url or ""


def _default_path(namespace: str, name: str) -> str:
    return f"/{namespace}/{name}"
