"""What a hook may ask of the cluster beyond what every hook may: only what whoever runs the operator allows.

The operator may make more than many who may create hooks. An annotation can put configuration into a gateway that many
share, and a priority class can drive other pods from their nodes: neither comes with the right to create a hook. Where
a pod runs and which labels it has is the namespace's own affair: its admission plugins, policies and quotas apply to
the pods that are made there, whoever asked for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from okta_hooks.api.conditions import Reason
from okta_hooks.api.exposure import Exposure
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.bad_input import BadInput
from okta_hooks.reconcile.problem import Problem


class Kind(StrEnum):
    """Of what is chosen."""

    ANNOTATION = "annotation"
    PRIORITY_CLASS = "priority-class"


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
        name: Of an annotation its key.
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
    if spec.receiver is not None and spec.receiver.priority_class_name is not None:
        yield Choice(Kind.PRIORITY_CLASS, spec.receiver.priority_class_name, "receiver.priorityClassName")


def _of_exposure(exposure: Exposure) -> Iterator[Choice]:
    for field, way in (("ingress", exposure.ingress), ("httpRoute", exposure.http_route)):
        for name in (way.annotations if way is not None else None) or {}:
            yield Choice(Kind.ANNOTATION, name, f"exposure.{field}.annotations")
