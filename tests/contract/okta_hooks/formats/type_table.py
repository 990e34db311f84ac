"""The table of event types in docs/formats.md; made anew by `python -m contract.okta_hooks.formats.type_table`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ocsf_json_schema import get_ocsf_schema  # type: ignore[import-untyped]

from okta_hooks.formats.ecs.categories import categories
from okta_hooks.formats.ocsf.classes import meaning
from okta_hooks.formats.ocsf.objects import VERSION
from samples.log_events import ELIGIBLE

PAGE = Path(__file__).parents[4] / "docs" / "formats.md"
HEAD = "| Okta | OCSF | `type_uid` | ECS category | ECS type |\n|---|---|---|---|---|\n"


def table() -> str:
    """The table."""
    return HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    captions = {
        int(number): str(value["caption"])
        for ocsf_class in get_ocsf_schema(version=VERSION)["classes"].values()
        for number, value in ocsf_class["attributes"]["type_uid"]["enum"].items()
    }
    for event_type in ELIGIBLE:
        number, kinds = meaning(event_type).type_uid, categories(event_type)
        said = f"{', '.join(kinds.category)} | {', '.join(kinds.type)}"
        yield f"| `{event_type}` | {captions[number]} | {number} | {said} |\n"


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text().partition(HEAD)[0] + table())
