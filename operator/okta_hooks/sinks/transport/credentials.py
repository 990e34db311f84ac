"""Credentials that mounted files hold: which kinds there are, and the header that each makes."""

from __future__ import annotations

import base64
from typing import Protocol

import msgspec

from okta_hooks.sinks.mounted import NotMounted, credential
from okta_hooks.sinks.port import Paused, Retry


class Credential(Protocol):
    """What makes the header `Authorization`."""

    async def header(self) -> str | Retry | Paused:
        """The header's value, or why there is none."""
        ...

    def renew(self) -> bool:
        """The other side did not take the value: whether the next one may be another by itself."""
        ...


class Bearer(msgspec.Struct, frozen=True, tag_field="type", tag="bearer", rename="camel", forbid_unknown_fields=True):
    """A token (RFC 6750).

    Attributes:
        token_file: Holds the token.
    """

    token_file: str

    def written(self) -> str:
        """The header's value."""
        return f"Bearer {credential(self.token_file)}"


class Basic(msgspec.Struct, frozen=True, tag_field="type", tag="basic", rename="camel", forbid_unknown_fields=True):
    """A user and a password (RFC 7617).

    Attributes:
        username_file: Holds the user's name.
        password_file: Holds the password.
    """

    username_file: str
    password_file: str

    def written(self) -> str:
        """The header's value."""
        return basic(credential(self.username_file), credential(self.password_file))


class ApiKey(msgspec.Struct, frozen=True, tag_field="type", tag="apiKey", rename="camel", forbid_unknown_fields=True):
    """An API key as Elasticsearch gives it out, encoded.

    Attributes:
        api_key_file: Holds the key.
    """

    api_key_file: str

    def written(self) -> str:
        """The header's value."""
        return f"ApiKey {credential(self.api_key_file)}"


class SplunkToken(msgspec.Struct, frozen=True):
    """A token of an HTTP event collector.

    Attributes:
        token_file: Holds the token.
    """

    token_file: str

    def written(self) -> str:
        """The header's value."""
        return f"Splunk {credential(self.token_file)}"


class Mounted:
    """A credential of one of these kinds, read at each use.

    Args:
        kind: Which, and in which files.
    """

    def __init__(self, kind: Bearer | Basic | ApiKey | SplunkToken) -> None:
        self._kind = kind

    async def header(self) -> str | Paused:
        """See `Credential`."""
        try:
            return self._kind.written()
        except NotMounted as error:
            return Paused(str(error))

    def renew(self) -> bool:
        """The files say what they say."""
        return False


def basic(user: str, password: str) -> str:
    """The header's value for a user and a password."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
