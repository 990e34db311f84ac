"""Every request of the control API, as a value: a client sends it and gives the answer, typed.

control = BlockingControlClient(url)
control(advance_clock(hours=1))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

from okta_simulator.control.messages import (
    Admission,
    ChangedHook,
    ClockChange,
    ClockState,
    ConsoleAnswer,
    ConsoleEvents,
    Done,
    Emitted,
    Faults,
    HookChange,
    IssuedApiToken,
    NewApiToken,
    NewEvents,
    NewServiceApp,
    NewStory,
    PlannedDeliveryFault,
    PlannedManagementFault,
    PresentedApiToken,
    Rate,
    RegisteredServiceApp,
    SignIn,
    SignInEnd,
    ZonePolicies,
)
from okta_simulator.directory.sessions import SignedIn
from okta_simulator.events.log_event import LogEvent
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.ground_truth import EventFate, Page, Summary
from okta_simulator.options import Options
from okta_simulator.zones.blocking import Origin

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request(Generic[Result]):
    """A request and the shape of its answer.

    Args:
        method: HTTP method.
        path: Path after the prefix of the control API.
        answer: What the answer's body is read as.
        body: What is sent as JSON, if anything.
        query: Parameters.
    """

    method: str
    path: str
    answer: type[Result]
    body: object = None
    query: Mapping[str, str] = field(default_factory=dict)


def clock() -> Request[ClockState]:
    """What Okta's clock shows."""
    return Request("GET", "/clock", ClockState)


def set_clock_speed(speed: float) -> Request[ClockState]:
    """Let so many seconds pass at Okta while one passes here; 0 lets it stand still."""
    return Request("POST", "/clock", ClockState, ClockChange(speed=speed))


def advance_clock(*, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Request[ClockState]:
    """Set Okta's clock ahead; whatever falls due meanwhile happens at once."""
    step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return Request("POST", "/clock", ClockState, ClockChange(advance_seconds=step.total_seconds()))


def faults() -> Request[Faults]:
    """The planned faults that are not over."""
    return Request("GET", "/faults", Faults)


def add_management_fault(fault: ManagementFault) -> Request[PlannedManagementFault]:
    """Let some requests of the management API go wrong."""
    return Request("POST", "/faults/management", PlannedManagementFault, fault)


def add_delivery_fault(fault: DeliveryFault) -> Request[PlannedDeliveryFault]:
    """Let some deliveries to hooks go wrong."""
    return Request("POST", "/faults/delivery", PlannedDeliveryFault, fault)


def remove_fault(fault_id: str) -> Request[Faults]:
    """Call a fault off."""
    return Request("DELETE", f"/faults/{fault_id}", Faults)


def clear_faults() -> Request[Faults]:
    """Call all faults off."""
    return Request("DELETE", "/faults", Faults)


def truth() -> Request[Summary]:
    """Numbers of what really happened to the events."""
    return Request("GET", "/truth", Summary)


def clear_truth() -> Request[Summary]:
    """Begin the numbers with zeros."""
    return Request("DELETE", "/truth", Summary)


def truth_of(uuid: str) -> Request[EventFate]:
    """What really happened to one event."""
    return Request("GET", f"/truth/events/{uuid}", EventFate)


def truths(*, begin: int = 0, limit: int = 100, missing: bool = False) -> Request[Page]:
    """What really happened to the events, a page at a time; on demand only those that a hook has not acknowledged."""
    query = {"begin": str(begin), "limit": str(limit), "missing": str(missing).lower()}
    return Request("GET", "/truth/events", Page, query=query)


def change_hook(hook_id: str, change: HookChange) -> Request[ChangedHook]:
    """Change a hook behind the back of whoever manages it."""
    return Request("PATCH", f"/hooks/{hook_id}", ChangedHook, change)


def delete_hook(hook_id: str) -> Request[ChangedHook]:
    """Deactivate and delete a hook behind the back of whoever manages it."""
    return Request("DELETE", f"/hooks/{hook_id}", ChangedHook)


def preview(hook_id: str, events: ConsoleEvents) -> Request[dict[str, object]]:
    """The body that the console's preview shows for events."""
    return Request("POST", f"/hooks/{hook_id}/preview", dict[str, object], events)


def deliver(hook_id: str, events: ConsoleEvents) -> Request[ConsoleAnswer]:
    """Send events by hand, as the console's Deliver button does: no filter, and also to hooks that are not verified."""
    return Request("POST", f"/hooks/{hook_id}/deliver", ConsoleAnswer, events)


def issue_api_token(wanted: NewApiToken) -> Request[IssuedApiToken]:
    """Make an API token."""
    return Request("POST", "/credentials/api-tokens", IssuedApiToken, wanted)


def revoke_api_token(token: str) -> Request[Done]:
    """Make an API token worthless, at once."""
    return Request("POST", "/credentials/api-tokens/revoke", Done, PresentedApiToken(token=token))


def register_service_app(wanted: NewServiceApp) -> Request[RegisteredServiceApp]:
    """Make a service app, for OAuth."""
    return Request("POST", "/credentials/service-apps", RegisteredServiceApp, wanted)


def activate_service_app(client_id: str) -> Request[Done]:
    """Let a service app in again."""
    return Request("POST", f"/credentials/service-apps/{client_id}/activate", Done)


def deactivate_service_app(client_id: str) -> Request[Done]:
    """Shut a service app out."""
    return Request("POST", f"/credentials/service-apps/{client_id}/deactivate", Done)


def sign_in(login: str, wanted: SignIn | None = None) -> Request[SignInEnd]:
    """Somebody tries to sign in as a person: blocklists and the account's status are looked at, events happen."""
    return Request("POST", f"/people/{login}/sign-in", SignInEnd, wanted or SignIn())


def signed_in(login: str) -> Request[SignedIn]:
    """Where somebody is signed in."""
    return Request("GET", f"/people/{login}/signed-in", SignedIn)


def use_zone(zone_id: str, *policies: str) -> Request[ZonePolicies]:
    """Let policies speak of a zone, in place of those that did before; without any it can be deleted."""
    return Request("PUT", f"/zones/{zone_id}/policies", ZonePolicies, ZonePolicies(frozenset(policies)))


def admission(origin: Origin) -> Request[Admission]:
    """Whether a request from somewhere would be let in."""
    return Request("POST", "/zones/admission", Admission, origin)


def options() -> Request[Options]:
    """What was chosen of the organisation when it started."""
    return Request("GET", "/options", Options)


def emit(
    count: int = 1, *, types: Sequence[str] = (), login: str | None = None, events: Sequence[LogEvent] = ()
) -> Request[Emitted]:
    """Let events happen now: of types, as given, or a working day's mixture."""
    wanted = NewEvents(count=count, types=tuple(types), login=login, events=list(events))
    return Request("POST", "/events", Emitted, wanted)


def traffic() -> Request[Rate]:
    """How many events happen by themselves."""
    return Request("GET", "/traffic", Rate)


def set_traffic(events_per_second: float, *, types: Sequence[str] = ()) -> Request[Rate]:
    """Let events happen by themselves from now on; 0 ends it."""
    return Request("PUT", "/traffic", Rate, Rate(events_per_second=events_per_second, types=tuple(types)))


def tell(story: str, *, login: str | None = None, pace: float = 1.0) -> Request[Done]:
    """Begin a story, such as `lockout`, about a person or anybody."""
    return Request("POST", "/stories", Done, NewStory(story=story, login=login, pace=pace))
