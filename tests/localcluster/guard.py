"""Runs one program so that it never outlives the cluster's starter: `python -m localcluster.guard`.

Between the starter and every program stands one such small process. It holds the reading end of the starter's
lifeline, a pipe whose writing end the starter alone has: however the starter ends, the pipe closes and the guard
kills the program. If the guard itself is killed, the kernel kills the program (parent death signal). It also
carries the program into a sandbox, passes signals on, and ends as the program ended.
"""

import argparse
import fcntl
import os
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from localcluster import cgroups, kernel

_PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


def command(
    argv: Sequence[str | Path], *, lifeline: int, lock: int | None = None, sandbox: int | None = None
) -> list[str]:
    """What to start instead of a program, with these file descriptors passed on.

    Args:
        argv: the program.
        lifeline: the reading end of the starter's lifeline.
        lock: the state folder's lock, where there is one; it counts as held until the last guard has ended.
        sandbox: a pidfd of the sandbox's process 1, to run the program in there.
    """
    descriptors = {"--lifeline": lifeline, "--lock": lock, "--sandbox": sandbox}
    options = [f"{name}={number}" for name, number in descriptors.items() if number is not None]
    return [sys.executable, "-S", "-m", "localcluster.guard", *options, "--", *map(str, argv)]


def environment() -> dict[str, str]:
    """This process's environment, so that a guard finds this package, and root the tools of root after `su`."""
    modules = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    programs = [os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(modules), "PATH": os.pathsep.join(programs)}


def main() -> None:
    """Guard the program named after `--`."""
    parser = argparse.ArgumentParser(prog="localcluster.guard")
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--lock", type=int)
    parser.add_argument("--sandbox", type=int)
    parser.add_argument("argv", nargs="+")
    options = parser.parse_args()
    for descriptor in filter(None, (options.lifeline, options.lock, options.sandbox)):
        fcntl.fcntl(descriptor, fcntl.F_SETFD, fcntl.FD_CLOEXEC)
    if options.sandbox is not None:
        try:
            _enter(options.sandbox)
        except OSError as error:
            sys.exit(f"{options.argv[0]} is not started, since its cluster has ended ({error.strerror})")
    parent = os.getpid()
    # Held back until there is somebody to pass them on to, and who passes them on.
    signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON)
    child = os.fork()
    if child == 0:
        _become(options.argv, parent)
    _end_like(_watch(child, options.lifeline))


def _enter(sandbox: int) -> None:
    """Into the namespaces and cgroups of a sandbox, in the same folder as before if it is seen there."""
    folder = Path.cwd()
    kernel.enter(sandbox, kernel.NEW_NETWORK | kernel.NEW_MOUNTS | kernel.NEW_PROCESSES)
    cgroups.join_sandbox()
    kernel.enter(sandbox, kernel.NEW_CGROUPS)
    os.chdir(folder if folder.is_dir() else "/")


def _become(argv: Sequence[str], parent: int) -> None:
    kernel.die_with_parent()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    # The guard may have died before the line above. 0 stands for a parent outside of this process namespace.
    if os.getppid() not in (0, parent):
        os._exit(1)
    try:
        os.execvp(argv[0], list(argv))  # noqa: S606 -- becoming the program is what this process is for
    except OSError as error:
        print(f"{argv[0]} cannot be started: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(127)


def _watch(child: int, lifeline: int) -> int:
    """Wait for the child's end, or bring it about when the lifeline closes; returns its wait status."""
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for number in _PASSED_ON:
        signal.signal(number, lambda received, _: os.kill(child, received))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        ready, _, _ = select.select([awake, lifeline], [], [])
        if awake in ready:
            os.read(awake, 64)
        if lifeline in ready:
            os.kill(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1]


def _end_like(status: int) -> None:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        sys.exit(code)
    if -code != signal.SIGKILL:  # which has no handler to take back
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)


if __name__ == "__main__":
    main()
