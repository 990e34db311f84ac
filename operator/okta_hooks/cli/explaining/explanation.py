"""What becomes of an event, and why: by the very code that the dispatcher goes by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from okta_hooks.api.route import Route
from okta_hooks.api.sinks.hook_sink import HookSink
from okta_hooks.api.sinks.options import Format
from okta_hooks.cli.explaining.hook_file import HookFile
from okta_hooks.kube.children.feeds import feed
from okta_hooks.routing import Finding, RouteSettings, RouteTable, Verdict

_UNKNOWN_FORMAT = "unknown"


class RouteExplanation(msgspec.Struct, frozen=True, rename="camel"):
    """What a route says to an event.

    Attributes:
        name: Its name.
        takes: Whether it takes it.
        why: Why, or why not.
        sinks: Where it leads.
    """

    name: str
    takes: bool
    why: str
    sinks: tuple[str, ...]


class SinkExplanation(msgspec.Struct, frozen=True, rename="camel"):
    """What a sink gets of an event.

    Attributes:
        name: Its name.
        gets: Whether it gets it.
        why: Why, or why not.
        format: How it is written.
        dropped: Fields of the event that are left out.
        pseudonymised: Fields of the event in whose place pseudonyms are put.
        absent: Fields that are to be left out or replaced, and that this event does not have.
    """

    name: str
    gets: bool
    why: str
    format: str
    dropped: tuple[str, ...]
    pseudonymised: tuple[str, ...]
    absent: tuple[str, ...]


class Explanation(msgspec.Struct, frozen=True, rename="camel"):
    """What becomes of one event.

    Attributes:
        hook: The hook's name.
        uuid: The event.
        event_type: Its type.
        subscribed: Whether Okta is asked to deliver such events at all.
        filter: Which of them, in Okta's own expression language, which is not tried here.
        routes: What each route says, in their order.
        sinks: What each sink gets, in their order.
    """

    hook: str
    uuid: str
    event_type: str
    subscribed: bool
    filter: str | None
    routes: tuple[RouteExplanation, ...]
    sinks: tuple[SinkExplanation, ...]


class _Head(msgspec.Struct, frozen=True, rename="camel"):
    uuid: str = ""
    event_type: str = ""
    published: datetime | None = None


class Explainer:
    """Explains what one hook does.

    Args:
        hook: The hook.
    """

    def __init__(self, hook: HookFile) -> None:
        self._hook = hook
        self._table = RouteTable([_settings(route) for route in hook.spec.routes or ()])
        self.troubles: Mapping[str, str] = self._table.troubles
        """The routes that take nothing because they are wrong, each with a sentence."""

    def explain(self, event: bytes) -> Explanation:
        """What becomes of an event; one that lacks what every event has is explained as far as that goes."""
        head = _head(event)
        verdicts = self._table.explain(head.event_type, event)
        spec = self._hook.spec
        filters = {each.event_type: each.expression for each in spec.filters or ()}
        return Explanation(
            hook=self._hook.name,
            uuid=head.uuid,
            event_type=head.event_type,
            subscribed=head.event_type in spec.event_types,
            filter=filters.get(head.event_type),
            routes=tuple(_route(route, verdicts[route.name]) for route in spec.routes or ()),
            sinks=tuple(self._sink(sink, head, event, verdicts) for sink in spec.sinks or ()),
        )

    def _sink(self, sink: HookSink, head: _Head, event: bytes, verdicts: Mapping[str, Verdict]) -> SinkExplanation:
        gets, why = self._gets(sink, head, verdicts)
        shared = self._hook.sink(sink.ref) if sink.ref is not None else None
        if sink.ref is not None and shared is None:
            why = f"{why}; what {sink.ref.name} says of its format is in none of the files"
        wanted = feed(sink, shared).options.format
        known = wanted is not None or sink.ref is None or shared is not None
        drop, replace = _masked(wanted)
        parsed = _parsed(event)
        return SinkExplanation(
            name=sink.name,
            gets=gets,
            why=why,
            format=_format(wanted) if known else _UNKNOWN_FORMAT,
            dropped=tuple(path for path in drop if _has(parsed, path)),
            pseudonymised=tuple(path for path in replace if _has(parsed, path)),
            absent=tuple(path for path in (*drop, *replace) if not _has(parsed, path)),
        )

    def _gets(self, sink: HookSink, head: _Head, verdicts: Mapping[str, Verdict]) -> tuple[bool, str]:
        leading = [route.name for route in self._table.routes if sink.name in route.sinks]
        taking = [name for name in leading if verdicts[name].takes]
        if self._table.routes and not leading:
            return False, "no route leads to it"
        if self._table.routes and not taking:
            return False, f"taken by none of its routes: {', '.join(leading)}"
        start = datetime.fromisoformat(sink.start_at) if sink.start_at is not None else None
        if start is not None and head.published is not None and head.published < start:
            return False, f"published before its startAt, {sink.start_at}"
        return True, f"taken by {', '.join(taking)}" if taking else "there are no routes, so that it gets every event"


def _settings(route: Route) -> RouteSettings:
    return RouteSettings(
        name=route.name,
        event_types=tuple(route.event_types or ()),
        when=route.when or "",
        sinks=tuple(route.sinks),
    )


def _route(route: Route, verdict: Verdict) -> RouteExplanation:
    return RouteExplanation(route.name, verdict.takes, _why(route, verdict), tuple(route.sinks))


def _why(route: Route, verdict: Verdict) -> str:
    match verdict.finding:
        case Finding.TAKEN if route.when is None:
            return "its type fits" if route.event_types is not None else "it takes every event"
        case Finding.TAKEN:
            return "what `when` says holds"
        case Finding.OTHER_TYPE:
            return "of another type than its eventTypes"
        case Finding.NOT_SO:
            return "what `when` says does not hold"
        case Finding.FAILED:
            return f"`when` can't be told for this event, so that it is taken: {verdict.reason}"
        case Finding.UNDECIDED:
            return verdict.reason


def _format(wanted: Format | None) -> str:
    return (wanted.type if wanted is not None else None) or "okta"


def _masked(wanted: Format | None) -> tuple[list[str], list[str]]:
    """Paths of fields to leave out, and of fields to replace."""
    return (wanted.drop or [], wanted.pseudonymise or []) if wanted is not None else ([], [])


def _head(event: bytes) -> _Head:
    """What can be read of it; a field of a wrong type counts as missing, as it does to the dispatcher."""
    parsed = _parsed(event)
    if not isinstance(parsed, dict):
        return _Head()
    uuid, event_type = parsed.get("uuid"), parsed.get("eventType")
    return _Head(
        uuid if isinstance(uuid, str) else "",
        event_type if isinstance(event_type, str) else "",
        _moment(parsed.get("published")),
    )


def _moment(published: object) -> datetime | None:
    try:
        return msgspec.convert(published, datetime)
    except msgspec.ValidationError:
        return None


def _parsed(event: bytes) -> object:
    parsed: object = msgspec.json.decode(event)
    return parsed


def _has(value: object, path: str) -> bool:
    """Whether there is something at a dotted path; of a list on the way, in any element."""
    name, _, rest = path.partition(".")
    return any(name in each and (not rest or _has(each[name], rest)) for each in _objects(value))


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        for element in value:
            yield from _objects(element)
    elif isinstance(value, dict):
        yield value
