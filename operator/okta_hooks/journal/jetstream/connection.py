"""A connection that is made anew whenever it is lost, and questions over it.

The client of nats-py is not let reconnect by itself: a client that lost its connection is replaced, so that a new one
reads credentials and certificates again, and whoever waits for an answer learns at once that none will come.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
import ssl
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from okta_hooks.journal.errors import JournalUnavailable
from okta_hooks.journal.jetstream.credentials import read_credentials
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from okta_hooks.telemetry.throttle import Throttle

ANSWER_SECONDS = 2.0
_CONNECT_SECONDS = 2
_CLOSE_SECONDS = 1.0
_PAUSE_SECONDS = 0.25
_PING_SECONDS = 2
NOBODY_RESPONDS = "503"
NOBODY_SENTENCE = "no server has JetStream, or the stream, just now: see whether the stream has a leader"
LOST_SENTENCE = "the connection to the distributed journal was lost before it answered"

_LOGGER = logging.getLogger(__name__)


class Waiting(Protocol):
    """Who waits for answers."""

    def take(self, message: Msg) -> None:
        """An answer came."""
        ...

    def lose(self) -> None:
        """No answer will come any more: the connection was lost."""
        ...


class WaitingForOne:
    """Waits for one answer."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[Msg] = asyncio.get_running_loop().create_future()

    def take(self, message: Msg) -> None:
        """Keep the first."""
        if not self.answer.done():
            self.answer.set_result(message)

    def lose(self) -> None:
        """Fail."""
        if not self.answer.done():
            self.answer.set_exception(JournalUnavailable(LOST_SENTENCE))
            self.answer.exception()  # whoever gave up meanwhile does not look


class Connection:
    """Keeps a connection while its context lasts. Entering does not wait for one.

    Args:
        settings: The servers.
        role: Who connects: names the connection, and the inbox to which answers come, `_INBOX.<role>.>`, so that a
            credential can be kept from reading the answers to others.
    """

    def __init__(self, settings: JetStreamSettings, *, role: str) -> None:
        self._settings = settings
        self._role = role
        self._numbers = itertools.count()
        self._waiting: dict[str, Waiting] = {}
        self._throttle = Throttle()
        self._client: Client | None = None
        self._inbox = ""
        self._connected = asyncio.Event()
        self.trouble = "no server was reached yet"
        """Why there was no connection the last time there was none."""

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.create_task(self._keep(), name="connection to JetStream")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeping.cancel()
        await asyncio.wait([self._keeping])

    @property
    def max_payload(self) -> int | None:
        """The largest message that the server takes, in bytes; None while there is no server."""
        return self._client.max_payload if self._client else None

    async def established(self) -> None:
        """Return once there is a connection."""
        await self._connected.wait()

    async def post(
        self, subject: str, payload: bytes, waiting: Waiting, headers: Mapping[str, str] | None = None
    ) -> str:
        """Write a message to the connection and return; its answers are given to who waits until `forget`.

        Returns:
            What to forget it by.

        Raises:
            JournalUnavailable: There is no connection.
        """
        client = self._client
        if client is None:
            raise self._unavailable()
        token = str(next(self._numbers))
        self._waiting[token] = waiting
        try:
            await client.publish(subject, payload, f"{self._inbox}.{token}", dict(headers) if headers else None)
        except BaseException as error:
            self.forget(token)
            if isinstance(error, nats.errors.Error | OSError):
                raise self._unavailable() from error
            raise
        return token

    def forget(self, token: str) -> None:
        """Wait for no more answers."""
        self._waiting.pop(token, None)

    async def ask(self, subject: str, payload: bytes = b"", headers: Mapping[str, str] | None = None) -> Msg:
        """One answer to one message.

        Raises:
            JournalUnavailable: There is none in time, or nobody to give it.
        """
        waiting = WaitingForOne()
        token = await self.post(subject, payload, waiting, headers)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                message = await waiting.answer
        except TimeoutError:
            raise JournalUnavailable(
                f"the distributed journal did not answer within {ANSWER_SECONDS:g} s: see how its servers do"
            ) from None
        finally:
            self.forget(token)
        if status(message) == NOBODY_RESPONDS:
            raise JournalUnavailable(NOBODY_SENTENCE)
        return message

    def _unavailable(self) -> JournalUnavailable:
        return JournalUnavailable(f"there is no connection to the distributed journal: {self.trouble}")

    async def _keep(self) -> None:
        while True:
            client, closed = Client(), asyncio.Event()
            try:
                await self._open(client, closed)
                _LOGGER.info("connected to the distributed journal", extra={"server": self._server(client)})
                await closed.wait()
                self.trouble = "the connection was lost"
                self._complain()
            except Exception as error:  # noqa: BLE001 -- whatever it was, the next connection may succeed
                self.trouble = _sentence(error)
                self._complain()
            finally:
                self._let_go()
                with suppress(Exception):  # what is left of a connection is of no interest
                    async with asyncio.timeout(_CLOSE_SECONDS):
                        await client.close()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _open(self, client: Client, closed: asyncio.Event) -> None:
        async def note_end() -> None:
            closed.set()

        async def note_error(error: Exception) -> None:
            self.trouble = _sentence(error)

        settings = self._settings
        credentials = read_credentials(settings.credentials_folder)
        await client.connect(
            random.sample(settings.servers, len(settings.servers)),
            name=f"okta-event-hooks {self._role}",
            allow_reconnect=False,
            connect_timeout=_CONNECT_SECONDS,
            ping_interval=_PING_SECONDS,
            pending_size=0,
            inbox_prefix=f"_INBOX.{self._role}",
            user=credentials.user,
            password=credentials.password,
            token=credentials.token,
            user_credentials=credentials.user_credentials,
            tls=self._trust(),
            closed_cb=note_end,
            error_cb=note_error,
        )
        self._inbox = client.new_inbox()
        await client.subscribe(f"{self._inbox}.*", cb=self._answer)
        self._client = client
        self._connected.set()

    def _trust(self) -> ssl.SSLContext | None:
        settings = self._settings
        if settings.ca_file is not None:
            return ssl.create_default_context(cafile=str(settings.ca_file))
        return ssl.create_default_context() if settings.servers[0].startswith("tls:") else None

    def _let_go(self) -> None:
        self._client = None
        self._connected.clear()
        waiting, self._waiting = self._waiting, {}
        for each in waiting.values():
            each.lose()

    async def _answer(self, message: Msg) -> None:
        waiting = self._waiting.get(message.subject.rpartition(".")[2])
        if waiting:
            waiting.take(message)

    def _complain(self) -> None:
        if self._throttle.admit(self.trouble) is not None:
            _LOGGER.warning("there is no connection to the distributed journal: %s", self.trouble)

    def _server(self, client: Client) -> str:
        return client.connected_url.netloc.rpartition("@")[2] if client.connected_url else ""


def status(message: Msg) -> str:
    """What a server says in place of an answer; empty when it is an answer."""
    return (message.headers or {}).get("Status", "")


def _sentence(error: Exception) -> str:
    return str(error) or type(error).__name__
