"""What only organisations with Identity Threat Protection have."""

from __future__ import annotations

from okta_simulator.errors import OktaError
from okta_simulator.options import Options


def require_threat_protection(options: Options) -> None:
    """Refuse what needs Identity Threat Protection, which Identity Engine has where it is licensed.

    Raises:
        OktaError: E0000015, the organisation does not have it.
    """
    if options.engine != "identity" or not options.identity_threat_protection:
        raise OktaError("E0000015")
