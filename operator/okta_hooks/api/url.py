"""What every address that people write has to obey (RFC 3986)."""

from __future__ import annotations

from okta_hooks.api.model import Rule

PORT = "([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""A port, as a part of a regular expression."""

SIGNS = Rule(
    'self.matches("^[-A-Za-z0-9._~:/?@!$&\'()*+,;=%]*$")',
    "an address has no spaces in it, nor any sign but letters, digits and -._~:/?@!$&'()*+,;=% (RFC 3986): write others"
    " percent-encoded, and leave out what follows a #",
)
PERCENT = Rule(
    "!self.matches('%([^0-9A-Fa-f]|$|[0-9A-Fa-f]([^0-9A-Fa-f]|$))')",
    "a percent sign begins an encoded byte, such as %20: write %25 for the sign itself",
)
