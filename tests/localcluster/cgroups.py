"""Control groups: one parent for a whole cluster, below the starter's own, seen as the root from inside.

The kernel never removes a cgroup folder by itself, so their paths are written down before they are made and
removed by `remove` at the end, or by the next start.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from localcluster import kernel

ROOT = Path("/sys/fs/cgroup")
COMPONENTS = "components"
"""The child for everything that is no pod: cgroup v2 allows no processes beside children."""
_REMOVAL_TIMEOUT = 30.0


@dataclass(frozen=True)
class Hierarchy:
    """One line of /proc/self/cgroup: a tree of groups and where this process is in it."""

    controllers: str
    """As the kernel lists them, such as `cpu,cpuacct` or `name=systemd`; empty for version 2."""
    mounted_at: Path
    path: str

    @property
    def folder(self) -> Path:
        """This process's group."""
        return self.mounted_at / self.path.lstrip("/")


def hierarchies(listing: str, root: Path = ROOT) -> list[Hierarchy]:
    """The hierarchies that /proc/self/cgroup lists and that are mounted below `root`.

    Version 1 mounts each controller at a folder of its name, version 2 at the root itself or, beside version 1,
    at `unified` (systemd's layout, which every distribution follows).
    """
    found = []
    for line in listing.splitlines():
        _, controllers, path = line.split(":", 2)
        candidates = [root / controllers.removeprefix("name=")] if controllers else [root / "unified", root]
        mounted = next((place for place in candidates if (place / "cgroup.procs").exists()), None)
        if mounted:
            found.append(Hierarchy(controllers, mounted, path))
    return found


def create(name: str, record: Path) -> None:
    """Make the group `name` below this process's own in every hierarchy, and move this process into it."""
    own = hierarchies(Path("/proc/self/cgroup").read_text())
    record.write_text("".join(f"{hierarchy.folder / name}\n" for hierarchy in own))
    for hierarchy in own:
        group = hierarchy.folder / name
        group.mkdir()
        _inherit_processors(group)
        (group / "cgroup.procs").write_text("0")


def mount_as_root() -> None:
    """Inside a new cgroup namespace: mount every hierarchy so that the group of `create` is its root."""
    listing = Path("/proc/self/cgroup").read_text().splitlines()
    controllers = [line.split(":", 2)[1] for line in listing]
    if any(controllers):
        kernel.mount("tmpfs", str(ROOT), "tmpfs", "mode=755")
    for names in controllers:
        if names:
            place = ROOT / names.removeprefix("name=")
            place.mkdir()
            kernel.mount("cgroup", str(place), "cgroup", names if "=" not in names else f"none,{names}")
        elif any(controllers):
            (ROOT / "unified").mkdir()
            kernel.mount("cgroup2", str(ROOT / "unified"), "cgroup2")
        else:
            kernel.mount("cgroup2", str(ROOT), "cgroup2")
    for root in _mounted_roots():
        components = root / COMPONENTS
        components.mkdir()
        _inherit_processors(components)
    join_sandbox()
    if not any(controllers):
        _delegate_controllers()


def join_sandbox() -> None:
    """Move this process to the other components of the sandbox whose mounts it sees."""
    for root in _mounted_roots():
        (root / COMPONENTS / "cgroup.procs").write_text("0")


def remove(record: Path) -> bool:
    """Remove the groups that `create` wrote down; False if processes were left in them to the end."""
    groups = [Path(line) for line in record.read_text().splitlines()] if record.exists() else []
    deadline = time.monotonic() + _REMOVAL_TIMEOUT
    while not all(_removed(group) for group in groups):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _removed(group: Path) -> bool:
    """Remove a group with its children; False while the kernel still ends processes in it."""
    try:
        for folder, _, _ in os.walk(group, topdown=False):
            Path(folder).rmdir()
    except FileNotFoundError:
        return not group.exists()
    except OSError:
        return False
    return True


def _mounted_roots() -> list[Path]:
    return [root for root in (ROOT, *ROOT.iterdir()) if (root / "cgroup.procs").exists()]


def _inherit_processors(group: Path) -> None:
    """A version 1 cpuset starts empty and takes no process until it has processors and memory nodes."""
    for file in ("cpuset.cpus", "cpuset.mems"):
        if (group / file).exists() and (group.parent / file).exists() and "cpuset" in str(group):
            (group / file).write_text((group.parent / file).read_text())


def _delegate_controllers() -> None:
    available = (ROOT / "cgroup.controllers").read_text().split()
    (ROOT / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in available))
