"""What an image is made from, as a digest that names it in the cache."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

KEPT = 3
"""Archives of one image that stay in the cache: other checkouts and going back to an older commit use them."""


def digest(root: Path, names: Iterable[str]) -> str:
    """The digest of files and of folders with all that is in them, without what Python leaves there."""
    found = hashlib.sha256()
    for name in names:
        for file in _files(root / name):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            found.update(f"{file.relative_to(root)} {file.stat().st_mode:o} {content}\n".encode())
    return found.hexdigest()[:12]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def identity(*files: Path, text: str = "") -> str:
    """A digest of large files that were put where they are once: by path, size and time."""
    found = hashlib.sha256(text.encode())
    for file in files:
        seen = file.stat()
        found.update(f"{file} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return found.hexdigest()[:12]


def keep_newest(used: Path, pattern: str, kept: int = KEPT) -> None:
    """Note that a file or folder was used just now, and delete all but the last used ones beside it."""
    os.utime(used)
    by_use = sorted(used.parent.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_use[kept:]:
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
