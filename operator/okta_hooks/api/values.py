"""Types of single values: durations, names, references to Secrets, conditions."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}

Duration = Annotated[
    str,
    Field(pattern=r"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$", max_length=32, examples=["90s", "5m", "1h30m"]),
]
"""A length of time as Go and Kubernetes write it: numbers with the units h, m, s and ms."""

ObjectName = Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")]
"""The name of a Kubernetes object."""

Quantity = Annotated[
    str, Field(max_length=32, pattern=r"^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", examples=["100m", "64Mi", "10Gi"])
]
"""An amount as Kubernetes writes it."""

HeaderName = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
"""The name of an HTTP header (RFC 9110, section 5.1)."""

EventType = Annotated[
    str,
    Field(min_length=3, max_length=128, pattern=r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_-]+)+$", examples=["user.session.start"]),
]
"""A type of events, as Okta's catalogue names it."""

Timestamp = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""A moment in UTC, as Kubernetes writes it (RFC 3339)."""

HANDLED_LENGTH = 250
"""How much a status keeps of an annotation's value that asked for a look, in characters."""

Handled = Annotated[
    str,
    Field(
        max_length=HANDLED_LENGTH,
        description=(
            "Value of the annotation oktahooks.dev/reconcile-at for which a look was had last; of a long one the first"
            f" {HANDLED_LENGTH} characters."
        ),
    ),
]
"""What a user asked for with an annotation, once it was done."""


def to_timedelta(duration: Duration) -> timedelta:
    """The length of time that a duration names."""
    parts = re.findall(r"([0-9.]+)(ms|s|m|h)", duration)
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


def duration_between(least: Duration, most: Duration, message: str) -> Rule:
    """A rule for a duration that has bounds.

    Args:
        least: The shortest that may be.
        most: The longest.
        message: A sentence that says so.
    """
    return Rule(f"duration(self) >= duration('{least}') && duration(self) <= duration('{most}')", message)


class SecretKeyRef(ApiModel):
    """One key of a Secret."""

    name: ObjectName = Field(description="Name of the Secret.")
    key: Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[-._a-zA-Z0-9]+$")] = Field(
        description="Key in the Secret's data."
    )


class LabelSelector(ApiModel):
    """Objects chosen by their labels."""

    match_labels: dict[str, Annotated[str, Field(max_length=63)]] = Field(
        description="Labels that an object must have, with these values.", max_length=16
    )


class Condition(ApiModel):
    """A statement about the object, as `metav1.Condition` has it."""

    type: str = Field(description="What the statement is about, such as Ready.", max_length=316)
    status: Literal["True", "False", "Unknown"] = Field(description="Whether it holds.")
    observed_generation: int = Field(description="The generation of the spec that it speaks of.", ge=0)
    last_transition_time: Timestamp = Field(description="When status changed last.")
    reason: str = Field(description="One word that says why, in CamelCase.", max_length=1024)
    message: str = Field(description="A sentence that says what was seen and what to do next.", max_length=32768)
