"""What probes are told."""

from __future__ import annotations

import pytest

from okta_hooks.journal import JournalFailed, JournalFull
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.health import ReceiverHealth
from okta_hooks.receiver.secret_files import Secrets
from unit.okta_hooks.receiver.served import HeldJournal


class Probed:
    """A health with everything that it looks at."""

    def __init__(self) -> None:
        self.now = 0.0
        self.journal = HeldJournal()
        self.accepted = AcceptedSecrets()
        self.accepted.replace(Secrets(b"secret"))
        self.health = ReceiverHealth(self.journal, self.accepted, clock=lambda: self.now)

    @property
    def told(self) -> tuple[bool, bool]:
        """Whether the liveness probe and the readiness probe are content."""
        return self.health.illness() is None, self.health.unreadiness() is None


@pytest.fixture
def probed() -> Probed:
    return Probed()


def test_all_is_well(probed: Probed) -> None:
    assert probed.told == (True, True)


def test_a_full_journal_is_not_ready_and_a_new_start_would_not_help(probed: Probed) -> None:
    probed.journal.refusal = JournalFull("full")
    assert probed.told == (True, False)
    assert probed.health.unreadiness() == "full"


def test_a_failed_journal_needs_a_new_start(probed: Probed) -> None:
    probed.journal.refusal = JournalFailed("failed")
    assert probed.told == (False, False)


def test_without_a_secret_nothing_should_be_sent(probed: Probed) -> None:
    assert ReceiverHealth(probed.journal, AcceptedSecrets()).unreadiness() is not None


def test_an_ending_receiver_is_alive_and_not_ready(probed: Probed) -> None:
    probed.health.is_ending = True
    assert probed.told == (True, False)


def test_a_journal_that_does_nothing_any_more_is_stuck(probed: Probed) -> None:
    probed.now = 61
    assert probed.told == (False, False)
    probed.health.maintained()
    assert probed.told == (True, True)
