"""Jars at the versions that a `pom.xml` names, with all that they need; kept in the cache."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from localcluster import cache
from servers.errors import ServerError, ServerMissing


def jars(pom: Path, progress: Callable[[str], None]) -> Path:
    """The folder with the jars; fetched first where they are not in the cache.

    Args:
        pom: Names them; its folder's name is for people.
        progress: Is told what is fetched.

    Raises:
        ServerMissing: This machine has no Java or no Maven.
        ServerError: Maven does not get them.
    """
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise ServerMissing(f"{program} is missing, which {pom.parent.name} needs: install Java 17 and Maven")
    digest = hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    entry = cache.folder() / "jars" / f"{pom.parent.name}-{digest}"
    with cache.locked(entry):
        if not entry.exists():
            progress(f"fetching the jars of {pom.parent.name} (once; they are kept in {entry})")
            with cache.scratch(entry) as scratch:
                _fetch(pom, scratch)
                (scratch / "jars").rename(entry)
    return entry


def _fetch(pom: Path, scratch: Path) -> None:
    command = [
        *("mvn", "--quiet", "--batch-mode", f"--file={pom}", f"-Dmaven.repo.local={scratch / 'repository'}"),
        *("dependency:copy-dependencies", f"-DoutputDirectory={scratch / 'jars'}"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.startswith("[ERROR]")]
        raise ServerError(f"Maven did not get what {pom} names: {' '.join(lines[:1]) or done.stderr.strip()}")
