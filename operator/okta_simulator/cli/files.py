"""Files that are named on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.json_values import UNREADABLE
from okta_simulator.options import Options


def secret(file: Path | None, variable: str) -> str | None:
    """A secret from a file or else from the environment, so that it is on no command line; None without either.

    Raises:
        BadInput: The file can't be read, or is empty.
    """
    if file is None:
        return os.environ.get(variable) or None
    text = _read(file).decode(errors="replace").strip()
    if not text:
        raise BadInput(f"{file} is empty: write the token into it")
    return text


def options(file: Path | None) -> Options:
    """The options in a file, TOML or JSON by its ending.

    Raises:
        BadInput: It can't be read, or says something that is no option.
    """
    if file is None:
        return Options()
    if file.suffix not in (".toml", ".json"):
        raise BadInput(f"{file} ends with neither .toml nor .json: name it after what it holds")
    decode = msgspec.toml.decode if file.suffix == ".toml" else msgspec.json.decode
    try:
        return decode(_read(file), type=Options)
    except UNREADABLE as error:
        raise BadInput(f"the options in {file} cannot be used: {error} (docs/simulator.md lists them all)") from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}): name a readable file") from error
