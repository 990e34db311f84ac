"""The command `okta-hooks`."""

from okta_hooks.cli.command import main

__all__ = ["main"]
