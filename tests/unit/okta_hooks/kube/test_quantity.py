"""Amounts as Kubernetes writes them."""

from __future__ import annotations

import pytest

from okta_hooks.kube.quantity import amount


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("10Gi", 10 * 1024**3), ("100M", 100_000_000), ("1.5Ki", 1536), ("7", 7), ("250m", 0.25), ("2k", 2000)],
)
def test_a_quantity_is_an_amount(quantity: str, expected: float) -> None:
    assert amount(quantity) == expected


@pytest.mark.parametrize("quantity", ["", "Gi", "1Q", "-1", "1 Gi"])
def test_what_is_no_quantity_is_refused(quantity: str) -> None:
    with pytest.raises(ValueError, match="is no quantity"):
        amount(quantity)
