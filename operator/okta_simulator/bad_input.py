"""What a person gave us that can't be used."""

from __future__ import annotations


class BadInput(Exception):
    """Something given on the command line, in a file or in a fixture can't be used.

    The text is one sentence that says what happened, to which object, and what to do.
    """
