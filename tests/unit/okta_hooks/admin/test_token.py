"""The token of the admin port."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.admin.token import AdminToken, fingerprint


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text("first\n")
    return file


def test_the_token_permits_and_nothing_else_does(file: Path) -> None:
    token = AdminToken(file)
    presented = ["Bearer first", "Bearer second", "Bearer ", "first", "bearer first", None, "Bearer \udcff"]
    assert [token.permits(one) for one in presented] == [True, *[False] * 6]


def test_a_new_token_counts_at_once(file: Path) -> None:
    token = AdminToken(file)
    file.write_text("second")
    assert (token.permits("Bearer first"), token.permits("Bearer second")) == (False, True)


@pytest.mark.parametrize("content", [None, ""])
def test_a_token_that_is_gone_stays_what_it_was(file: Path, content: str | None) -> None:
    token = AdminToken(file)
    file.unlink()
    if content is not None:
        file.write_text(content)
    assert token.permits("Bearer first")
    assert not token.permits("Bearer ")


def test_fingerprints_agree_only_for_the_same_secret_under_the_same_token(file: Path) -> None:
    ours = AdminToken(file).fingerprint(b"secret")
    assert ours == fingerprint(b"secret", token=b"first")
    assert len({ours, fingerprint(b"secret", token=b"second"), fingerprint(b"other", token=b"first")}) == 3
