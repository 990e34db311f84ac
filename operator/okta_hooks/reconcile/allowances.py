"""What a hook may ask of the cluster beyond what every hook may: only what whoever runs the operator allows.

The operator may make more than many who may create hooks. An annotation can put configuration into a gateway that many
share, a priority class can drive other pods from their nodes, a label can have a container put into a pod: none of it
comes with the right to create a hook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from okta_hooks.api.conditions import Reason
from okta_hooks.api.exposure import Exposure
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.api.receiver import Receiver
from okta_hooks.bad_input import BadInput
from okta_hooks.reconcile.problem import Problem

EVERY_TAINT = "*"
"""How a toleration without a key is named: it puts up with every taint."""


class Kind(StrEnum):
    """Of what is chosen."""

    ANNOTATION = "annotation"
    NODE_LABEL = "node-label"
    POD_LABEL = "pod-label"
    PRIORITY_CLASS = "priority-class"
    TOLERATION = "toleration"


@dataclass(frozen=True)
class Allowance:
    """Something that any hook may choose.

    Args:
        kind: Of what.
        pattern: Its name; one that ends with `*` stands for all names with that beginning.
    """

    kind: Kind
    pattern: str

    def covers(self, choice: Choice) -> bool:
        """Whether it allows a choice."""
        if self.kind != choice.kind:
            return False
        return choice.name == self.pattern or (
            self.pattern.endswith("*") and choice.name.startswith(self.pattern.removesuffix("*"))
        )


@dataclass(frozen=True)
class Choice:
    """What a spec chooses.

    Args:
        kind: Of what.
        name: Of an annotation or a label its key, of a toleration the taint's.
        field: Where the spec has it.
    """

    kind: Kind
    name: str
    field: str


def allowances(given: Iterable[str]) -> tuple[Allowance, ...]:
    """Allowances as the command line has them, such as `annotation=cert-manager.io/*`.

    Raises:
        BadInput: One of them cannot be read.
    """
    return tuple(_allowance(each) for each in given)


def denied(spec: OktaEventHookSpec, allowed: Collection[Allowance]) -> Problem | None:
    """What a spec chooses and may not; None where all of it is allowed."""
    refused = [choice for choice in _choices(spec) if not any(each.covers(choice) for each in allowed)]
    if not refused:
        return None
    fields = ", ".join(f"{choice.name} (spec.{choice.field})" for choice in refused)
    options = " ".join(f"--allow {choice.kind}={choice.name}" for choice in refused)
    return Problem(
        Reason.NOT_ALLOWED,
        f"This installation does not let hooks choose {fields}: take it out, or have the operator started with"
        f" {options}.",
        for_people=True,
    )


def _allowance(written: str) -> Allowance:
    kind, _, pattern = written.partition("=")
    if kind not in list(Kind) or not pattern:
        raise BadInput(
            f"--allow {written} can't be read: write KIND=NAME with one of {', '.join(Kind)}, such as"
            " annotation=cert-manager.io/cluster-issuer"
        )
    return Allowance(Kind(kind), pattern)


def _choices(spec: OktaEventHookSpec) -> Iterator[Choice]:
    yield from _of_exposure(spec.exposure)
    if spec.receiver is not None:
        yield from _of_receiver(spec.receiver)


def _of_exposure(exposure: Exposure) -> Iterator[Choice]:
    for field, way in (("ingress", exposure.ingress), ("httpRoute", exposure.http_route)):
        for name in (way.annotations if way is not None else None) or {}:
            yield Choice(Kind.ANNOTATION, name, f"exposure.{field}.annotations")


def _of_receiver(receiver: Receiver) -> Iterator[Choice]:
    for name in receiver.node_selector or {}:
        yield Choice(Kind.NODE_LABEL, name, "receiver.nodeSelector")
    for name in receiver.pod_labels or {}:
        yield Choice(Kind.POD_LABEL, name, "receiver.podLabels")
    for toleration in receiver.tolerations or ():
        yield Choice(Kind.TOLERATION, toleration.key or EVERY_TAINT, "receiver.tolerations")
    if receiver.priority_class_name is not None:
        yield Choice(Kind.PRIORITY_CLASS, receiver.priority_class_name, "receiver.priorityClassName")
