"""Adding a line to a file, whole or not at all."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

from okta_simulator.bad_input import BadInput


def append_line(file: FileIO, path: Path, line: bytes) -> None:
    """Add a line, its break included, in one write, so that an end of the process leaves whole lines.

    What a full disk took of the line is taken back: the next one would begin in its middle.

    Raises:
        BadInput: The disk did not take the line.
    """
    try:
        taken = os.write(file.fileno(), line)
    except OSError as error:
        raise _not_kept(path, error.strerror) from error
    if taken < len(line):
        os.ftruncate(file.fileno(), os.fstat(file.fileno()).st_size - taken)
        raise _not_kept(path, "it took only a part of a line")


def _not_kept(path: Path, reason: str | None) -> BadInput:
    return BadInput(f"{path} cannot be written any more ({reason}): make room on its disk, and start again")
