"""The one error that people see from this package."""


class ClusterError(Exception):
    """One sentence: what happened, to which object, and what to do about it."""
