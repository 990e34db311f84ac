"""The attributes of an event that a filter may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "number", "boolean", "object", "anything"]
_Tree: TypeAlias = Mapping[str, "Kind | _Tree"]

_PLACE: _Tree = {
    "city": "text",
    "state": "text",
    "country": "text",
    "postalCode": "text",
    "geolocation": {"lat": "number", "lon": "number"},
}
_NETWORK: _Tree = {
    "asNumber": "number",
    "asOrg": "text",
    "isp": "text",
    "domain": "text",
    "ipServiceCategories": {"isAnonymous": "boolean", "operator": "text", "type": "text"},
}
_ADDRESS: _Tree = {
    "ip": "text",
    "geographicalContext": _PLACE,
    "version": "text",
    "source": "text",
    "ipDetails": _NETWORK,
}
_IDENTITY: _Tree = {
    "id": "text",
    "type": "text",
    "alternateId": "text",
    "displayName": "text",
    "detailEntry": {"*": "anything"},
}
_EVENT: _Tree = {
    "uuid": "text",
    "eventType": "text",
    "version": "text",
    "severity": "text",
    "displayMessage": "text",
    "legacyEventType": "text",
    "actor": _IDENTITY,
    "target": {**_IDENTITY, "changeDetails": {"from": {"*": "anything"}, "to": {"*": "anything"}}},
    "outcome": {"result": "text", "reason": "text"},
    "client": {
        "id": "text",
        "device": "text",
        "ipAddress": "text",
        "zone": "text",
        "userAgent": {"rawUserAgent": "text", "os": "text", "browser": "text"},
        "geographicalContext": _PLACE,
        "ipChain": _ADDRESS,
    },
    "request": {"ipChain": _ADDRESS},
    "device": {"*": "anything"},
    "securityContext": {
        **{name: kind for name, kind in _NETWORK.items() if name != "ipServiceCategories"},
        "isProxy": "boolean",
        "ipDetails": _NETWORK,
        "risk": {
            "level": "text",
            "previousLevel": "text",
            "reasons": "text",
            "detectionName": "text",
            "issuer": "text",
        },
        "userBehaviors": {"id": "text", "name": "text", "result": "text"},
        "botProtection": {"level": "text"},
    },
    "authenticationContext": {
        "authenticationProvider": "text",
        "authenticationStep": "number",
        "credentialProvider": "text",
        "credentialType": "text",
        "externalSessionId": "text",
        "rootSessionId": "text",
        "interface": "text",
        "issuer": {"id": "text", "type": "text"},
    },
    "transaction": {"id": "text", "type": "text", "detail": {"*": "anything"}},
    "debugContext": {"debugData": {"*": "anything"}},
}


@dataclass(frozen=True)
class Field:
    """An attribute: the names that lead to it, as an event spells them, and what it holds."""

    path: tuple[str, ...]
    kind: Kind

    @property
    def name(self) -> str:
        """The attribute as Okta writes it."""
        return ".".join(self.path)


def find(attribute: str) -> Field | None:
    """The field that an attribute of a filter means, if there is one; case and underscores make no difference."""
    here: Kind | _Tree = _EVENT
    path: tuple[str, ...] = ()
    for part in attribute.split("."):
        if here == "anything":
            path += (part,)
            continue
        if isinstance(here, str) or not part:
            return None
        if "*" in here:
            path, here = (*path, part), here["*"]
            continue
        name = _spelling(here, part)
        if name is None:
            return None
        path, here = (*path, name), here[name]
    return Field(path, here if isinstance(here, str) else "object")


def _spelling(names: _Tree, part: str) -> str | None:
    wanted = part.replace("_", "").casefold()
    return next((name for name in names if name.casefold() == wanted), None)
