"""Entries' JSON, held light: a day of the most that Okta delivers (400,000 events) takes some ten megabytes."""

from __future__ import annotations

import zlib

_BLOCK = 32
"""Entries compressed together: about as much text as zlib looks back on."""


class Archive:
    """A row of JSON texts that grows at its end and is forgotten from its beginning.

    Entries resemble each other, so that blocks of them shrink to a small part. The newest, which are asked for most,
    stay as they are until their block is full.
    """

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._newest: list[bytes] = []
        self._opened: tuple[int, list[bytes]] = (-1, [])

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._newest)

    def append(self, text: bytes) -> None:
        """Add a JSON text at the end; JSON has no raw line break, which therefore separates the texts of a block."""
        self._newest.append(text)
        if len(self._newest) == _BLOCK:
            self._blocks.append(zlib.compress(b"\n".join(self._newest), 1))
            self._newest = []

    def __getitem__(self, index: int) -> bytes:
        """The text at an index.

        Raises:
            IndexError: It was forgotten, or not yet added.
        """
        number, place = divmod(index, _BLOCK)
        if number == len(self._blocks):
            return self._newest[place]
        if self._opened[0] != number:
            if not self._blocks[number]:
                raise IndexError(index)
            self._opened = (number, zlib.decompress(self._blocks[number]).split(b"\n"))
        return self._opened[1][place]

    def forget_before(self, index: int) -> None:
        """Let go of blocks that lie wholly before an index; those after it keep their indexes."""
        number = min(index // _BLOCK, len(self._blocks)) - 1
        while number >= 0 and self._blocks[number]:
            self._blocks[number] = b""
            number -= 1
