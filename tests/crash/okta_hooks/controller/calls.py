"""What a call is called: one name for all calls of one kind, whatever the object."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Naming = Callable[[str, str, Mapping[str, str]], str]
"""From method, path and query to a name."""

_VERBS = {"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}
_RESOURCE = re.compile(
    r"/(?:api|apis/[^/]+)/v\w+/(?:namespaces/[^/]+/(?=.))?(?P<plural>[^/]+)(?:/(?P<name>[^/]+))?(?P<rest>/[^/]+)?"
)
_HOOK_ID = re.compile(r"(?<=/eventHooks/)[^/]+")


def kubernetes_call(method: str, path: str, query: Mapping[str, str]) -> str:
    """As RBAC speaks of it, such as `patch oktaeventhooks/status`; what is asked of no kind is asked about kinds."""
    found = _RESOURCE.fullmatch(path)
    if found is None:
        return "discover"
    verb = _VERBS.get(method) or _reading(query, named=found["name"] is not None)
    return f"{verb} {found['plural']}{found['rest'] or ''}"


def okta_call(method: str, path: str, _: Mapping[str, str]) -> str:
    """As Okta's documentation writes it, such as `POST /api/v1/eventHooks/{id}/lifecycle/verify`."""
    return f"{method} {_HOOK_ID.sub('{id}', path)}"


def _reading(query: Mapping[str, str], *, named: bool) -> str:
    if query.get("watch") == "true":
        return "watch"
    return "get" if named else "list"
