"""The dispatcher's word on how far every cursor has passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.journal import PassedFile, Position


async def test_what_was_said_last_is_read(tmp_path: Path) -> None:
    passed = PassedFile(tmp_path / "passed")
    await passed.release(Position(1, 2, 3))
    await passed.release(Position(1_700_000_000_000, 5, 6))
    assert PassedFile(tmp_path / "passed").read() == Position(1_700_000_000_000, 5, 6)


def test_nothing_said_is_nothing_passed(tmp_path: Path) -> None:
    assert PassedFile(tmp_path / "passed").read() is None


@pytest.mark.parametrize("content", [b"", b"1:2", b"a:b:c", b"\xff\x00", b"-1:2:3", b"1:2:3:4"])
def test_what_can_not_be_read_is_nothing_passed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "passed").write_bytes(content)
    assert PassedFile(tmp_path / "passed").read() is None
