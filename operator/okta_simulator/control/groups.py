"""Everything of an organisation that can be controlled."""

from __future__ import annotations

from collections.abc import Sequence

from okta_simulator.control.api import Control
from okta_simulator.control.clock import ClockControl
from okta_simulator.control.credentials import CredentialControl
from okta_simulator.control.faults import FaultControl
from okta_simulator.control.hooks import HookControl
from okta_simulator.control.options import OptionsControl
from okta_simulator.control.people import PeopleControl
from okta_simulator.control.truth import TruthControl
from okta_simulator.control.zones import ZoneControl
from okta_simulator.organization import Organization


def controls_of(organization: Organization) -> Sequence[Control]:
    """The groups of the control API, each with the services that it needs."""
    return (
        ClockControl(organization.clock),
        FaultControl(organization.management_faults, organization.hooks.planned_faults),
        TruthControl(organization.events.truth),
        HookControl(organization.hooks.hooks, organization.hooks.console, organization.events.log),
        CredentialControl(organization.people, organization.access.api_tokens, organization.access.service_apps),
        PeopleControl(organization.people.directory, organization.people.sessions),
        ZoneControl(organization.people.zones),
        OptionsControl(organization.options),
    )
