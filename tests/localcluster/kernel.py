"""The few calls of Linux that Python 3.11 has no name for.

Numbers are those of `linux/sched.h`, `linux/mount.h` and `linux/prctl.h`; they are part of the kernel's stable
interface. Every function raises OSError as the kernel says.
"""

import ctypes
import os
import signal
import sys

NEW_MOUNTS = 0x00020000
NEW_CGROUPS = 0x02000000
NEW_PROCESSES = 0x20000000
NEW_NETWORK = 0x40000000

_BIND = 0x1000
_RECURSIVE = 0x4000
_PRIVATE = 1 << 18
_PARENT_DEATH_SIGNAL = 1


def _call(name: str, *arguments: int | bytes | None) -> None:
    function = getattr(ctypes.CDLL(None, use_errno=True), name)
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def unshare(namespaces: int) -> None:
    """Put this process into new namespaces; with NEW_PROCESSES its next child is process 1 of a new one."""
    _call("unshare", namespaces)


def enter(pidfd: int, namespaces: int) -> None:
    """Move this process (for NEW_PROCESSES its later children) into the namespaces of another (Linux 5.8)."""
    _call("setns", pidfd, namespaces)


def mount(source: str, target: str, kind: str, data: str = "") -> None:
    """Mount a file system of a kind such as `proc`."""
    _call("mount", source.encode(), target.encode(), kind.encode(), 0, data.encode() or None)


def bind(source: str, target: str) -> None:
    """Show a file or folder at a second place."""
    _call("mount", source.encode(), target.encode(), None, _BIND, None)


def keep_mounts_private() -> None:
    """From here on, what this mount namespace mounts is seen nowhere else."""
    _call("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends; survives exec. Only Linux can."""
    if sys.platform == "linux":
        _call("prctl", _PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
