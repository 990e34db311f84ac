"""In what two definitions of a hook differ, by Okta's reading: sets are sets, header names have no case."""

from __future__ import annotations

from collections.abc import Mapping

from okta_hooks.okta.port import HookDefinition


def differences(wanted: HookDefinition, shown: HookDefinition) -> tuple[str, ...]:
    """The fields of the spec in which they differ; none when they mean the same."""
    compared = {
        "displayName": wanted.name == shown.name,
        "description": wanted.description == shown.description,
        "exposure": wanted.uri == shown.uri,
        "eventTypes": wanted.event_types == shown.event_types,
        "filters": wanted.filters == shown.filters,
        "headers": _caseless(wanted.headers) == _caseless(shown.headers),
        "auth.headerName": wanted.auth_header.lower() == shown.auth_header.lower(),
    }
    return tuple(field for field, same in compared.items() if not same)


def _caseless(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}
