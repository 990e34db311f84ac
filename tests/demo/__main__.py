"""`make demo`: the whole life of an event hook, on a real Kubernetes, with an Okta organisation that is simulated.

Every command is one that a user would type, and is shown with what it printed. KEEP=1 keeps the cluster afterwards.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from demo import okta, story
from demo.story import Step
from demo.terminal import NotAsSaid, Terminal
from localcluster import choice, diagnosis
from localcluster.cluster import Cluster
from localcluster.errors import ClusterError

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Clock:
    """Says of each line that begins something when that was, in seconds since the start."""

    begun: float

    def say(self, line: str) -> None:
        """Write a line."""
        print(f"{time.monotonic() - self.begun:6.1f} s  {line}", flush=True)


def main() -> int:
    """Show it; 1 when something was not as said, 2 when there is no cluster to show it on."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    clock = Clock(time.monotonic())
    try:
        clock.say("starting a cluster")
        with choice.start(clock.say) as cluster:
            return _show(cluster, clock)
    except ClusterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _show(cluster: Cluster, clock: Clock) -> int:
    organization = okta.prepare(cluster)
    environment = {
        **cluster.kubectl.env,
        "PATH": f"{cluster.kubectl.program.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "OKTA_FILES": str(organization.folder),
    }
    code = 0
    try:
        _tell((story.INSTALLING,), environment, clock)
        environment |= organization.reached(cluster)
        _tell(story.LIFE, environment, clock)
        clock.say("everything was as said")
    except NotAsSaid as error:
        print(
            f"error: {error}\nWhat the cluster looked like is kept in {diagnosis.keep(cluster, 'demo')}",
            file=sys.stderr,
        )
        code = 1
    if os.environ.get("KEEP"):
        _keep(environment)
    return code


def _tell(steps: tuple[Step, ...], environment: Mapping[str, str], clock: Clock) -> None:
    terminal = Terminal(_ROOT, environment, lambda line: print(line, flush=True))
    for step in steps:
        print(flush=True)
        clock.say(step.says)
        for command in step.commands:
            command.type_into(terminal)


def _keep(environment: Mapping[str, str]) -> None:
    """Hold the cluster until Ctrl-C, and say how to go on by hand."""
    print("\nThe cluster stays until Ctrl-C. To go on by hand, in another terminal:\n")
    for name, value in environment.items():
        print(f'  export {name}="{value.replace(os.environ["PATH"], "$PATH")}"')
    print(f'  cd "{_ROOT}"', flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()


if __name__ == "__main__":
    sys.exit(main())
