"""What a cluster could leave on a machine, looked for by the path of its state folder."""

from collections.abc import Iterator
from pathlib import Path


def of(state: Path) -> list[str]:
    """Everything that is left, in words; empty when nothing is."""
    folder = [f"folder {state}"] if state.exists() else []
    return [*folder, *running(state), *_cgroups(state.name)]


def running(state: Path) -> list[str]:
    """The processes that mention the folder, and the mounts that they see below it."""
    return [f"process {process.name}" for process in _processes() if _mentions(process, state)]


def _processes() -> Iterator[Path]:
    return (path for path in Path("/proc").iterdir() if path.name.isdigit())


def _mentions(process: Path, state: Path) -> bool:
    try:
        return any(str(state) in (process / file).read_text(errors="replace") for file in ("cmdline", "mountinfo"))
    except OSError:
        return False  # it has just ended


def _cgroups(name: str) -> list[str]:
    return [f"cgroup {path}" for path in Path("/sys/fs/cgroup").glob(f"**/{name}")]
