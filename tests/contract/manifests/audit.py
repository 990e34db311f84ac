"""Rights: those that an account has, and those that the API server's audit log says it made use of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from localcluster.controlplane import ControlPlane

NAMESPACE = "okta-event-hooks"
ACCOUNT = f"system:serviceaccount:{NAMESPACE}:okta-event-hooks"
GROUPS = ("system:serviceaccounts", f"system:serviceaccounts:{NAMESPACE}")

NEVER_ASKED = {
    (
        "update",
        "oktaeventhooks/finalizers.oktahooks.dev",
    ): "looked up by an admission plugin, not asked for in a request",
}
"""Rights that no request shows, and why."""

Right = tuple[str, str]
"""A verb, and what it is done with, written as `oktaeventhooks/status.oktahooks.dev`."""


@dataclass(frozen=True)
class Request:
    """What the operator asked of the API server.

    Args:
        right: The right that it needs.
        code: The status of the answer.
        uri: What was asked for, for people.
    """

    right: Right
    code: int
    uri: str

    def rights(self) -> Iterator[Right]:
        """What it makes use of: applying what does not exist needs the right to create it, too."""
        verb, kind = self.right
        yield self.right
        if (verb, self.code) == ("patch", 201):
            yield "create", kind


def requests_of_the_operator(plane: ControlPlane) -> tuple[Request, ...]:
    """Everything that it has asked for so far."""
    written, _, _ = plane.audit_log.read_text().rpartition("\n")  # of others, a line may be half written right now
    entries = [json.loads(line) for line in written.splitlines()]
    return tuple(
        Request((entry["verb"], _kind(entry.get("objectRef"))), entry["responseStatus"]["code"], entry["requestURI"])
        for entry in entries
        if entry["user"]["username"] == ACCOUNT
    )


def unused(plane: ControlPlane, requests: tuple[Request, ...]) -> set[Right]:
    """What the operator is allowed and has never made use of."""
    return _allowed(plane) - {right for request in requests for right in request.rights()}


def _kind(reference: dict[str, str] | None) -> str:
    """What a request is about; nothing where it asks which kinds there are."""
    if reference is None:
        return ""
    named = "/".join(filter(None, (reference["resource"], reference.get("subresource"))))
    return ".".join(filter(None, (named, reference.get("apiGroup"))))


def _allowed(plane: ControlPlane) -> set[Right]:
    """The verbs of the roles that are bound to the operator, anywhere."""
    return {
        (verb, ".".join(filter(None, (resource, group))))
        for role in _roles(plane)
        for rule in json.loads(role)["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def _roles(plane: ControlPlane) -> Iterator[str]:
    found = plane.kubectl("get", "clusterrolebindings,rolebindings", "--all-namespaces", "--output=json")
    for binding in json.loads(found)["items"]:
        if _is_the_operators(binding):
            kind, name = binding["roleRef"]["kind"], binding["roleRef"]["name"]
            where = [f"--namespace={binding['metadata']['namespace']}"] if kind == "Role" else []
            yield plane.kubectl("get", kind, name, "--output=json", *where)


def _is_the_operators(binding: dict[str, JsonValue]) -> bool:
    subjects = binding.get("subjects")
    return isinstance(subjects, list) and any(
        isinstance(each, dict) and (each.get("namespace"), each["name"]) == (NAMESPACE, "okta-event-hooks")
        for each in subjects
    )
