"""The command `okta-simulator`."""

from okta_simulator.cli.command import main

__all__ = ["main"]
