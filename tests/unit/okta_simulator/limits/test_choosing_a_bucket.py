"""Which limit a path counts in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.limits.rate_limits import choose_bucket

BUCKETS = {"/api/v1": 600, "/api/v1/users": 300, "/api/v1/users/me": 100}


@pytest.mark.parametrize(
    ("path", "bucket"),
    [
        ("/api/v1/users/me", "/api/v1/users/me"),
        ("/api/v1/users/00u1", "/api/v1/users"),
        ("/api/v1/users", "/api/v1/users"),
        ("/api/v1/usersets", "/api/v1"),
        ("/elsewhere", "/api/v1"),
    ],
)
def test_the_longest_path_that_it_lies_under_is_chosen(path: str, bucket: str) -> None:
    assert choose_bucket(path, BUCKETS) == bucket


@given(st.lists(st.sampled_from(["api", "v1", "users", "me", "logs", ""]), max_size=6).map("/".join))
def test_every_path_has_a_bucket(path: str) -> None:
    assert choose_bucket(path, BUCKETS) in BUCKETS
