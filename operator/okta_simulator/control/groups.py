"""Everything of an organisation that can be controlled."""

from __future__ import annotations

from collections.abc import Sequence

from okta_simulator.control.api import Control
from okta_simulator.control.clock import ClockControl
from okta_simulator.control.credentials import CredentialControl
from okta_simulator.control.events import EventControl
from okta_simulator.control.faults import FaultControl
from okta_simulator.control.hooks import HookControl
from okta_simulator.control.options import OptionsControl
from okta_simulator.control.people import PeopleControl
from okta_simulator.control.truth import TruthControl
from okta_simulator.control.zones import ZoneControl
from okta_simulator.organization import Organization


def controls_of(organization: Organization) -> Sequence[Control]:
    """The groups of the control API, each with the services that it needs."""
    events, people, activity = organization.events, organization.people, organization.activity
    hooks, access = organization.hooks, organization.access
    return (
        EventControl(people.directory, events.catalog, activity.generator, events.emitter, activity.traffic),
        ClockControl(organization.clock),
        FaultControl(organization.management_faults, hooks.planned_faults),
        HookControl(hooks.hooks, hooks.console, events.log),
        CredentialControl(people, access.api_tokens, access.service_apps),
        PeopleControl(people.directory, people.sessions, activity.sign_ins),
        ZoneControl(people.zones),
        TruthControl(events.truth),
        OptionsControl(organization.options),
    )
