"""Which objects may be a hook's organisation."""

from __future__ import annotations

from okta_hooks.api.hook_status import BoundOrg
from okta_hooks.api.okta_event_hook import OrgRef
from okta_hooks.controller.orgs.resolving import candidates_for


def candidates(reference: OrgRef | None = None, bound: BoundOrg | None = None) -> list[str]:
    return [str(work) for work in candidates_for("identity", reference, bound)]


def test_without_a_reference_the_namespaces_default_comes_before_the_clusters() -> None:
    assert candidates() == ["OktaOrg identity/default", "ClusterOktaOrg default"]


def test_a_reference_without_a_kind_is_to_the_namespaces() -> None:
    assert candidates(OrgRef(name="emea")) == ["OktaOrg identity/emea"]


def test_a_reference_may_be_to_the_clusters() -> None:
    assert candidates(OrgRef(kind="ClusterOktaOrg", name="emea")) == ["ClusterOktaOrg emea"]


def test_what_was_found_first_stays() -> None:
    bound = BoundOrg(kind="ClusterOktaOrg", name="default", url="https://example.okta.com")
    assert candidates(bound=bound) == ["ClusterOktaOrg default"]
