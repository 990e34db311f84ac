"""System Log events as Okta would send them, from the simulator; for all tests of formats."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from okta_simulator.events.catalog import Catalog
from okta_simulator.options import Log
from unit.okta_simulator.events.company_events import CompanyEvents

ELIGIBLE = tuple(event_type.name for event_type in Catalog().eligible())
KNOWN = tuple(event_type.name for event_type in Catalog())


@cache
def samples() -> Mapping[str, tuple[bytes, ...]]:
    """Several events of each type that the simulator knows: they end in several ways, with and without nulls."""
    companies = [CompanyEvents(options=Log(explicit_nulls=nulls)) for nulls in (True, False)]
    return {
        name: tuple(msgspec.json.encode(company.generator.of_type(name)) for company in companies for _ in range(4))
        for name in KNOWN
    }


def everyday(count: int) -> list[bytes]:
    """The mixture of a working day."""
    return [msgspec.json.encode(event) for event in CompanyEvents().generator.everyday(count)]
