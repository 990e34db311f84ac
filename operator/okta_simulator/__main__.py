"""`python -m okta_simulator`: the command `okta-simulator`."""

from okta_simulator.cli import main

main(prog_name="okta-simulator")
