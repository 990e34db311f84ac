"""What a receiver's credential need permit, and that no more is used; and servers that present a certificate."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from contract.okta_hooks.journal.conftest import LIMITS
from okta_hooks.journal import JournalUnavailable
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from samples.dispatch import until
from samples.journal import numbered, read_all, several
from samples.streams import dispatcher_side
from servers import nats

PERMISSIONS = """
authorization { users: [
  { user: receiver, password: r, permissions: {
      publish: ["okta.test.>", "$JS.API.STREAM.INFO.test", "$JS.API.DIRECT.GET.test.okta.test.>"],
      subscribe: ["_INBOX.receiver.>"] } }
  { user: dispatcher, password: d, permissions: {
      publish: ["$JS.API.STREAM.*.test", "$JS.API.STREAM.MSG.GET.test", "$JS.API.DIRECT.GET.test",
                "$JS.API.STREAM.*.KV_test", "$JS.API.STREAM.MSG.GET.KV_test", "$KV.test.>"],
      subscribe: ["_INBOX.dispatcher.>"] } }
] }
"""


def presenting(folder: Path, url: str, user: str) -> JetStreamSettings:
    """A mounted Secret with the credential of a user."""
    secret = folder / user
    secret.mkdir(exist_ok=True)
    (secret / "username").write_text(user)
    (secret / "password").write_text(user[0])
    return JetStreamSettings((url,), "test", credentials_folder=secret)


async def test_the_documented_permissions_are_enough(tmp_path: Path) -> None:
    with nats.running(tmp_path, nats.NatsOptions(more=PERMISSIONS)) as (server,):
        async with (
            dispatcher_side(presenting(tmp_path, server.url, "dispatcher"), LIMITS) as side,
            StreamAppender(presenting(tmp_path, server.url, "receiver")) as appender,
        ):
            await appender.append(several(3))
            await appender.append([numbered(1)])
            assert appender.usage().refusal is None
            reading = await read_all(side.reader)
            await side.retention.release(reading.next)
            await side.reader.wait(reading.entries[0].at)
    assert reading.records == several(3)


@pytest.mark.parametrize("what", ["STREAM.PURGE.test", "STREAM.DELETE.test", "STREAM.UPDATE.test", "DIRECT.GET.test"])
async def test_a_receivers_credential_does_not_permit_to_drop_change_or_read_the_stream(
    tmp_path: Path, what: str
) -> None:
    with nats.running(tmp_path, nats.NatsOptions(more=PERMISSIONS)) as (server,):
        async with Connection(presenting(tmp_path, server.url, "receiver"), role="receiver") as connection:
            await connection.established()
            with pytest.raises(JournalUnavailable):
                await connection.ask(f"$JS.API.{what}", b"{}")


async def test_a_credential_that_is_refused_is_said_and_a_right_one_is_used_once_it_is_there(tmp_path: Path) -> None:
    with nats.running(tmp_path, nats.NatsOptions(more=PERMISSIONS)) as (server,):
        chosen = presenting(tmp_path, server.url, "dispatcher")
        (tmp_path / "dispatcher" / "password").write_text("wrong")
        async with Connection(chosen, role="dispatcher") as connection:
            await until(lambda: "Authorization" in connection.trouble)
            (tmp_path / "dispatcher" / "password").write_text("d")
            await connection.established()


async def test_a_server_is_trusted_by_the_given_certificates_only(tmp_path: Path) -> None:
    ours, other = trustme.CA(), trustme.CA()
    certificate = ours.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "server.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "server.key"))
    ours.cert_pem.write_to_path(str(tmp_path / "ours.pem"))
    other.cert_pem.write_to_path(str(tmp_path / "other.pem"))
    tls = f'tls {{ cert_file: "{tmp_path}/server.pem", key_file: "{tmp_path}/server.key" }}'
    with nats.running(tmp_path, nats.NatsOptions(more=tls)) as (server,):
        url = server.url.replace("nats:", "tls:")
        async with Connection(JetStreamSettings((url,), "test", ca_file=tmp_path / "ours.pem"), role="receiver") as one:
            await one.established()
        async with Connection(
            JetStreamSettings((url,), "test", ca_file=tmp_path / "other.pem"), role="receiver"
        ) as one:
            await until(lambda: "certificate" in one.trouble)
