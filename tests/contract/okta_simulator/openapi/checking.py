"""What Okta's document says against an exchange; schemas are judged by openapi-schema-validator."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jsonschema.protocols import Validator
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator
from referencing import Registry
from referencing.jsonschema import DRAFT4, Schema

from contract.okta_simulator.openapi.completeness import Completeness
from contract.okta_simulator.openapi.document import Json, JsonObject
from contract.okta_simulator.openapi.exchange import Exchange
from contract.okta_simulator.openapi.operations import Operation, Operations

_DOCUMENT = "urn:okta:openapi"
_ERROR = "/components/schemas/Error"
_SCALARS: Mapping[str, type] = {"integer": int, "number": float}


@dataclass(frozen=True)
class Complaint:
    """A difference between an exchange and the document.

    Attributes:
        operation: Okta's `operationId`, or method and path where the document has no such operation.
        place: What differs, such as `200 /events/filter`; indices of lists are written `*`.
        reason: How it differs.
    """

    operation: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.operation} {self.place}: {self.reason}"


class Checker:
    """Judges exchanges by a document."""

    def __init__(self, document: JsonObject) -> None:
        self.operations = Operations(document)
        self._completeness = Completeness(self.operations)
        self._registry: Registry[Schema] = Registry().with_resource(_DOCUMENT, DRAFT4.create_resource(document))

    def complaints(self, exchange: Exchange) -> Iterator[Complaint]:
        """Everything that differs; a request is judged only where it was carried out: refused ones may be wrong."""
        operation = self.operations.find(exchange.method, exchange.path)
        if operation is None:
            yield Complaint(f"{exchange.method} {exchange.path}", "operation", "is not in the document")
            return
        if exchange.status < 400:
            yield from self._request(operation, exchange)
        yield from self._answer(operation, exchange)

    def violations(self, schema: str, value: Json) -> list[str]:
        """How something breaks one of the document's schemas, as what is read."""
        validator = self._validator(OAS30ReadValidator, f"/components/schemas/{schema}")
        return [str(one) for one in self._violations(schema, "", validator, value)]

    def _request(self, operation: Operation, exchange: Exchange) -> Iterator[Complaint]:
        for name, value in exchange.query.items():
            yield from self._parameter(operation, name, value)
        if exchange.sent and exchange.sent_type not in operation.request:
            yield Complaint(operation.name, "request", f"content type {exchange.sent_type} is not declared")
        elif exchange.sent_type == "application/json":
            schema = f"{operation.pointer}/requestBody/content/application~1json/schema"
            validator = self._validator(OAS30WriteValidator, schema)
            yield from self._violations(operation.name, "request", validator, json.loads(exchange.sent))

    def _parameter(self, operation: Operation, name: str, text: str) -> Iterator[Complaint]:
        pointer = operation.parameters.get(("query", name))
        if pointer is None:
            yield Complaint(operation.name, f"query {name}", "is not declared")
            return
        validator = self._validator(OAS30WriteValidator, f"{pointer}/schema")
        _, schema = self.operations.resolved(f"{pointer}/schema")
        yield from self._violations(operation.name, f"query {name}", validator, _read_as(schema.get("type"), text))

    def _answer(self, operation: Operation, exchange: Exchange) -> Iterator[Complaint]:
        place = str(exchange.status)
        declared = operation.responses.get(exchange.status)
        if declared is None:
            yield Complaint(operation.name, place, "is not declared")
            declared, schema = ("application/json",), _ERROR
        else:
            schema = f"{operation.pointer}/responses/{exchange.status}/content/application~1json/schema"
        if exchange.got_type not in (declared or ("",)):
            yield Complaint(operation.name, place, f"content type {exchange.got_type!r} is none of {declared}")
        elif exchange.got_type == "application/json":
            yield from self._body(operation.name, place, schema, json.loads(exchange.got))

    def _body(self, operation: str, place: str, pointer: str, body: Json) -> Iterator[Complaint]:
        pointer = self._place(pointer)
        yield from self._violations(operation, place, self._validator(OAS30ReadValidator, pointer), body)
        for field in self._completeness.unknown(self.operations.resolved(pointer)[1], body):
            yield Complaint(operation, f"{place} {field}", "is not in the document")

    def _validator(self, kind: type[Validator], pointer: str) -> Validator:
        """What judges by a schema of the document."""
        return kind(
            {"$ref": f"{_DOCUMENT}#{self._place(pointer)}"},
            registry=self._registry,
            format_checker=OAS30ReadValidator.FORMAT_CHECKER,
        )

    def _place(self, pointer: str) -> str:
        """Where a schema stands once references on the way to it are followed."""
        owner, _, last = pointer.rpartition("/content/")
        return f"{self.operations.resolved(owner)[0]}/content/{last}" if owner else pointer

    def _violations(self, operation: str, where: str, validator: Validator, value: Json) -> Iterator[Complaint]:
        for error in validator.iter_errors(value):
            place = "".join(f"/{'*' if isinstance(part, int) else part}" for part in error.absolute_path)
            yield Complaint(operation, f"{where} {place}".strip(), error.message)


def _read_as(kind: Json, text: str) -> Json:
    """A parameter as the type that its schema has; as text where it is no such thing."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        value: Json = _SCALARS.get(str(kind), str)(text)
    except ValueError:
        return text
    return value
