"""The command `okta-hooks`, and kubectl's plugin of the same name."""

from okta_hooks.cli.command import main, plugin

__all__ = ["main", "plugin"]
