"""What Kafka's errors say of events."""

from __future__ import annotations

import pytest
from confluent_kafka import KafkaError

from okta_hooks.sinks import Answer, Delivered, Judged, Paused, Refused, Retry
from okta_hooks.sinks.kafka.verdicts import answer, of_failure


def answered(*codes: int | None, trouble: str = "") -> Answer:
    reports = [None if code is None else KafkaError(code) for code in codes]
    return answer(reports, topic="okta", trouble=trouble)


def test_a_batch_is_delivered_when_all_replicas_in_sync_have_all_of_it() -> None:
    assert answered(None, None) == Delivered()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (KafkaError.UNKNOWN_TOPIC_OR_PART, Paused),
        (KafkaError._UNKNOWN_TOPIC, Paused),
        (KafkaError.TOPIC_AUTHORIZATION_FAILED, Paused),
        (KafkaError.CLUSTER_AUTHORIZATION_FAILED, Paused),
        (KafkaError.SASL_AUTHENTICATION_FAILED, Paused),
        (KafkaError.MSG_SIZE_TOO_LARGE, Refused),
        (KafkaError.INVALID_RECORD, Refused),
        (KafkaError._MSG_TIMED_OUT, Retry),
        (KafkaError.NOT_ENOUGH_REPLICAS, Retry),
        (KafkaError.NOT_LEADER_FOR_PARTITION, Retry),
        (KafkaError._PURGE_QUEUE, Retry),
        (KafkaError._FATAL, Retry),
    ],
)
def test_each_error_has_its_meaning(code: int, kind: type[Answer]) -> None:
    assert isinstance(answered(code, code), kind)


def test_what_is_refused_beside_others_is_asked_again_since_a_broker_refuses_all_for_one() -> None:
    judged = answered(None, KafkaError.MSG_SIZE_TOO_LARGE)
    assert isinstance(judged, Judged)
    assert [type(each) for each in judged.answers] == [Delivered, Retry]


def test_what_timed_out_is_said_with_what_was_wrong_with_connections() -> None:
    assert answered(KafkaError._MSG_TIMED_OUT, trouble="kafka:9092: Connection refused") == Retry(
        "Kafka did not acknowledge in time (kafka:9092: Connection refused)"
    )


def test_a_certificate_that_can_not_be_trusted_is_somebodys_to_correct() -> None:
    error = KafkaError(KafkaError._SSL, "broker certificate could not be verified")
    assert isinstance(of_failure(error), Paused)


def test_other_trouble_with_tls_may_pass() -> None:
    assert isinstance(of_failure(KafkaError(KafkaError._SSL, "handshake failed")), Retry)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Receive failed: error:0A000412:SSL routines::ssl/tls alert bad certificate: SSL alert number 42", Paused),
        (
            "Receive failed: error:0A00045C:SSL routines::tlsv13 alert certificate required: SSL alert number 116",
            Paused,
        ),
        ("SSL handshake failed: error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48", Paused),
        ("SSL handshake failed: error:0A000438:SSL routines::tlsv1 alert internal error: SSL alert number 80", Retry),
        ("Connect to ipv4#192.0.2.1:42 failed: Connection refused", Retry),
    ],
)
def test_a_broker_that_does_not_take_our_certificate_is_told_from_one_that_is_away(
    said: str, kind: type[Answer]
) -> None:
    assert isinstance(of_failure(KafkaError(KafkaError._TRANSPORT, said)), kind)
