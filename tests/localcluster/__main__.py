"""`make cluster`: a whole cluster, and a shell in it that kubectl and curl work from."""

import os
import signal
import sys
import time

from localcluster import choice
from localcluster.cluster import Cluster
from localcluster.errors import ClusterError


def main() -> None:
    """Start a cluster, give a shell until it is left, and remove everything."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    begun = time.monotonic()

    def progress(line: str) -> None:
        print(f"{time.monotonic() - begun:6.1f} s  {line}", flush=True)

    try:
        progress("starting a cluster")
        with choice.start(progress) as cluster:
            print(_welcome(cluster), flush=True)
            cluster.popen([os.environ.get("SHELL", "/bin/sh")], foreground=True).wait()
            progress("the shell has ended: removing the cluster")
    except ClusterError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _welcome(cluster: Cluster) -> str:
    return f"""
{cluster.kubectl("get", "nodes,pods,services", "--all-namespaces")}
kubectl is the administrator's. Outside of this shell: export KUBECONFIG={cluster.kubeconfig}
Names below {cluster.domain} lead to the gateway; curl trusts its certificates ({cluster.ca_file}).
Logs of the cluster's programs: {cluster.logs}
Leave the shell (exit, Ctrl-D) to end the cluster; nothing of it stays.
"""


if __name__ == "__main__":
    main()
