"""Which secrets are accepted, and when a rotation is pending."""

from __future__ import annotations

import pytest

from okta_hooks.receiver.accepted import AcceptedSecrets, Verdict
from okta_hooks.receiver.secret_files import Secrets


@pytest.fixture
def accepted() -> AcceptedSecrets:
    accepted = AcceptedSecrets(now_ns=lambda: 7)
    accepted.replace(Secrets(b"first"))
    return accepted


def test_nobody_can_say_before_a_secret_was_read() -> None:
    assert AcceptedSecrets().judge("first") is Verdict.UNKNOWN


def test_exactly_the_secret_is_right(accepted: AcceptedSecrets) -> None:
    verdicts = [accepted.judge(presented) for presented in ("first", "First", "first ", "firs", "", None)]
    assert verdicts == [Verdict.RIGHT, *[Verdict.WRONG] * 4, Verdict.MISSING]


def test_bytes_that_are_no_text_are_compared_as_they_are(accepted: AcceptedSecrets) -> None:
    accepted.replace(Secrets(b"\xff\xfe"))
    assert accepted.judge("\udcff\udcfe") is Verdict.RIGHT


def test_no_rotation_is_pending_after_a_start_with_one_secret(accepted: AcceptedSecrets) -> None:
    assert not accepted.rotation_pending


def test_a_rotation_is_pending_after_a_start_in_the_middle_of_one() -> None:
    accepted = AcceptedSecrets()
    accepted.replace(Secrets(b"second", b"first"))
    assert accepted.rotation_pending


def test_a_rotation_is_pending_until_the_new_secret_was_seen(accepted: AcceptedSecrets) -> None:
    accepted.replace(Secrets(b"second", b"first"))
    assert accepted.judge("first") is Verdict.RIGHT
    assert accepted.rotation_pending
    assert accepted.judge("second") is Verdict.RIGHT
    assert not accepted.rotation_pending


def test_a_secret_that_was_replaced_without_keeping_the_old_one_is_a_rotation_too(accepted: AcceptedSecrets) -> None:
    accepted.replace(Secrets(b"second"))
    assert accepted.judge("first") is Verdict.WRONG
    assert accepted.rotation_pending


def test_the_end_of_the_overlap_begins_no_rotation(accepted: AcceptedSecrets) -> None:
    accepted.replace(Secrets(b"second", b"first"))
    accepted.judge("second")
    accepted.replace(Secrets(b"second"))
    assert not accepted.rotation_pending
    assert accepted.judge("first") is Verdict.WRONG


def test_reading_the_same_secrets_again_changes_nothing(accepted: AcceptedSecrets) -> None:
    assert not accepted.replace(Secrets(b"first"))
    assert accepted.changes == 1


def test_it_is_known_when_each_secret_was_seen(accepted: AcceptedSecrets) -> None:
    accepted.replace(Secrets(b"second", b"first"))
    accepted.judge("first")
    assert (accepted.seen_ns(b"first"), accepted.seen_ns(b"second")) == (7, None)
