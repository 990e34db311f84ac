"""One of librdkafka's producers, and the thread that hears what became of messages."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from okta_hooks.sinks.kafka.configuration import Configuration

_LOOKS_EVERY = 0.2
"""Seconds after which the thread sees that it is to end."""

_ALERT = re.compile(r"SSL alert number (4[1-6]|48|49|116)\b")
"""What TLS says of a certificate that is not taken, or wanted and not there (RFC 8446, 6.2)."""

Report = KafkaError | None
"""What became of one message: None when every replica in sync has it."""


class ProducerFailed(Exception):
    """Nothing will be taken over these connections.

    Args:
        error: What librdkafka says.
    """

    def __init__(self, error: KafkaError) -> None:
        super().__init__(error.str())
        self.error = error


@dataclass(frozen=True)
class KafkaMessage:
    """A message.

    Attributes:
        key: By which its partition is chosen.
        value: Its content.
        headers: What goes with it.
        timestamp_ms: When it happened, in milliseconds of Unix time.
    """

    key: str
    value: bytes
    headers: Sequence[tuple[str, bytes]]
    timestamp_ms: int


def refuses_our_certificate(error: KafkaError) -> bool:
    """Whether a broker hung up for want of a certificate that it trusts, which is told like any lost connection."""
    return error.code() == KafkaError._TRANSPORT and _ALERT.search(error.str()) is not None


class _Batch:
    """Messages on their way, and what became of them; it is told by the thread.

    Args:
        size: How many there are.
    """

    def __init__(self, size: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._reports: list[Report] = [None] * size
        self._left = size
        self._lock = threading.Lock()
        self.reports: asyncio.Future[Sequence[Report]] = self._loop.create_future()

    def report(self, place: int, error: Report, _: Message | None) -> None:
        with self._lock:
            self._reports[place] = error
            self._left -= 1
            is_last = self._left == 0
        if is_last:
            self._loop.call_soon_threadsafe(self._settle)

    def fail(self, failure: ProducerFailed) -> None:
        if not self.reports.done():
            self.reports.set_exception(failure)

    def _settle(self) -> None:
        if not self.reports.done():
            self.reports.set_result(self._reports)


class KafkaProducer:
    """Sends messages, and connects when there is one.

    Args:
        configuration: For librdkafka.

    Raises:
        ProducerFailed: It can't be used, such as a certificate that is none.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._loop = asyncio.get_running_loop()
        self._batches = set[_Batch]()
        self.trouble = ""
        """What was last wrong with a connection; it may have passed."""
        try:
            self._producer = Producer({**configuration, "error_cb": self._on_error})
        except KafkaException as error:
            raise ProducerFailed(error.args[0]) from error
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="kafka", daemon=True)
        self._thread.start()

    async def send(self, topic: str, messages: Sequence[KafkaMessage]) -> Sequence[Report]:
        """Send messages, in their order.

        Returns:
            What became of each, once that is known of all, which `message.timeout.ms` bounds.

        Raises:
            ProducerFailed: Nothing becomes of any.
        """
        batch = _Batch(len(messages))
        self._batches.add(batch)
        try:
            await asyncio.to_thread(self._produce, topic, messages, batch)
            return await batch.reports
        finally:
            self._batches.discard(batch)

    async def close(self) -> None:
        """Give up what is on its way."""
        self._is_closing.set()
        await asyncio.to_thread(self._thread.join)

    def _produce(self, topic: str, messages: Sequence[KafkaMessage], batch: _Batch) -> None:
        for place, message in enumerate(messages):
            report = partial(batch.report, place)
            try:
                self._producer.produce(
                    topic,
                    message.value,
                    message.key,
                    headers=[*message.headers],
                    timestamp=message.timestamp_ms,
                    on_delivery=report,
                )
            except KafkaException as error:
                report(error.args[0], None)

    def _serve(self) -> None:
        while not self._is_closing.is_set():
            self._producer.poll(_LOOKS_EVERY)
        self._producer.purge()
        self._producer.flush(_LOOKS_EVERY)

    def _on_error(self, error: KafkaError) -> None:
        """Is told of connections; those that are lost are made again, all else is somebody's to correct."""
        if error.code() != KafkaError._ALL_BROKERS_DOWN:  # it comes after what says why
            self.trouble = error.str()
        is_to_correct = error.code() in (KafkaError._AUTHENTICATION, KafkaError._SSL) or refuses_our_certificate(error)
        if error.fatal() or is_to_correct:
            self._loop.call_soon_threadsafe(self._fail, error)

    def _fail(self, error: KafkaError) -> None:
        for batch in self._batches:
            batch.fail(ProducerFailed(error))
