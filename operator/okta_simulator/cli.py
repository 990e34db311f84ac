"""The command line of the simulator."""


def main() -> None:
    """Start."""
