"""Everything that goes wrong, by name."""

from __future__ import annotations

from collections.abc import Mapping

from chaos.incidents.behind_our_back import ByHand, ConsoleDelivery
from chaos.incidents.in_between import EndpointBroken, JournalFull, SegmentCorrupted
from chaos.incidents.incident import Incident
from chaos.incidents.of_okta import OfDelivery, OfManagement
from chaos.incidents.processes import ContainerKilled, OperatorKilled
from chaos.incidents.secrets import SecretChanged
from okta_simulator.faults.delivery import DeliveryFault, Disconnect, Duplicate, HoldBack, Lose, Slow
from okta_simulator.faults.management import Answer, Drop, ManagementFault

_UNREACHED = frozenset({"OktaUnavailable", "RateLimited", "OrgNotReady", "Pending"})

OF_DELIVERY: Mapping[str, DeliveryFault] = {
    "deliveries are lost": DeliveryFault(effect=Lose(), probability=0.3),
    "deliveries are duplicated": DeliveryFault(effect=Duplicate(copies=3), probability=0.3),
    "deliveries are held back": DeliveryFault(effect=HoldBack(seconds=5), probability=0.3),
    "requests are slow": DeliveryFault(effect=Slow(seconds=0.5), probability=0.3),
    "connections break before the answer": DeliveryFault(effect=Disconnect(), probability=0.3),
    "connections break after the answer": DeliveryFault(effect=Disconnect(answered=True), probability=0.3),
}
OF_MANAGEMENT: Mapping[str, ManagementFault] = {
    "Okta is slow": ManagementFault(delay_seconds=1, probability=0.5),
    "answers of Okta are lost": ManagementFault(ending=Drop(), probability=0.3),
    "answers of Okta are lost after it acted": ManagementFault(ending=Drop(carried_out=True), probability=0.3),
    "Okta is down": ManagementFault(ending=Answer(status=503, empty=True)),
    "Okta errs after it acted": ManagementFault(ending=Answer(status=500, carried_out=True), probability=0.3),
    "Okta answers 429": ManagementFault(ending=Answer(status=429)),
}
_TOLD: Mapping[str, frozenset[str]] = {"Okta is down": _UNREACHED, "Okta answers 429": _UNREACHED}

INCIDENTS: Mapping[str, Incident] = {
    **{name: OfDelivery(fault) for name, fault in OF_DELIVERY.items()},
    **{name: OfManagement(fault, _TOLD.get(name, frozenset())) for name, fault in OF_MANAGEMENT.items()},
    "the receiver is killed": ContainerKilled("receiver"),
    "the dispatcher is killed": ContainerKilled("dispatcher"),
    "the operator is killed": OperatorKilled(),
    "the endpoint is broken": EndpointBroken(),
    "the journal is full": JournalFull(),
    "a segment is corrupted": SegmentCorrupted(),
    "the secret changes": SecretChanged(lag=0),
    "the secret changes, and its files are late": SecretChanged(lag=5),
    "somebody changes the secret in Okta": ByHand(
        lambda okta, hook: okta.change_secret_by_hand(hook, "somebody else's"),
        frozenset({"repaired", "DeliveryFailures", "EventsMissed"}),
    ),
    "somebody deactivates the hook": ByHand(lambda okta, hook: okta.deactivate_by_hand(hook)),
    "somebody changes the hook": ByHand(
        lambda okta, hook: okta.change_by_hand(hook, event_types=frozenset({"user.session.end"}))
    ),
    "somebody deletes the hook": ByHand(lambda okta, hook: okta.delete_by_hand(hook)),
    "the hook is verified no more": ByHand(
        lambda okta, hook: okta.doubt_by_hand(hook), frozenset({"repaired", "NotVerified", "AwaitingEndpoint"})
    ),
    "somebody delivers from the console": ConsoleDelivery(),
}
