"""Which settings of a distributed journal can be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.bad_input import BadInput
from okta_hooks.journal import JournalUnavailable
from okta_hooks.journal.jetstream.credentials import Credentials, read_credentials
from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits


@pytest.mark.parametrize(
    ("servers", "stream", "sentence"),
    [
        ((), "s", "name one with --jetstream-url"),
        (("http://nats:4222",), "s", "is not a server's address"),
        (("nats://user:secret@nats:4222",), "s", "is not a server's address"),
        (("nats://nats:4222",), "", "is not a stream's name"),
        (("nats://nats:4222",), "a.b", "is not a stream's name"),
        (("nats://nats:4222",), "a >", "is not a stream's name"),
    ],
)
def test_what_can_not_be_used_is_named_in_one_sentence(servers: tuple[str, ...], stream: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        JetStreamSettings(servers, stream)


def test_a_monitoring_endpoint_is_an_address() -> None:
    with pytest.raises(BadInput, match="--jetstream-monitor-url"):
        JetStreamSettings(("nats://nats:4222",), "s", monitors=("nats:8222",))


def test_no_more_can_be_kept_than_is_allowed() -> None:
    with pytest.raises(ValueError, match="must be from 1 to max_bytes"):
        StreamLimits(max_bytes=1, keep_bytes=2)


def test_without_a_folder_nothing_is_presented() -> None:
    assert read_credentials(None) == Credentials()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"username": "a\n", "password": "b\n"}, Credentials(user="a", password="b")),
        ({"token": "t\n"}, Credentials(token="t")),
    ],
)
def test_a_secret_says_by_its_keys_what_is_presented(
    tmp_path: Path, files: dict[str, str], expected: Credentials
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert read_credentials(tmp_path) == expected


def test_a_user_of_an_account_is_presented_by_the_file_that_nsc_wrote(tmp_path: Path) -> None:
    (tmp_path / "user.creds").write_text("-----BEGIN NATS USER JWT-----")
    assert read_credentials(tmp_path) == Credentials(user_credentials=tmp_path / "user.creds")


def test_a_secret_without_such_a_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailable, match="needs the key"):
        read_credentials(tmp_path)
