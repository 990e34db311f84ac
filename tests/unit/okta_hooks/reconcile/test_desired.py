"""What a spec says once every default is filled in."""

from __future__ import annotations

from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.reconcile.desired import Desired, desired
from okta_hooks.reconcile.ownership import MARK_HEADER
from unit.okta_hooks.reconcile.okta_model import ME

SMALLEST = {"eventTypes": ["user.session.start"], "exposure": {"url": "https://hooks.example.com/a"}}


def _of(**fields: object) -> Desired:
    return desired(OktaEventHookSpec.model_validate({**SMALLEST, **fields}), ME)


def test_the_smallest_spec_is_managed_active_and_probed() -> None:
    wanted = _of()
    assert (wanted.active, wanted.observe_only, wanted.adopt, wanted.suspended) == (True, False, False, False)
    assert (wanted.managed_receiver, wanted.probe, wanted.on_deletion) == (True, True, "Delete")


def test_its_name_says_whose_it_is() -> None:
    assert _of().definition.name == "production/security/sign-ins"


def test_a_name_of_ones_own_is_taken() -> None:
    assert _of(displayName="Sign-ins").definition.name == "Sign-ins"


def test_it_carries_the_mark_beside_its_own_headers() -> None:
    assert _of(headers={"X-Team": "security"}).definition.headers == {"X-Team": "security", MARK_HEADER: ME.mark}


def test_nobody_can_write_the_mark_by_hand() -> None:
    assert _of(headers={"oktahooks-OWNER": "me"}).definition.headers == {MARK_HEADER: ME.mark}


def test_the_address_comes_from_the_exposure() -> None:
    assert (
        _of(exposure={"ingress": {"host": "h.example.com"}}).definition.uri == "https://h.example.com/security/sign-ins"
    )


def test_what_is_said_is_taken() -> None:
    wanted = _of(
        state="Inactive",
        managementPolicy="Observe",
        adoptionPolicy="Adopt",
        adoptHookId="who00000000000000000",
        deletionPolicy="Orphan",
        suspend=True,
        auth={"headerName": "X-Secret"},
        receiver={"mode": "External"},
        filters=[{"eventType": "user.session.start", "expression": "true"}],
    )
    assert (wanted.active, wanted.observe_only, wanted.adopt, wanted.suspended) == (False, True, True, True)
    assert (wanted.adopt_id, wanted.on_deletion, wanted.managed_receiver) == ("who00000000000000000", "Orphan", False)
    assert (wanted.definition.auth_header, wanted.definition.filters) == ("X-Secret", {"user.session.start": "true"})
