"""The sink `stdout`."""

from __future__ import annotations

from okta_hooks.api.model import ApiModel


class StdoutSink(ApiModel):
    """A line of JSON for each event on the dispatcher's standard output."""
