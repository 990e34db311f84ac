"""What has to be done again and again while a receiver runs."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from okta_hooks.admin.token import AdminToken
from okta_hooks.journal import Appender
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.clock import ClockWatch
from okta_hooks.receiver.health import ReceiverHealth
from okta_hooks.receiver.secret_files import Secrets, read_secrets
from okta_hooks.telemetry.redaction import Redaction

_SECRETS_SECONDS = 1.0
_JOURNAL_SECONDS = 2.0

_log = logging.getLogger(__name__)


class SecretsWatch:
    """Accepts what a folder holds. Two small files are read each second: cheaper than any way to be told of changes.

    Args:
        folder: The mounted folder.
        accepted: Takes what was read.
        redaction: Keeps it out of logs.
        token: The key of fingerprints.
    """

    def __init__(self, folder: Path, accepted: AcceptedSecrets, redaction: Redaction, token: AdminToken) -> None:
        self._folder = folder
        self._accepted = accepted
        self._redaction = redaction
        self._token = token

    def look(self) -> None:
        """Read the folder once. What was accepted stays so while there is nothing to read."""
        secrets = read_secrets(self._folder)
        if secrets is None or secrets == self._accepted.secrets:
            return
        self._redaction.hide(secret.decode(errors="surrogateescape") for secret in secrets if secret)
        self._redaction.hide([self._token.text])
        self._accepted.replace(secrets)
        _log.info("the hook's secrets were read", extra=self._facts(secrets))

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(_SECRETS_SECONDS)
            self.look()

    def _facts(self, secrets: Secrets) -> dict[str, object]:
        return {
            "current_fingerprint": self._token.fingerprint(secrets.current),
            "previous_accepted": secrets.previous is not None,
            "rotation_pending": self._accepted.rotation_pending,
        }


async def maintain(journal: Appender, health: ReceiverHealth, clock: ClockWatch) -> None:
    """Let the journal drop what it need not keep, and see whether the clock is put, for ever.

    Raises:
        JournalFailed: The journal is broken, and the process should start again.
    """
    while True:
        await asyncio.sleep(_JOURNAL_SECONDS)
        await journal.maintain()
        health.maintained()
        clock.look()
