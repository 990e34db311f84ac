"""The roles of the manifests are the table of what the operator's client does: no verb less, and no verb more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, Field

from okta_hooks.kube.permissions import PERMISSIONS, Permission, Reach

FILE = Path(__file__).parents[3] / "manifests" / "base" / "permissions.yaml"
ROLES: dict[tuple[str, str], Reach] = {
    ("ClusterRole", "okta-event-hooks-cluster"): "cluster",
    ("ClusterRole", "okta-event-hooks-namespaces"): "namespaces",
    ("Role", "okta-event-hooks"): "own",
}
Grant = tuple[str, str, str, str]
"""Group, resource, name (empty for every one) and verb."""


class Rule(BaseModel):
    """Of a role."""

    api_groups: list[str] = Field(alias="apiGroups")
    resources: list[str]
    resource_names: list[str] = Field([""], alias="resourceNames")
    verbs: list[str]


class Metadata(BaseModel):
    name: str


class Document(BaseModel):
    """A role, or something else without rules."""

    kind: str
    metadata: Metadata
    rules: list[Rule] = []


def documents() -> Iterator[Document]:
    for document in yaml.safe_load_all(FILE.read_text()):
        yield Document.model_validate(document)


def granted(reach: Reach) -> set[Grant]:
    return {
        grant
        for document in documents()
        if ROLES.get((document.kind, document.metadata.name)) == reach
        for rule in document.rules
        for grant in product(rule.api_groups, rule.resources, rule.resource_names, rule.verbs)
    }


def needed(reach: Reach) -> set[Grant]:
    return {grant for permission in PERMISSIONS if permission.reach == reach for grant in grants(permission)}


def grants(permission: Permission) -> Iterator[Grant]:
    resource = permission.resource
    name = "/".join(filter(None, (resource.plural, permission.subresource)))
    return product((resource.group,), (name,), permission.names or ("",), permission.verbs)


@pytest.mark.parametrize("reach", ROLES.values())
def test_a_role_grants_what_the_client_does(reach: Reach) -> None:
    assert granted(reach) == needed(reach)


def test_every_role_is_looked_at() -> None:
    assert {(each.kind, each.metadata.name) for each in documents() if each.rules} == ROLES.keys()


def test_nobody_is_granted_everything() -> None:
    assert not any("*" in grant for reach in ROLES.values() for grant in granted(reach))


def test_secrets_are_not_listed() -> None:
    verbs = {verb for reach in ROLES.values() for _, resource, _, verb in granted(reach) if resource == "secrets"}
    assert not verbs & {"list", "watch"}
