"""Which of the document's operations a request is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract.okta_simulator.openapi.document import Json, JsonObject


def members(value: Json) -> JsonObject:
    """A part of the document that is an object; empty where there is none."""
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        name: Okta's `operationId`.
        pointer: Where it stands in the document, as a JSON pointer.
        parameters: Where the operation's parameters stand, by place and name, such as `("query", "limit")`.
        request: Content types that a request may have.
        responses: Content types of the answer by status; none where it has no body.
    """

    name: str
    pointer: str
    parameters: Mapping[tuple[str, str], str]
    request: Sequence[str]
    responses: Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class _Path:
    pattern: re.Pattern[str]
    template: str
    operations: Mapping[str, Operation]


class Operations:
    """All operations of a document."""

    def __init__(self, document: JsonObject) -> None:
        self._document = document
        paths = [self._path(template, members(item)) for template, item in members(document["paths"]).items()]
        self._paths = sorted(paths, key=lambda path: path.template.count("{"))  # `/users/me` before `/users/{id}`

    def find(self, method: str, path: str) -> Operation | None:
        """The operation of a request; None where the document has none."""
        for candidate in self._paths:
            if candidate.pattern.fullmatch(path) and method in candidate.operations:
                return candidate.operations[method]
        return None

    def resolved(self, pointer: str) -> tuple[str, JsonObject]:
        """What stands at a place of the document, and at which once its reference is followed."""
        value: Json = self._document
        for part in pointer.removeprefix("/").split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else members(value)[name]
        reference = members(value).get("$ref")
        return self.resolved(reference.removeprefix("#")) if isinstance(reference, str) else (pointer, members(value))

    def _path(self, template: str, item: JsonObject) -> _Path:
        pattern = re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)))
        pointer = f"/paths/{template.replace('~', '~0').replace('/', '~1')}"
        operations = {
            method.upper(): self._operation(pointer, method, members(operation))
            for method, operation in item.items()
            if method in ("get", "post", "put", "patch", "delete")
        }
        return _Path(pattern, template, operations)

    def _operation(self, path: str, method: str, operation: JsonObject) -> Operation:
        pointer = f"{path}/{method}"
        return Operation(
            name=str(operation["operationId"]),
            pointer=pointer,
            parameters={**self._parameters(path), **self._parameters(pointer)},
            request=self._content_types(f"{pointer}/requestBody") if "requestBody" in operation else (),
            responses={
                int(status): self._content_types(f"{pointer}/responses/{status}")
                for status in members(operation["responses"])
            },
        )

    def _parameters(self, pointer: str) -> Mapping[tuple[str, str], str]:
        _, owner = self.resolved(pointer)
        listed = owner.get("parameters", [])
        count = len(listed) if isinstance(listed, list) else 0
        places = (self.resolved(f"{pointer}/parameters/{index}") for index in range(count))
        return {(str(parameter["in"]), str(parameter["name"])): place for place, parameter in places}

    def _content_types(self, pointer: str) -> Sequence[str]:
        return tuple(members(self.resolved(pointer)[1].get("content")))
