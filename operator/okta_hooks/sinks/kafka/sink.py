"""Hands a batch over to Kafka."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from okta_hooks.sinks.kafka.configuration import Configuration, producer_configuration
from okta_hooks.sinks.kafka.producer import KafkaMessage, KafkaProducer, ProducerFailed
from okta_hooks.sinks.kafka.settings import KafkaSettings
from okta_hooks.sinks.kafka.verdicts import answer, of_failure
from okta_hooks.sinks.mounted import NotMounted
from okta_hooks.sinks.payload import known
from okta_hooks.sinks.port import Answer, Outgoing, Paused, Retry

_LATER = 2.0
"""Seconds after its own limit by which librdkafka has always answered."""
_MILLISECOND = 1_000_000


class KafkaSink:
    """Produces messages.

    Args:
        settings: Where to, and as whom.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._kept: tuple[Configuration, KafkaProducer] | None = None

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        try:
            producer = await self._producer()
        except NotMounted as error:
            return Paused(str(error))
        except ProducerFailed as failed:
            return of_failure(failed.error)
        messages = [self._message(event) for event in batch]
        try:
            async with asyncio.timeout(self._settings.timeout_seconds + _LATER):
                reports = await producer.send(self._settings.topic, messages)
        except TimeoutError:
            await self.close()
            return Retry(f"Kafka did not answer within {self._settings.timeout_seconds:g} s")
        except ProducerFailed as failed:
            await self.close()
            return of_failure(failed.error)
        return answer(reports, topic=self._settings.topic, trouble=producer.trouble)

    async def close(self) -> None:
        """Give up what is on its way, and the connections; the next batch finds new ones."""
        if self._kept is not None:
            (_, producer), self._kept = self._kept, None
            await producer.close()

    async def _producer(self) -> KafkaProducer:
        """The producer for what the settings and the files that they name say now."""
        configuration = producer_configuration(self._settings)
        if self._kept is not None and self._kept[0] != configuration:
            await self.close()
        if self._kept is None:
            self._kept = configuration, KafkaProducer(configuration)
        return self._kept[1]

    def _message(self, event: Outgoing) -> KafkaMessage:
        key = known(event.payload).actor if self._settings.key == "Actor" else ""
        headers = (("uuid", event.uuid.encode()), ("eventType", event.event_type.encode()))
        moment = (event.published_ns or event.received_ns) // _MILLISECOND
        return KafkaMessage(key or event.uuid, event.payload, headers, moment)
