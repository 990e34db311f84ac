"""The dispatcher's word to the receiver: how far every cursor has passed.

Retention drops files, and only the receiver may write the log's folder; but only the dispatcher knows the cursors. The
word goes through one small file in the dispatcher's folder, which the receiver mounts read-only:

- a file needs no connection, token, port or retry, and is still there when either side starts again;
- it is replaced in one step and only ever says too little: when it is old, missing or unreadable, nothing is
  dropped that some cursor needs, and the log grows towards its limit, where the receiver refuses and says so;
- a request to the dispatcher's admin port would need a credential in the container that faces the internet.

The dispatcher writes it after its cursors are on stable storage. Whose cursors are lost begins at the oldest record,
and says so here first.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from okta_hooks.journal.record import Position


class PassedFile:
    """The file, for both sides."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where it is."""

    async def release(self, passed: Position) -> None:
        """Say that nothing before a place is needed any more, except for replay.

        Raises:
            OSError: The file can't be written.
        """
        await asyncio.to_thread(self._replace, passed)

    def read(self) -> Position | None:
        """What was said last; None when nothing was, or nothing that can be read."""
        try:
            return Position.parse(self.path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def _replace(self, passed: Position) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{passed}\n", encoding="ascii")
        fresh.replace(self.path)
