"""From a checked body to the parts of an event hook; pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from okta_simulator.event_hooks.body import AuthSchemeBody, ConfigBody, EventHookBody, EventsBody
from okta_simulator.event_hooks.hook import AuthScheme, Channel, EventFilter, EventHook, Header, VerificationStatus
from okta_simulator.options import EventHooks as Choices

_WORKFLOWS_HOSTS = (".workflows.okta.com", ".workflows.oktapreview.com")


def channel_of(body: EventHookBody) -> Channel:
    """Where the hook's events go."""
    config = (body.channel and body.channel.config) or ConfigBody()
    return Channel(
        uri=config.uri or "",
        headers=tuple(Header(one.key or "", one.value or "") for one in config.headers or () if one is not None),
        auth=_auth_of(config.auth_scheme),
    )


def event_types_of(body: EventHookBody) -> frozenset[str]:
    """What the hook subscribes to."""
    return frozenset((body.events or EventsBody()).items or ())


def filters_of(body: EventHookBody) -> tuple[EventFilter, ...] | None:
    """The hook's filters."""
    filters = (body.events or EventsBody()).filter
    if filters is None:
        return None
    return tuple(
        EventFilter(one.event or "", (one.condition and one.condition.expression) or "")
        for one in filters.event_filter_map or ()
    )


def with_secret_of(earlier: Channel, channel: Channel, choices: Choices) -> Channel:
    """A replacing channel with the secret that it has in the end, where it came without one."""
    came_with_secret = channel.auth is not None and channel.auth.value is not None
    if came_with_secret or earlier.auth is None or choices.replace_without_secret == "removes":
        return channel
    key = channel.auth.key if channel.auth else earlier.auth.key
    return Channel(channel.uri, channel.headers, AuthScheme(key, earlier.auth.value))


def verification_after(earlier: EventHook, channel: Channel, choices: Choices) -> VerificationStatus:
    """Whether a hook is still verified when a replace has given it this channel."""
    if needs_no_verification(channel):
        return "VERIFIED"
    return "UNVERIFIED" if _resets(earlier.channel, channel, choices) else earlier.verification_status


def needs_no_verification(channel: Channel) -> bool:
    """Whether Okta trusts the endpoint without asking it: one of Okta Workflows (its release notes of 2021)."""
    return (urlsplit(channel.uri).hostname or "").endswith(_WORKFLOWS_HOSTS)


def _auth_of(scheme: AuthSchemeBody | None) -> AuthScheme | None:
    return AuthScheme(scheme.key or "", scheme.value or None) if scheme else None


def _resets(earlier: Channel, channel: Channel, choices: Choices) -> bool:
    match choices.replace_resets_verification:
        case "always":
            return True
        case "channel":
            return channel != earlier
        case "uri":
            return channel.uri != earlier.uri
