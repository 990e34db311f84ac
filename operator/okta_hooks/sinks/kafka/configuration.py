"""What librdkafka is told. Its names are in its CONFIGURATION.md."""

from __future__ import annotations

from collections.abc import Mapping

from okta_hooks.sinks.kafka.settings import KafkaSettings
from okta_hooks.sinks.mounted import credential

Configuration = Mapping[str, str | int | bool]

_TOPIC_MAY_BE_NEW = 5.0
"""Seconds until a topic that a broker does not know counts as one that is not there: a broker may be behind."""


def producer_configuration(settings: KafkaSettings) -> Configuration:
    """For the settings, and what the files that they name hold now.

    Raises:
        NotMounted: A file can't be used.
    """
    return {
        "bootstrap.servers": ",".join(settings.bootstrap_servers),
        "client.id": "okta-event-hooks",
        "enable.idempotence": True,
        "acks": "all",
        "compression.type": settings.compression.lower(),
        "partitioner": "murmur2_random",  # the one of Java's clients, so that equal keys meet
        "message.max.bytes": settings.max_message_bytes,
        "message.timeout.ms": int(settings.timeout_seconds * 1000),
        "topic.metadata.propagation.max.ms": int(min(_TOPIC_MAY_BE_NEW, settings.timeout_seconds / 2) * 1000),
        "queue.buffering.max.messages": 0,  # what waits is bounded by who hands it over
        "linger.ms": 2,
        "reconnect.backoff.max.ms": 1000,
        "log_level": 0,  # errors are answers here, and no lines
        "security.protocol": _protocol(settings),
        **_encryption(settings),
        **_credential(settings),
    }


def _protocol(settings: KafkaSettings) -> str:
    transport = "SSL" if settings.encryption == "Tls" else "PLAINTEXT"
    return f"SASL_{transport}" if settings.auth else transport


def _encryption(settings: KafkaSettings) -> Configuration:
    if settings.encryption == "None":
        return {}
    pem = settings.pem()
    names = {"ssl.ca.pem": pem.authorities, "ssl.certificate.pem": pem.certificate, "ssl.key.pem": pem.key}
    given: dict[str, str | int | bool] = {name: text.decode("ascii", "replace") for name, text in names.items() if text}
    return given if pem.authorities else {**given, "ssl.ca.location": "probe"}


def _credential(settings: KafkaSettings) -> Configuration:
    auth = settings.auth
    if auth is None:
        return {}
    return {
        "sasl.mechanism": auth.mechanism,
        "sasl.username": credential(auth.username_file),
        "sasl.password": credential(auth.password_file),
    }
