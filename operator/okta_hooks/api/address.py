"""One form for addresses that mean the same, so that all who name an address name it alike (RFC 3986, section 6.2.2).

Okta, gateways and HTTP clients each write an address anew in their own way: `%7E` for `~`, `%2f` for `%2F`, `/a/../b`
for `/b`. What people write is brought into this form before it is given to anybody, and what arrives before it is
compared.
"""

from __future__ import annotations

import re
from functools import partial

_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
"""Scheme, authority, path, and query with its mark (RFC 3986, appendix B). What follows a # is never sent."""

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_A_SEGMENT = _UNRESERVED | frozenset("!$&'()*+,;=:@")
_UNIT = re.compile(r"%([0-9A-Fa-f]{2})|.", re.DOTALL)
_DEFAULT_PORT = ":443"


def normal_url(url: str) -> str:
    """The form of an https address in which all that mean the same are equal; what is no address stays as it is."""
    parts = _PARTS.fullmatch(url)
    if parts is None or not parts[1] or not parts[2]:
        return url
    scheme, authority, path, query = parts.groups(default="")
    place = f"{scheme.lower()}://{authority.lower().removesuffix(_DEFAULT_PORT)}"
    return f"{place}{normal_path(path)}{_spelt(query, keep='/?', decode=_UNRESERVED)}"


def normal_path(path: str) -> str:
    """The path of an address in that form."""
    return _without_dots(_spelt(path, keep="/", decode=_UNRESERVED))


def plain_path(path: str) -> str:
    """A path as a receiver compares it, which gives no meaning to any sign but the slash.

    Clients differ in whether they send such as `!` and `:` as they are or as `%21` and `%3A`, though by the RFC that
    makes another address; for one receiver with one path it does not.
    """
    return _without_dots(_spelt(path, keep="/", decode=_IN_A_SEGMENT))


def _spelt(text: str, *, keep: str, decode: frozenset[str]) -> str:
    """A text with each sign in its one spelling: as it is, or as the bytes of its UTF-8 in percent signs."""
    return _UNIT.sub(partial(_spelt_unit, keep=_IN_A_SEGMENT.union(keep), decode=decode), text)


def _spelt_unit(unit: re.Match[str], *, keep: frozenset[str], decode: frozenset[str]) -> str:
    if unit[1]:
        sign = chr(int(unit[1], 16))
        return sign if sign in decode else unit[0].upper()
    if unit[0] in keep:
        return unit[0]
    return "".join(f"%{byte:02X}" for byte in unit[0].encode("utf-8", "surrogateescape"))


def _without_dots(path: str) -> str:
    """An absolute path without the segments `.` and `..` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ends_in_a_folder = segments[-1] in (".", "..")
    return "/" + "/".join([*kept, ""] if ends_in_a_folder else kept)
