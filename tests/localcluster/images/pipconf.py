"""pip's configuration on this machine, in a form that a build can be handed as a secret.

A Dockerfile names no package index: whoever builds it brings their own, and nothing of it stays in the image.
"""

import ast
import configparser
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

AUTHORITIES = "/run/secrets/ca.crt"
"""Where the Dockerfile mounts the certificate authorities that pip is to trust."""

_CONCERN_INSTALLING = ("global", "install", ":env:")
_OF_THIS_MACHINE = ("find-links", "cache-dir", "log", "target", "prefix", "root", "user", "require-virtualenv")
"""Options that name folders of this machine or shape its own environments."""


def write(folder: Path) -> Mapping[str, Path]:
    """Write the secrets `pip.conf` and, where one is configured, `ca.crt` into a folder.

    Returns:
        the secret's id to its file.
    """
    said = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    options = parse(said.stdout)
    secrets = {"pip.conf": folder / "pip.conf"}
    authorities = options.get("cert") or os.environ.get("SSL_CERT_FILE")
    if authorities and Path(authorities).is_file():
        secrets["ca.crt"] = folder / "ca.crt"
        secrets["ca.crt"].write_bytes(Path(authorities).read_bytes())
    secrets["pip.conf"].write_text(render({**options, **({"cert": AUTHORITIES} if "ca.crt" in secrets else {})}))
    return secrets


def parse(listed: str) -> dict[str, str]:
    """The options in what `pip config list` prints (`section.option='value'`), the strongest section last."""
    found = re.findall(r"^([^.\s]+)\.([\w-]+)=(.+)$", listed, re.MULTILINE)
    return {
        option: str(ast.literal_eval(value))
        for section in _CONCERN_INSTALLING
        for given, option, value in found
        if given == section and option not in _OF_THIS_MACHINE
    }


def render(options: Mapping[str, str]) -> str:
    """A pip.conf; a value of several lines keeps them, as pip wants lists."""
    configuration = configparser.RawConfigParser()
    configuration["global"] = dict(options)
    text = io.StringIO()
    configuration.write(text)
    return text.getvalue()
