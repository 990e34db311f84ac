"""What somebody gave us and we can't use."""


class BadInput(Exception):
    """One sentence that says what is wrong, with which option or file, and what to do; commands end with code 2."""
