"""How much memory a process takes."""

from __future__ import annotations

from pathlib import Path


def peak_mb(pid: int) -> float:
    """The most memory that a process ever had in use, in millions of bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    kibibytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return kibibytes * 1024 / 1e6
