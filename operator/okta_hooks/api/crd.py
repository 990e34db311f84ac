"""CRDs, made from the models: `python -m okta_hooks.api.crd crds` writes them, with `--check` it compares."""

from __future__ import annotations

from pathlib import Path

import click
import yaml
from pydantic import JsonValue, TypeAdapter

from okta_hooks.api.group import GROUP, VERSION
from okta_hooks.api.model import ApiModel
from okta_hooks.api.resource import KINDS, Column, Kind

Schema = dict[str, JsonValue]
_OBJECT: TypeAdapter[Schema] = TypeAdapter(Schema)

_INITIAL_CONDITION: Schema = {
    "type": "Ready",
    "status": "Unknown",
    "observedGeneration": 0,
    "lastTransitionTime": "1970-01-01T00:00:00Z",
    "reason": "Pending",
    "message": "Waiting for the operator; if this stays, see whether it runs.",
}
"""An object without a Ready condition counts as current for kstatus, so none is ever without."""


def definition(kind: Kind) -> Schema:
    """The CustomResourceDefinition of a kind."""
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.plural}.{GROUP}"},
        "spec": {
            "group": GROUP,
            "scope": kind.scope,
            "names": {
                "kind": kind.kind,
                "listKind": f"{kind.kind}List",
                "plural": kind.plural,
                "singular": kind.singular,
                "categories": ["okta"],
                **({"shortNames": list(kind.short_names)} if kind.short_names else {}),
            },
            "versions": [
                {
                    "name": VERSION,
                    "served": True,
                    "storage": True,
                    "subresources": {"status": {}},
                    "additionalPrinterColumns": [_column(column) for column in kind.columns],
                    "schema": {"openAPIV3Schema": _object_schema(kind)},
                }
            ],
        },
    }


def structural(model: type[ApiModel]) -> Schema:
    """The schema of a model as a CRD may hold it: without references, titles, and nulls."""
    written = _OBJECT.validate_python(model.model_json_schema(by_alias=True, mode="validation"))
    definitions = _OBJECT.validate_python(written.pop("$defs", {}))
    return _OBJECT.validate_python(_inline(written, definitions))


def _object_schema(kind: Kind) -> Schema:
    status = structural(kind.status)
    status["default"] = {"observedGeneration": 0, "conditions": [_INITIAL_CONDITION]}
    return {
        "type": "object",
        "description": kind.description,
        "required": ["spec"],
        "x-kubernetes-validations": [
            {
                "rule": _NAME_RULE,
                "message": "choose a name of at most 40 lower-case letters, digits and dashes",
            }
        ],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": structural(kind.spec),
            "status": status,
        },
    }


def _column(column: Column) -> Schema:
    written: Schema = {"name": column.name, "type": column.type, "jsonPath": column.path}
    if column.wide:
        written["priority"] = 1
    if column.description:
        written["description"] = column.description
    return written


_NAME_RULE = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && self.metadata.name.size() <= 40"
_DROPPED = {"title", "examples", "default"}


def _inline(node: JsonValue, definitions: Schema) -> JsonValue:
    if isinstance(node, list):
        return [_inline(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    node = _without_null(node)
    if "$ref" in node:
        name = str(node["$ref"]).rsplit("/", 1)[-1]
        referred = _OBJECT.validate_python(definitions[name])
        node = {**referred, **{key: value for key, value in node.items() if key != "$ref"}}
        return _inline(node, definitions)
    return {key: _value(key, value, definitions) for key, value in node.items() if key not in _DROPPED}


def _value(key: str, value: JsonValue, definitions: Schema) -> JsonValue:
    if key == "properties":  # names chosen by us, which may be such as "default"
        return {name: _inline(each, definitions) for name, each in _OBJECT.validate_python(value).items()}
    return _inline(value, definitions)


def _without_null(node: Schema) -> Schema:
    """An optional field is one that may be left out; Kubernetes has no use for null."""
    choices = node.get("anyOf")
    if not isinstance(choices, list):
        return node
    kept = [choice for choice in choices if choice != {"type": "null"}]
    if len(kept) != 1:
        raise TypeError(f"a field is one of several types, which a CRD cannot say: {kept}")
    only = _OBJECT.validate_python(kept[0])
    return {**only, **{key: value for key, value in node.items() if key != "anyOf"}}


def rendered(kind: Kind) -> str:
    """The file of a kind."""
    written: str = yaml.safe_dump(definition(kind), sort_keys=False, width=110, allow_unicode=True)
    return "# Generated from okta_hooks.api by `make generate`; change the models instead.\n" + written


@click.command(help="Write the CRDs into FOLDER, or, with --check, say which of them are out of date.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a file differs.")
def main(folder: Path, check: bool) -> None:  # noqa: FBT001 -- click passes options by name
    """Keep the files of `crds/` equal to the models."""
    files = {folder / f"{kind.plural}.yaml": rendered(kind) for kind in KINDS}
    stale = [file for file, text in files.items() if not file.exists() or file.read_text() != text]
    if check and stale:
        raise click.ClickException(f"out of date: {', '.join(map(str, stale))}; run `make generate`")
    for file in stale:
        file.write_text(files[file])
        click.echo(f"wrote {file}")


if __name__ == "__main__":
    main()
