"""What librdkafka's errors say of events, and what they say of a batch."""

from __future__ import annotations

from collections.abc import Sequence

from confluent_kafka import KafkaError

from okta_hooks.sinks.kafka.producer import Report, refuses_our_certificate
from okta_hooks.sinks.port import Answer, Delivered, Paused, Refused, Retry
from okta_hooks.sinks.verdicts import Verdict, together

_NO_TOPIC = frozenset({KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC, KafkaError.TOPIC_EXCEPTION})
_FORBIDDEN = frozenset({KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED})
_UNKNOWN_CREDENTIAL = frozenset({KafkaError.SASL_AUTHENTICATION_FAILED, KafkaError._AUTHENTICATION})
_AT_FAULT = frozenset({KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.INVALID_RECORD, KafkaError.INVALID_MSG_SIZE})


def answer(reports: Sequence[Report], *, topic: str, trouble: str) -> Answer:
    """What the reports on the messages of a batch say of it.

    A broker refuses all messages that came together for the sake of one. So where others were taken, those that it
    refused are asked again, until they are alone.

    Args:
        reports: One for each message.
        topic: Where they were to go.
        trouble: What was last wrong with a connection.
    """
    verdicts = [_verdict(report, topic, trouble) for report in reports]
    if any(isinstance(verdict, Delivered) for verdict in verdicts):
        verdicts = [Retry(verdict.reason) if isinstance(verdict, Refused) else verdict for verdict in verdicts]
    return together(verdicts)


def of_failure(error: KafkaError) -> Retry | Paused:
    """What an error that ends a producer says."""
    if error.code() in _UNKNOWN_CREDENTIAL:
        return Paused(f"Kafka does not take the credential ({_said(error)}): correct the user or the password")
    if error.code() in _FORBIDDEN:
        return Paused(f"Kafka forbids to write ({_said(error)}): let the user write, also with idempotence")
    if error.code() == KafkaError._SSL and "verif" in error.str():
        return Paused(
            f"the certificate of Kafka can't be trusted ({_said(error)}): name its authority in the sink's CA"
        )
    if refuses_our_certificate(error):
        return Paused(f"Kafka does not take our certificate ({_said(error)}): give the sink one that it trusts")
    if error.code() == KafkaError._INVALID_ARG:
        return Paused(f"these settings can't be used ({_said(error)}): correct the certificates or the key")
    return Retry(f"Kafka can't be written to ({_said(error)})")


def _verdict(report: Report, topic: str, trouble: str) -> Verdict:
    if report is None:
        return Delivered()
    if report.code() in _NO_TOPIC:
        return Paused(f"Kafka has no topic {topic}: create it, or correct its name")
    if report.code() in _FORBIDDEN:
        return Paused(f"Kafka forbids to write to the topic {topic}: let the user write to it")
    if report.code() in _AT_FAULT:
        return Refused(f"Kafka refuses it ({_said(report)})")
    if report.code() == KafkaError._MSG_TIMED_OUT:
        return Retry("Kafka did not acknowledge in time" + (f" ({_short(trouble)})" if trouble else ""))
    return of_failure(report)


def _said(error: KafkaError) -> str:
    return _short(error.str())


def _short(text: str) -> str:
    return " ".join(text.split())[:200]
