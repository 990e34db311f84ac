"""docs/simulator.md says what is there: every option with its default, every operation of the control API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from okta_simulator.control.groups import controls_of
from okta_simulator.options import CircuitBreaker, Options
from okta_simulator.organization import Organization

PAGE = (Path(__file__).parents[3] / "docs" / "simulator.md").read_text()


def options_of(group: msgspec.Struct, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and default of every option."""
    for field in msgspec.structs.fields(group):
        value, name = getattr(group, field.name), prefix + field.encode_name
        if isinstance(value, msgspec.Struct):
            yield from options_of(value, f"{name}.")
        else:
            yield name, msgspec.json.encode(value).decode()


def test_every_option_is_documented_with_its_default_and_no_other() -> None:
    documented = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| \S", PAGE, re.MULTILINE)
    expected = {*options_of(Options()), *options_of(CircuitBreaker(), "delivery.circuitBreaker.")}
    assert set(documented) == expected


def test_every_operation_of_the_control_api_is_documented_and_no_other() -> None:
    documented = re.findall(
        r"`((?:GET|POST|PUT|PATCH|DELETE) /[^`]*)`", PAGE.split("## The control API")[1].split("\n## ")[0]
    )
    expected = {
        f"{operation.method} {operation.path}"
        for group in controls_of(Organization())
        for operation in group.operations()
    }
    assert set(documented) == expected
