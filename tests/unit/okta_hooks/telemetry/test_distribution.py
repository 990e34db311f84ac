"""How values spread, as Prometheus counts them."""

from __future__ import annotations

from okta_hooks.telemetry.distribution import Distribution


def test_buckets_count_everything_up_to_their_bound() -> None:
    distribution = Distribution([1, 2])
    for value in (0.5, 1, 1.5, 9):
        distribution.observe(value)
    samples = {
        (sample.name, sample.labels.get("le")): sample.value for sample in distribution.family("x", "X.").samples
    }
    assert samples == {
        ("x_bucket", "1"): 2,
        ("x_bucket", "2"): 3,
        ("x_bucket", "+Inf"): 4,
        ("x_count", None): 4,
        ("x_sum", None): 12,
    }
