"""`okta-hooks operator`."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path
from typing import Literal

import click


def _identity() -> str:
    """In a pod the same after its container has started again, so that its Lease is its own at once."""
    return f"{socket.gethostname()}-{os.getpid()}"


_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--namespace", required=True, help="The operator's own namespace, with the Secrets of ClusterOktaOrgs.")
@click.option("--image", required=True, help="The image of receivers: the operator's own.")
@click.option(
    "--image-pull-policy",
    type=click.Choice(["Always", "IfNotPresent", "Never"]),
    default="IfNotPresent",
    show_default=True,
    help="When nodes fetch it.",
)
@click.option(
    "--image-pull-secret", multiple=True, help="Secret in each hook's namespace with a registry's credentials."
)
@click.option(
    "--access-mode",
    type=click.Choice(["ReadWriteOncePod", "ReadWriteOnce"]),
    default="ReadWriteOncePod",
    show_default=True,
    help="Of journals' volumes; ReadWriteOnce where the volume driver has no other.",
)
@click.option("--monitoring-namespace", multiple=True, help="Namespace whose pods may fetch receivers' metrics.")
@click.option(
    "--watch-namespace", multiple=True, help="Serve this namespace only, and no ClusterOktaOrgs. Default: all."
)
@click.option(
    "--allow",
    multiple=True,
    metavar="KIND=NAME",
    help="Let hooks choose this for what runs for them: an annotation of a route or a priority-class; a * at the end of"
    " NAME stands for any rest. Default: none.",
)
@click.option(
    "--cluster-name", default="", help="What every event says of the cluster, such as prod-eu. Default: nothing."
)
@click.option("--sink-proxy", metavar="URL", help="Proxy of sinks over HTTP. Default: they are called directly.")
@click.option(
    "--sink-no-proxy", multiple=True, metavar="HOST", help="Host, or end of hosts, that is called without it."
)
@click.option("--installation-id", help="Marks hooks in Okta as this installation's. Default: uid of kube-system.")
@click.option("--identity", default=_identity, help="Name among replicas. Default: host and process.")
@click.option("--kubeconfig", envvar="KUBECONFIG", type=_FILE, help="How to reach Kubernetes. Default: as the pod.")
@click.option(
    "--probe-ca", type=_FILE, help="PEM file of authorities to trust, beside the public ones, on public addresses."
)
@click.option(
    "--give-up-minutes",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    help="How long the deletion of a hook waits for an Okta that can't be reached.",
)
@click.option(
    "--missed-after-seconds",
    type=click.FloatRange(min=0),
    default=120.0,
    show_default=True,
    help="How long Okta is given to deliver an event that its System Log has, before it counts as missed.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="For probes and metrics.")
@click.option("--workers", type=click.IntRange(1, 1000), default=500, show_default=True, help="Objects at a time.")
@click.pass_context
def operator(
    context: click.Context,
    *,
    namespace: str,
    image: str,
    image_pull_policy: Literal["Always", "IfNotPresent", "Never"],
    image_pull_secret: tuple[str, ...],
    access_mode: Literal["ReadWriteOncePod", "ReadWriteOnce"],
    monitoring_namespace: tuple[str, ...],
    watch_namespace: tuple[str, ...],
    allow: tuple[str, ...],
    cluster_name: str,
    sink_proxy: str | None,
    sink_no_proxy: tuple[str, ...],
    installation_id: str | None,
    identity: str,
    kubeconfig: Path | None,
    probe_ca: Path | None,
    give_up_minutes: float,
    missed_after_seconds: float,
    port: int,
    workers: int,
) -> None:
    """Keep event hooks in Okta as OktaEventHooks say, with everything that receives for them.

    Ends with 0 after SIGTERM, with 2 when an option can't be used, and with 3 when it is to be started again.
    """
    from okta_hooks.controller.operating import run  # noqa: PLC0415 -- `--help` need not wait for two clients
    from okta_hooks.controller.settings import Settings  # noqa: PLC0415
    from okta_hooks.kube.children.proxy import proxy  # noqa: PLC0415
    from okta_hooks.kube.children.subject import Installation  # noqa: PLC0415
    from okta_hooks.reconcile.allowances import allowances  # noqa: PLC0415

    installation = Installation(
        namespace=namespace,
        image=image,
        image_pull_policy=image_pull_policy,
        image_pull_secrets=image_pull_secret,
        access_mode=access_mode,
        monitoring_namespaces=monitoring_namespace,
        proxy=proxy(sink_proxy, sink_no_proxy),
        cluster_name=cluster_name,
    )
    settings = Settings(
        installation=installation,
        installation_id=installation_id,
        identity=identity,
        allowances=allowances(allow),
        namespaces=watch_namespace,
        kubeconfig=kubeconfig,
        probe_trust=probe_ca,
        give_up_after=timedelta(minutes=give_up_minutes),
        missed_after=timedelta(seconds=missed_after_seconds),
        port=port,
        workers=workers,
    )
    context.exit(run(settings))
