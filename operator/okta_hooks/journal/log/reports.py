"""The dispatcher's word to the receiver on what of the log it could not read.

Only who reads meets damage, and only the receiver may write the log's folder. So the dispatcher names the place in one
small file in its own folder, as it does with what every cursor has passed (`passed`), and the receiver sets the segment
aside once it has seen the damage with its own eyes. A word that is lost costs a name and no event: reading goes on
behind the damage all the same, and who meets it next says it again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock

from okta_hooks.journal.record import Position

REPORTS_FILE = "damaged"
"""Its name in the dispatcher's folder."""
_MOST = 100


class DamageReports:
    """The file, for both sides; may be told from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def tell(self, place: Position) -> None:
        """Say that what begins at a place can't be read; with offset 0, that a segment's header can't."""
        with self._lock:
            told = self.read()
            if place in told:
                return
            with suppress(OSError):  # such as a full volume; it is said again by who reads there next
                self._replace([*told, place][-_MOST:])

    def read(self) -> tuple[Position, ...]:
        """What was said, oldest first; nothing where nothing can be read."""
        try:
            return tuple(map(Position.parse, self._path.read_text(encoding="ascii").splitlines()))
        except (OSError, ValueError):
            return ()

    def _replace(self, places: list[Position]) -> None:
        fresh = self._path.with_name(f"{self._path.name}.new")  # not that of `passed`
        fresh.write_text("".join(f"{place}\n" for place in places), encoding="ascii")
        fresh.replace(self._path)
