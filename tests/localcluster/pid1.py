"""Process 1 of a sandbox: `python -m localcluster.pid1`. The kernel ends the sandbox with it.

It makes the namespaces (network, mounts, processes, cgroups), shows the programs to come a machine whose
changeable parts are the cluster's own, says `ready`, and then only waits for the starter's lifeline to close.
When it ends, in whatever way, the kernel kills every process in the sandbox, and with the last of them go the
mounts, the links and the network itself.
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from localcluster import cgroups, kernel
from localcluster.network import DNS_ADDRESS, NODE_ADDRESS

NAMESPACES = kernel.NEW_NETWORK | kernel.NEW_MOUNTS | kernel.NEW_PROCESSES | kernel.NEW_CGROUPS

_OVERLAID = ("/etc", "/var/lib", "/var/log")
"""What programs write below these lands in the state folder; what they read is the machine's own."""

_KERNEL_SETTINGS = {
    "vm/overcommit_memory": 1,
    "vm/panic_on_oom": 0,
    "kernel/panic": 10,
    "kernel/panic_on_oops": 1,
    "kernel/keys/root_maxkeys": 1_000_000,
    "kernel/keys/root_maxbytes": 25_000_000,
}
"""What kubelet demands, else changes for the whole machine (setupKernelTunables in pkg/kubelet/cm)."""


def main() -> None:
    """Make a sandbox for the cluster whose state folder is named, and keep it until the lifeline closes."""
    parser = argparse.ArgumentParser(prog="localcluster.pid1")
    parser.add_argument("state", type=Path)
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--layer", type=Path, help="a folder to lay over /usr")
    options = parser.parse_args()
    cgroups.create(options.state.name, options.state / "cgroups")
    kernel.unshare(NAMESPACES)
    child = os.fork()
    if child:
        print(child, flush=True)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    kernel.die_with_parent()
    _furnish(options.state, options.layer)
    # Orphans become children of process 1; ignoring them makes the kernel bury them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    os.read(options.lifeline, 1)


def _furnish(state: Path, layer: Path | None) -> None:
    kernel.keep_mounts_private()
    kernel.mount("proc", "/proc", "proc")
    kernel.mount("sysfs", "/sys", "sysfs")
    cgroups.mount_as_root()
    _show_kernel_settings(state / "sysctl")
    for folder in _OVERLAID:
        _overlay(folder, state / "overlay" / folder.strip("/").replace("/", "-"))
    if layer:
        kernel.mount("overlay", "/usr", "overlay", f"lowerdir={layer}:/usr")
    run = state / "run"
    run.mkdir()
    kernel.bind(str(run), "/run")
    _set_resolver(Path("/etc/resolv.conf"))
    _connect()


def _show_kernel_settings(folder: Path) -> None:
    """Let kubelet see the settings that it demands, in place of the machine's, which stay as they are."""
    folder.mkdir()
    for name, value in _KERNEL_SETTINGS.items():
        shown = folder / name.replace("/", ".")
        shown.write_text(f"{value}\n")
        kernel.bind(str(shown), f"/proc/sys/{name}")


def _overlay(folder: str, changes: Path) -> None:
    upper, work = changes / "upper", changes / "work"
    upper.mkdir(parents=True)
    work.mkdir()
    kernel.mount("overlay", folder, "overlay", f"lowerdir={folder},upperdir={upper},workdir={work}")


def _set_resolver(file: Path) -> None:
    file.unlink(missing_ok=True)  # often a link to a folder that is not shown here
    file.write_text(f"nameserver {DNS_ADDRESS}\nsearch default.svc.cluster.local svc.cluster.local cluster.local\n")


def _connect() -> None:
    """Give the node an address on a link of its own, and no way out.

    A bridge without ports serves as the link, since not every kernel has dummy links.
    """
    commands = (
        "link set lo up",
        "link add node0 type bridge",
        f"addr add {NODE_ADDRESS}/24 dev node0",
        "link set node0 up",
        # Programs look for a default route when they choose an address; nobody answers at the other end.
        "route add default via 10.250.0.254 dev node0",
    )
    subprocess.run(["ip", "-batch", "-"], input="\n".join(commands), text=True, check=True)
    Path("/proc/sys/net/ipv4/ip_forward").write_text("1")


if __name__ == "__main__":
    main()
