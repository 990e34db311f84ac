"""From an applied object to a hook in Okta that is verified and Ready, or to a sentence that says why not."""

from __future__ import annotations

from datetime import datetime

import pytest
from cryptography import x509

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.world import NAME, SECRET_VALUE, World, is_ready, message, says
from okta_hooks.controller.hooks.hook_object import FINALIZER
from okta_hooks.kube.resources import EVENT
from okta_simulator.options import Endpoints, Limits, Options
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


async def test_a_hook_is_registered_verified_and_ready(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(is_ready)
    (hook,) = world.hooks_in_okta()
    assert (hook.id, hook.verification_status) == (seen.status.hook_id, "VERIFIED")
    assert seen.status.url == world.endpoint.url
    assert seen.status.org is not None
    assert seen.status.org.url == world.okta.url


async def test_nothing_is_written_to_a_users_object_but_its_status_and_one_finalizer(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(is_ready)
    assert (seen.metadata.annotations, seen.metadata.labels) == ({}, {})
    assert seen.metadata.finalizers == (FINALIZER,)
    assert seen.metadata.generation == 1


async def test_two_hooks_become_two(world: World) -> None:
    await world.apply_org()
    await world.apply_hook("first")
    await world.apply_hook("second")
    first, second = await world.until_hook(is_ready, "first"), await world.until_hook(is_ready, "second")
    assert {hook.id for hook in world.hooks_in_okta()} == {first.status.hook_id, second.status.hook_id}


async def test_an_organisation_says_what_it_holds(world: World) -> None:
    world.okta.make_by_hand("by hand", world.endpoint.url, SECRET_VALUE)
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    org = await world.until_org(lambda org: is_ready(org) and org.status.unmanaged_hooks == 1)
    org = await world.until_org(lambda org: org.status.active_hooks is not None and org.status.active_hooks.used == 2)
    assert org.status.active_hooks is not None
    assert org.status.active_hooks.limit == 25


async def test_a_changed_spec_reaches_okta(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    await world.apply_hook(eventTypes=["user.session.end"])
    await world.until_hook(is_ready)
    (hook,) = world.hooks_in_okta()
    assert hook.event_types == frozenset({"user.session.end"})


async def test_an_endpoint_that_is_down_is_named_and_its_return_noticed(world: World) -> None:
    world.endpoint.is_up = False
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(lambda hook: says(hook, "EndpointReachable", "False", "WrongStatus"))
    assert "503" in message(seen, "EndpointReachable")
    assert says(seen, "Verified", "False")
    world.endpoint.is_up = True
    await world.until_hook(is_ready)


async def test_the_end_of_the_endpoints_certificate_is_in_the_status(world: World, certificates: Certificates) -> None:
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(is_ready)
    shown = x509.load_pem_x509_certificate(certificates.certificate.read_bytes())
    assert seen.status.endpoint is not None
    assert datetime.fromisoformat(seen.status.endpoint.certificate_expires) == shown.not_valid_after_utc


async def test_a_transition_is_told_as_an_event(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(is_ready)

    async def reasons() -> set[str]:
        events = await world.api.list(EVENT, world.namespace)
        about = [event for event in events if within(event, "regarding", "uid") == seen.metadata.uid]
        return {str(event["reason"]) for event in about}

    await world.until(lambda told: {"Synced", "Verified", "Ready"} <= told, reasons)


class TestWhenOktaIsFull:
    """Okta allows so many active hooks."""

    @pytest.fixture
    def okta_options(self, certificates: Certificates) -> Options:
        return Options(limits=Limits(active_hooks=1), endpoints=Endpoints(extra_ca_file=str(certificates.authority)))

    async def test_the_hook_that_has_no_place_says_so(self, world: World) -> None:
        other = world.okta.make_by_hand("other", world.endpoint.url, SECRET_VALUE)
        await world.apply_org()
        await world.apply_hook(NAME)
        await world.until_hook(lambda hook: says(hook, "Synced", "False", "QuotaExceeded"))
        assert [hook.id for hook in world.hooks_in_okta()] == [other.id]
