"""What every service of an organisation stands on."""

from __future__ import annotations

import random
from dataclasses import dataclass

from okta_simulator.audit import Audit
from okta_simulator.clock import Clock
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.state.recorder import Recorder


@dataclass(frozen=True)
class Foundation:
    """What was chosen of an organisation when it began.

    Args:
        options: Limits, and how Okta behaves where that is unclear.
        url: Where clients and hooks' endpoints are told to find it, without a trailing slash.
        clock: Its time.
        ids: Its identifiers; a seed makes them repeatable.
        dice: Its chances; seeded, a run can be repeated.
        recorder: Where its state is kept.
    """

    options: Options
    url: str
    clock: Clock
    ids: Ids
    dice: random.Random
    recorder: Recorder


@dataclass(frozen=True)
class AuditedFoundation(Foundation):
    """The same, where what is done is written down.

    Args:
        audit: Writes it into the System Log.
    """

    audit: Audit
