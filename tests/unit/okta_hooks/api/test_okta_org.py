"""What an organisation allows where its object does not say."""

from __future__ import annotations

import pytest

from okta_hooks.api.okta_org import ClusterOktaOrgSpec, OktaOrgSpec

AUTH = {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}}


@pytest.mark.parametrize(
    ("kind", "said", "allowed"),
    [
        (OktaOrgSpec, {}, True),
        (OktaOrgSpec, {"adoption": "Forbidden"}, False),
        (ClusterOktaOrgSpec, {}, False),
        (ClusterOktaOrgSpec, {"adoption": "Allowed"}, True),
    ],
    ids=["a namespace's own", "a namespace's that forbids it", "the cluster's", "the cluster's that allows it"],
)
def test_hooks_made_by_hand_may_be_adopted(kind: type[OktaOrgSpec], said: dict[str, str], *, allowed: bool) -> None:
    spec = kind.model_validate({"url": "https://example.okta.com", "auth": AUTH, **said})
    assert spec.allows_adoption == allowed
