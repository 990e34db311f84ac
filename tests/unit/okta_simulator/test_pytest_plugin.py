"""The fixture for users' own tests."""

from __future__ import annotations

import asyncio
import http.client
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from okta_simulator.bad_input import BadInput
from okta_simulator.control.client import ControlError
from okta_simulator.control.requests import advance_clock, emit, truth
from okta_simulator.options import Endpoints, Limits, Options
from okta_simulator.testing import RunningOrganization, running_organization


def logged(running: RunningOrganization) -> bytes:
    """What a client without any library of ours reads."""
    connection = http.client.HTTPConnection(running.url.removeprefix("http://"), timeout=30)
    with closing(connection):
        connection.request("GET", "/api/v1/logs", headers={"Authorization": f"SSWS {running.api_token}"})
        return connection.getresponse().read()


def test_a_test_gets_an_organisation_of_its_own(okta_organization: RunningOrganization) -> None:
    assert b"system.api_token.create" in logged(okta_organization)


def test_it_is_controlled_without_an_event_loop(okta_organization: RunningOrganization) -> None:
    before = okta_organization.organization.clock.now()
    uuids = okta_organization.control(emit(2, types=["user.session.start"])).uuids
    assert (okta_organization.control(advance_clock(hours=1)).now - before).total_seconds() >= 3600
    assert okta_organization.control(truth()).emitted >= len(uuids) == 2


def test_something_can_be_run_in_its_own_thread(okta_organization: RunningOrganization) -> None:
    async def where() -> str:
        return threading.current_thread().name

    assert okta_organization.run(where()) == "okta-organization"


async def test_it_serves_asynchronous_tests_as_well(okta_organization: RunningOrganization) -> None:
    assert b"system.api_token.create" in await asyncio.to_thread(logged, okta_organization)


class TestWithOptions:
    """A fixture of the same name, nearer to the test, chooses the options."""

    @pytest.fixture
    def okta_organization_options(self) -> Options:
        return Options(limits=Limits(active_hooks=3))

    def test_they_are_the_ones_chosen(self, okta_organization: RunningOrganization) -> None:
        assert okta_organization.organization.options.limits.active_hooks == 3


def test_nothing_is_left_behind() -> None:
    with running_organization() as running:
        control = running.control
    assert "okta-organization" not in [thread.name for thread in threading.enumerate()]
    with pytest.raises(ControlError, match="refused"):
        control(truth())


def test_options_that_cannot_be_used_fail_in_the_test_that_chose_them() -> None:
    options = Options(endpoints=Endpoints(extra_ca_file="/does/not/exist"))
    with pytest.raises(BadInput, match="/does/not/exist"), running_organization(options):
        pass


def test_tests_that_use_no_organisation_import_nothing_of_it() -> None:
    script = (
        "import pytest, sys; before = set(sys.modules); import okta_simulator.pytest_plugin; "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["okta_simulator", "okta_simulator.pytest_plugin"]
