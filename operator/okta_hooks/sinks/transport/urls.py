"""Addresses that a sink may be given."""

from __future__ import annotations

from yarl import URL


def checked(address: str) -> URL:
    """An address that can be called.

    Raises:
        ValueError: It can't; or it has a user or a password in it, which everybody would read who reads the settings.
    """
    try:
        url = URL(address)
    except ValueError as error:
        raise ValueError("the address can't be read: write it as https://host/path") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("the address has to begin with https:// or http:// and a host")
    if url.user is not None or url.password is not None:
        raise ValueError("the address has a user or a password in it: give them in a Secret")
    return url


def below(address: str, path: str) -> URL:
    """An address below another, whose query stays.

    Args:
        address: The other.
        path: Where below it; begins with a slash.
    """
    url = checked(address)
    return url.with_path(url.path.rstrip("/") + path, keep_query=True)
