"""Where the next page of an answer begins, as its `Link` header tells (RFC 8288). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

_LINK = re.compile(r"<([^>]*)>((?:[^,<\"]|\"[^\"]*\")*)")
_NEXT = re.compile(r";\s*rel\s*=\s*(?:\"(?:[^\"]*\s)?next(?:\s[^\"]*)?\"|next\b)", re.IGNORECASE)


def next_cursor(headers: Mapping[str, str]) -> str:
    """The `after` of the next link in an answer's headers (names in lower case); empty where there is none."""
    targets = (target for target, parameters in _LINK.findall(headers.get("link", "")) if _NEXT.search(parameters))
    cursors = (cursor for target in targets for cursor in parse_qs(urlsplit(target).query).get("after", ()))
    return next(cursors, "")
