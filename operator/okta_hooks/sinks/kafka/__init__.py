"""The sink `kafka`: a topic of Apache Kafka, or of whoever speaks its protocol.

| module | what it is for |
|---|---|
| `settings` | what is configured of it |
| `sink` | hands a batch over |
| `producer` | one of librdkafka's producers, and the thread that hears what became of messages |
| `configuration` | what librdkafka is told |
| `verdicts` | what its errors say of events |

Only `settings` is loaded by a dispatcher that has no such sink: librdkafka takes some 14 MiB.
"""

from okta_hooks.sinks.kafka.settings import KafkaSettings

__all__ = ["KafkaSettings"]
