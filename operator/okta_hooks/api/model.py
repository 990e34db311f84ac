"""What every model of a custom resource has in common."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic.alias_generators import to_camel


class ApiModel(BaseModel):
    """A part of a custom resource: frozen, in camelCase outside, blind to fields that a newer version may know."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")


@dataclass(frozen=True)
class Rule:
    """A CEL rule that the API server checks.

    Args:
        rule: The expression; `self` is what carries the rule, `oldSelf` what it was.
        message: A sentence that says what to write instead.
        message_expression: The same sentence as a CEL expression, where it quotes what was written.
    """

    rule: str
    message: str
    message_expression: str = ""

    def as_schema(self) -> dict[str, JsonValue]:
        """The rule as a CRD's schema writes it."""
        written: dict[str, JsonValue] = {"rule": self.rule, "message": self.message}
        if self.message_expression:
            written["messageExpression"] = self.message_expression
        return written


def validated_by(*given: Rule) -> dict[str, JsonValue]:
    """The part of a schema that carries rules: for `Field(json_schema_extra=...)`."""
    return {"x-kubernetes-validations": [each.as_schema() for each in given]}


def rules(*given: Rule) -> ConfigDict:
    """The configuration of a model whose objects obey rules."""
    return ConfigDict(json_schema_extra=validated_by(*given))


def exactly_one_of(*fields: str) -> Rule:
    """A union: one of the fields, and only one."""
    present = ", ".join(f"has(self.{field})" for field in fields)
    names = ", ".join(fields[:-1]) + f" or {fields[-1]}"
    return Rule(f"[{present}].filter(given, given).size() == 1", f"give exactly one of {names}")
