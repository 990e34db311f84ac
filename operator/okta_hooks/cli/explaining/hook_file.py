"""A hook in files of YAML, with the shared sinks that are there too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import yaml
from pydantic import ValidationError

from okta_hooks.api.group import API_VERSION
from okta_hooks.api.model import ApiModel
from okta_hooks.api.okta_event_hook import OktaEventHookSpec
from okta_hooks.api.resource import CLUSTER_OKTA_EVENT_SINK, OKTA_EVENT_HOOK, OKTA_EVENT_SINK
from okta_hooks.api.sinks.hook_sink import SinkRef
from okta_hooks.api.sinks.okta_event_sink import ClusterOktaEventSinkSpec, OktaEventSinkSpec
from okta_hooks.bad_input import BadInput

Spec = TypeVar("Spec", bound=ApiModel)

_SINK_SPECS: Mapping[str, type[OktaEventSinkSpec]] = {
    OKTA_EVENT_SINK.kind: OktaEventSinkSpec,
    CLUSTER_OKTA_EVENT_SINK.kind: ClusterOktaEventSinkSpec,
}


@dataclass(frozen=True)
class HookFile:
    """A hook.

    Args:
        name: Its name.
        spec: Its spec.
        shared: The shared sinks that were found, by kind and name.
    """

    name: str
    spec: OktaEventHookSpec
    shared: Mapping[tuple[str, str], OktaEventSinkSpec] = field(default_factory=dict)

    def sink(self, reference: SinkRef) -> OktaEventSinkSpec | None:
        """The sink that a reference names, if it is in the files."""
        return self.shared.get((reference.kind or OKTA_EVENT_SINK.kind, reference.name))


class _Metadata(ApiModel):
    name: str = ""


class _Document(ApiModel):
    """An object in a file, of whatever kind."""

    api_version: str = ""
    kind: str = ""
    metadata: _Metadata = _Metadata()
    spec: object = None


def hook_in(files: Sequence[tuple[str, bytes]], name: str | None = None) -> HookFile:
    """The hook in some files.

    Args:
        files: What to call each, and what is in it.
        name: The hook's name; None where there is one hook only.

    Raises:
        BadInput: There is none, or it can't be used.
    """
    documents = [each for file, content in files for each in _documents(file, content)]
    hooks = [each for each in documents if each.kind == OKTA_EVENT_HOOK.kind]
    named = [each for each in hooks if name is None or each.metadata.name == name]
    where = ", ".join(file for file, _ in files)
    if not named:
        raise BadInput(f"{where} has no OktaEventHook {name or ''}".rstrip() + ": give the file that has it")
    if len(named) > 1:
        names = ", ".join(each.metadata.name for each in named)
        raise BadInput(f"{where} has several OktaEventHooks ({names}): choose one of different names with --hook")
    (hook,) = named
    shared = {
        (each.kind, each.metadata.name): _spec(_SINK_SPECS[each.kind], each)
        for each in documents
        if each.kind in _SINK_SPECS
    }
    return _checked(HookFile(hook.metadata.name, _spec(OktaEventHookSpec, hook), shared))


def _documents(file: str, content: bytes) -> Iterator[_Document]:
    try:
        for read in yaml.safe_load_all(content):
            document = _Document.model_validate(read) if isinstance(read, dict) else _Document()
            if document.api_version == API_VERSION:
                yield document
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise BadInput(f"{file} is not YAML{place} ({error.problem}): correct it there") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise BadInput(f"{file} is not YAML of Kubernetes objects: {_first(error)}") from error


def _spec(kind: type[Spec], document: _Document) -> Spec:
    """A spec; a field that nobody knows is a typing error, which the API server would take away."""
    try:
        return kind.model_validate(document.spec, extra="forbid")
    except ValidationError as error:
        raise BadInput(f"{document.kind} {document.metadata.name} can't be used: {_first(error)}") from error


def _checked(hook: HookFile) -> HookFile:
    sinks = {sink.name for sink in hook.spec.sinks or ()}
    for route in hook.spec.routes or ():
        for name in route.sinks:
            if name not in sinks:
                raise BadInput(
                    f"OktaEventHook {hook.name} can't be used: the route {route.name} leads to the sink {name}, which"
                    " is not in spec.sinks"
                )
    return hook


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return " ".join(str(error).split())
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(['spec', *map(str, first['loc'])])}: {first['msg']}"
