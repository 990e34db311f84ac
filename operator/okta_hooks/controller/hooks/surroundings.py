"""What the reconciling of hooks stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.gaps.attending import GapAttendant
from okta_hooks.controller.hooks.deleting import Deleter
from okta_hooks.controller.hooks.probing import Prober
from okta_hooks.controller.hooks.receiving import Receiving
from okta_hooks.controller.orgs.resolving import OrgResolver
from okta_hooks.controller.secret_watch import SecretWatch
from okta_hooks.controller.secrets import Hashing
from okta_hooks.controller.sinks.feeding import Feeder
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.system_log.polls import Polls
from okta_hooks.controller.system_log.supplies import Supplies
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.api import KubernetesApi


@dataclass(frozen=True)
class Surroundings:
    """What a reconcile of a hook needs of the rest of the operator.

    Args:
        api: Where objects are.
        installation_id: Marks what this operator owns in Okta.
        resolver: Finds organisations.
        access: Opens them.
        feeder: Finds out what feeds sinks.
        receiving: Keeps and observes receivers.
        prober: Calls public addresses.
        deleter: Sees to hooks that are to go.
        gaps: Lets hooks be searched for events that never came.
        watch: Looks at the Secrets that are named.
        supplies: Gives hooks events that no hook can deliver.
        polls: Lets hooks read along with their organisation's System Log, and tells what it says of them.
        writer: Writes statuses.
        hashing: Compares credentials.
        bindings: Learns which organisations' and sinks' objects a hook depends on.
        wake: Has such an object looked at after a time, which counts its hooks.
        live_uids: Tells the uids of all OktaEventHooks that exist.
        clock: Tells the time.
    """

    api: KubernetesApi
    installation_id: str
    resolver: OrgResolver
    access: Access
    feeder: Feeder
    receiving: Receiving
    prober: Prober
    deleter: Deleter
    gaps: GapAttendant
    watch: SecretWatch
    supplies: Supplies
    polls: Polls
    writer: StatusWriter
    hashing: Hashing
    bindings: Bindings
    wake: Callable[[WorkKey, timedelta], None]
    live_uids: Callable[[], frozenset[str]]
    clock: Callable[[], datetime]
