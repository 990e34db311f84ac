"""From a hook's name to the dispatcher that is in charge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from okta_hooks.cli.cluster.address import HookAddress
from okta_hooks.cli.cluster.dispatcher import Dispatcher, StandsBy, connected
from okta_hooks.cli.cluster.finding import find
from okta_hooks.cli.cluster.forwarding import forwarded
from okta_hooks.cli.cluster.kubectl import Kubectl
from okta_hooks.cli.failures import Failed
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT


@contextmanager
def reach(hook: HookAddress) -> Iterator[Dispatcher]:
    """The dispatcher of a hook.

    Raises:
        Failed, NotAllowed, NotThere: It can't be reached.
    """
    kubectl = Kubectl(hook.kubectl_options)
    found = find(kubectl, hook)
    for pod in found.pods:
        with suppress(StandsBy), ExitStack() as way:
            port = way.enter_context(forwarded(kubectl, pod, DISPATCHER_ADMIN_PORT))
            dispatcher = way.enter_context(connected(port, found.token))
            dispatcher.statistics()
            held = way.pop_all()
            break
    else:
        raise Failed(f"no dispatcher of the hook {hook} is in charge just now: try again in a moment")
    with held:
        yield dispatcher
