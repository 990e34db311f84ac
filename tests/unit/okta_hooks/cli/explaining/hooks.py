"""Hooks as YAML, for tests of what is told about them."""

from __future__ import annotations

import yaml
from pydantic import JsonValue

from okta_hooks.api.group import API_VERSION


def manifest(kind: str, name: str, spec: JsonValue) -> bytes:
    """An object of ours in YAML."""
    written = {"apiVersion": API_VERSION, "kind": kind, "metadata": {"name": name}, "spec": spec}
    return b"---\n" + yaml.safe_dump(written).encode()


def hook(name: str = "sign-ins", /, **parts: JsonValue) -> bytes:
    """An OktaEventHook in YAML."""
    spec: JsonValue = {
        "eventTypes": ["user.session.start"],
        "exposure": {"url": "https://hooks.example.com/sign-ins"},
        **parts,
    }
    return manifest("OktaEventHook", name, spec)
