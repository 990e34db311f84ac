"""`python -m okta_hooks`: the command `okta-hooks`."""

from okta_hooks.cli import main

main(prog_name="okta-hooks")
