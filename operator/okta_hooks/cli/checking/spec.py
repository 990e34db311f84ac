"""What a hook's spec asks for that Okta, the operator or the dispatcher will not do as it is meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import JsonValue

from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.api.resource import OKTA_EVENT_HOOK
from okta_hooks.cli.checking.finding import Finding, fine, warning, wrong
from okta_hooks.cli.checking.rules import Rules
from okta_hooks.cli.explaining.hook_file import HookFile
from okta_hooks.reconcile.allowances import denied
from okta_hooks.reconcile.event_types import nearest, unknown
from okta_hooks.reconcile.routes import wrong_routes

_SECRET_LIKE = re.compile(r"authorization|api-?key|token|secret|password|cookie", re.IGNORECASE)


def findings(hook: HookFile) -> Iterator[Finding]:
    """What there is to say, in the order of the fields."""
    yield from _refusals(hook)
    yield from _event_types(hook.spec)
    yield from _filters(hook.spec)
    yield from _headers(hook.spec)
    yield from _routes(hook.spec)
    yield from _sinks(hook)
    yield from _journal(hook.spec)
    yield from _allowances(hook.spec)


def _refusals(hook: HookFile) -> Iterator[Finding]:
    """What an API server would refuse."""
    spec = hook.spec.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    written: JsonValue = {"metadata": {"name": hook.name}, "spec": spec}
    broken = [wrong(path or "the object", message) for path, message in Rules(OKTA_EVENT_HOOK).broken_by(written)]
    yield from broken or [fine("the object", "The API server takes it.")]


def _event_types(spec: OktaEventHookSpec) -> Iterator[Finding]:
    strange = unknown(spec.event_types)
    for event_type in strange:
        meant = nearest(event_type)
        hint = f"did you mean {meant}?" if meant else "see Okta's catalogue of event types."
        sentence = f"{event_type} is not known as a type that Okta delivers to event hooks, and Okta decides: {hint}"
        yield warning("spec.eventTypes", sentence)
    if not strange:
        yield fine("spec.eventTypes", f"Okta delivers each of the {len(spec.event_types)}.")


def _filters(spec: OktaEventHookSpec) -> Iterator[Finding]:
    for each in spec.filters or ():
        if each.event_type not in spec.event_types:
            sentence = f"The filter of {each.event_type} filters nothing, since the type is not in eventTypes: add it."
            yield wrong("spec.filters", sentence)
    if spec.filters:
        yield warning(
            "spec.filters", "Okta takes filters only where the organization has that feature; not tried here."
        )


def _headers(spec: OktaEventHookSpec) -> Iterator[Finding]:
    for name in spec.headers or {}:
        if _SECRET_LIKE.search(name):
            sentence = f"Okta shows the value of {name} to whoever may read hooks: put a secret into auth.secretRef."
            yield warning("spec.headers", sentence)


def _routes(spec: OktaEventHookSpec) -> Iterator[Finding]:
    for problem in wrong_routes(spec.routes or ()):
        yield wrong("spec.routes", problem.message)
    for route in spec.routes or ():
        types = route.event_types or ()
        if types and not any(_covers(pattern, each) for pattern in types for each in spec.event_types):
            sentence = f"Route {route.name} takes nothing: none of its eventTypes is one of the hook's."
            yield warning("spec.routes", sentence)
    led_to = {name for route in spec.routes or () for name in route.sinks}
    for sink in spec.sinks or ():
        if spec.routes and sink.name not in led_to:
            yield warning("spec.routes", f"No route leads to the sink {sink.name}: it gets nothing.")


def _covers(pattern: str, event_type: str) -> bool:
    return event_type == pattern or (pattern.endswith("*") and event_type.startswith(pattern.removesuffix("*")))


def _sinks(hook: HookFile) -> Iterator[Finding]:
    is_external = hook.spec.receiver is not None and hook.spec.receiver.mode == "External"
    if not hook.spec.sinks and not is_external:
        yield warning("spec.sinks", "It has no sinks: events stay in the journal until they are dropped for their age.")
    for sink in hook.spec.sinks or ():
        if sink.ref is not None and hook.sink(sink.ref) is None:
            sentence = f"The sink {sink.name} is in none of the files ({sink.ref.name}), and was not looked at."
            yield warning("spec.sinks", sentence)


def _journal(spec: OktaEventHookSpec) -> Iterator[Finding]:
    journal = spec.receiver.journal if spec.receiver is not None else None
    if journal is not None and journal.empty_dir is not None:
        sentence = "The journal is an emptyDir: what no sink has had is lost with the pod. Use persistentVolume."
        yield warning("spec.receiver.journal", sentence)


def _allowances(spec: OktaEventHookSpec) -> Iterator[Finding]:
    refused = denied(spec, ())
    if refused is not None:
        yield warning("the installation", f"Unless the operator was started so that it may: {refused.message}")
