"""An Okta organisation: its services, put together."""

from __future__ import annotations

from okta_simulator.clock import Clock
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.state import Memory, Recorder


class Organization:
    """Everything that one organisation knows and does; HTTP reaches it through `okta_simulator.server`.

    Args:
        options: What was chosen of it.
        clock: Its time.
        ids: Its identifiers; a seed makes them repeatable.
        recorder: Where its state is kept.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.options = options or Options()
        self.clock = clock or Clock()
        self.ids = ids or Ids()
        self.recorder = recorder or Memory()
