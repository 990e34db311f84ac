"""What is configured of a sink's format, and the format that comes of it.

{"type": "ecs", "drop": ["client.ipAddress"], "pseudonymise": ["actor.alternateId", "target.alternateId"],
 "pseudonymKeyFile": "/etc/okta-hooks/sinks/siem/pseudonym-key"}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from okta_hooks.formats.cloudevents import CloudEventsFormat
from okta_hooks.formats.ecs import EcsFormat
from okta_hooks.formats.masking import MaskedFormat
from okta_hooks.formats.ocsf import OcsfFormat
from okta_hooks.formats.okta import OktaFormat
from okta_hooks.formats.port import Format, Origin
from okta_hooks.formats.pseudonyms import PseudonymKey

FieldPath = Annotated[str, msgspec.Meta(max_length=256, pattern="^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$")]
FormatType = Literal["okta", "cloudevents", "ecs", "ocsf"]

_FORMATS: Mapping[FormatType, Callable[[Origin], Format]] = {
    "okta": OktaFormat,
    "cloudevents": CloudEventsFormat,
    "ecs": EcsFormat,
    "ocsf": OcsfFormat,
}
_IDENTITY = "uuid"


class FormatSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The settings.

    Attributes:
        type: Which format.
        drop: Dotted paths of fields of Okta's event to leave out; each element of a list on the way counts.
        pseudonymise: Dotted paths of fields in whose place pseudonyms are put.
        pseudonym_key_file: Holds the key that these are made with.
    """

    type: FormatType = "okta"
    drop: tuple[FieldPath, ...] = ()
    pseudonymise: tuple[FieldPath, ...] = ()
    pseudonym_key_file: str | None = None

    def __post_init__(self) -> None:
        if _IDENTITY in (*self.drop, *self.pseudonymise):
            raise ValueError("`uuid` is an event's identity, which every sink needs: leave it as it is")
        if bool(self.pseudonymise) != bool(self.pseudonym_key_file):
            raise ValueError("`pseudonymise` and `pseudonymKeyFile` go together: give both or neither")
        for path in self.pseudonymise:
            for other in self.pseudonymise:
                if path.startswith(f"{other}."):
                    raise ValueError(f"`pseudonymise` names {path} and {other}, which it is a part of: leave one out")


def format_of(settings: FormatSettings, origin: Origin) -> Format:
    """The format that writes the events of an origin as the settings say."""
    written = _FORMATS[settings.type](origin)
    if not settings.drop and not settings.pseudonymise:
        return written
    key = PseudonymKey(Path(settings.pseudonym_key_file)) if settings.pseudonym_key_file else None
    return MaskedFormat(written, drop=settings.drop, pseudonymise=settings.pseudonymise, key=key)
