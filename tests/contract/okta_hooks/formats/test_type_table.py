"""The page on formats says what the code does."""

from __future__ import annotations

from contract.okta_hooks.formats.type_table import HEAD, PAGE, table


def test_the_table_of_types_is_that_of_the_code() -> None:
    _, head, rows = PAGE.read_text().partition(HEAD)
    assert head + rows == table(), "make it anew: python -m contract.okta_hooks.formats.type_table"
