"""What the operator tells the dispatcher, read as the dispatcher reads it."""

from __future__ import annotations

import msgspec
import pytest
from pydantic import JsonValue

from okta_hooks.dispatch.configuration import Configuration, OnFull, SinkConfiguration
from okta_hooks.formats import FormatSettings
from okta_hooks.kube.children.configuration import Origin, config_map
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.resources import CONFIG_MAP
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import (
    ElasticsearchSettings,
    HttpSettings,
    KafkaSettings,
    ObjectStorageSettings,
    SplunkHecSettings,
    StdoutSettings,
    SyslogSettings,
)
from okta_hooks.sinks.kafka.settings import SaslPlain, SaslScram
from okta_hooks.sinks.object_storage.settings import AccessKey
from okta_hooks.sinks.splunk_acknowledgement import Acknowledgement
from okta_hooks.sinks.transport.credentials import ApiKey, Basic, Bearer
from okta_hooks.sinks.transport.oauth import ClientCredentials
from samples.kube import UID, child, spec, within

SECRET: JsonValue = {"name": "siem", "key": "any"}
URL = "https://siem.example.com"
FOLDER = "/run/okta-hooks/sinks"
OUT: JsonValue = {"name": "out", "stdout": {}}


def written(**parts: JsonValue) -> str:
    return str(within(child(Hook("identity", "sign-ins", UID, spec(**parts)), CONFIG_MAP), "data", "dispatcher.json"))


def read(**parts: JsonValue) -> Configuration:
    return msgspec.json.decode(written(**parts), type=Configuration)


def sink(**parts: JsonValue) -> SinkConfiguration:
    (found,) = read(sinks=[{"name": "siem", **parts}]).sinks
    return found


def test_events_say_where_they_come_from_and_what_the_user_wants_them_to() -> None:
    told = read(labels={"environment": "production"})
    assert (told.org, told.hook_id) == ("https://example.okta.com", "who00000000000000000")
    assert told.labels == {"environment": "production"}


def test_a_sink_that_says_nothing_has_the_dispatchers_defaults() -> None:
    assert sink(stdout={}) == SinkConfiguration(name="siem", to=StdoutSettings())


def test_all_that_is_said_of_delivery_arrives() -> None:
    told = sink(
        stdout={},
        batch={"maxEvents": 7, "maxBytes": 8, "maxAge": "9s"},
        retry={"backoffPolicy": "linear", "backoffDelay": "1500ms", "backoffMaxDelay": "2m"},
        concurrency=3,
        maxRate=10,
        startAt="2026-01-31T12:00:00Z",
        onFull="Skip",
    )
    assert (told.batch.max_events, told.batch.max_bytes, told.batch.max_age_seconds) == (7, 8, 9.0)
    assert (told.retry.backoff_policy, told.retry.backoff_delay_seconds) == ("linear", 1.5)
    assert (told.retry.backoff_limit_seconds, told.concurrency, told.max_rate) == (120.0, 3, 10)
    assert (told.start_at is not None, told.on_full) == (True, OnFull.SKIP)


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"bearer": {"tokenSecretRef": SECRET}}, Bearer(token_file=f"{FOLDER}/siem.token")),
        (
            {"basic": {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET}},
            Basic(username_file=f"{FOLDER}/siem.username", password_file=f"{FOLDER}/siem.password"),
        ),
        (
            {
                "oauth2": {
                    "tokenUrl": URL,
                    "clientIdSecretRef": SECRET,
                    "clientSecretSecretRef": SECRET,
                    "scope": "events",
                }
            },
            ClientCredentials(
                token_url=URL,
                client_id_file=f"{FOLDER}/siem.clientId",
                client_secret_file=f"{FOLDER}/siem.clientSecret",
                scope="events",
            ),
        ),
    ],
    ids=["bearer", "basic", "oauth2"],
)
def test_an_http_sink_is_known_by_files(auth: JsonValue, expected: Bearer | Basic | ClientCredentials) -> None:
    assert sink(http={"url": URL, "auth": auth}).to == HttpSettings(url=URL, auth=expected)


def test_an_http_sink_is_told_how_to_call() -> None:
    told = sink(http={"url": URL, "timeout": "5s", "caSecretRef": SECRET, "body": "JsonArray", "compression": "Gzip"})
    assert told.to == HttpSettings(
        url=URL, timeout_seconds=5, ca_file=f"{FOLDER}/siem.ca", body="JsonArray", compression="Gzip"
    )


def test_a_splunk_sink_is_told_where_events_go() -> None:
    told = sink(
        splunkHec={
            "url": URL,
            "tokenSecretRef": SECRET,
            "index": "main",
            "source": "a",
            "sourcetype": "b",
            "host": "c",
            "compression": "None",
            "acknowledgement": {"timeout": "2m"},
        }
    )
    assert told.to == SplunkHecSettings(
        url=URL,
        token_file=f"{FOLDER}/siem.token",
        index="main",
        source="a",
        sourcetype="b",
        host="c",
        compression="None",
        acknowledgement=Acknowledgement(timeout_seconds=120),
    )


def test_an_elasticsearch_sink_is_told_its_index() -> None:
    told = sink(elasticsearch={"url": URL, "index": "okta-{yyyy}", "auth": {"apiKey": {"apiKeySecretRef": SECRET}}})
    assert told.to == ElasticsearchSettings(
        url=URL, index="okta-{yyyy}", auth=ApiKey(api_key_file=f"{FOLDER}/siem.apiKey")
    )


def test_a_kafka_sink_is_told_its_topic() -> None:
    told = sink(
        kafka={
            "bootstrapServers": ["kafka.example.com:9093"],
            "topic": "okta",
            "key": "Actor",
            "auth": {"scram": {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET, "hash": "Sha256"}},
            "certificateSecretRef": SECRET,
            "keySecretRef": SECRET,
            "compression": "Zstd",
            "maxMessageBytes": 2000,
            "timeout": "10s",
        }
    )
    assert told.to == KafkaSettings(
        bootstrap_servers=("kafka.example.com:9093",),
        topic="okta",
        key="Actor",
        auth=SaslScram(username_file=f"{FOLDER}/siem.username", password_file=f"{FOLDER}/siem.password", hash="Sha256"),
        certificate_file=f"{FOLDER}/siem.certificate",
        key_file=f"{FOLDER}/siem.key",
        compression="Zstd",
        max_message_bytes=2000,
        timeout_seconds=10,
    )


def test_a_kafka_sink_in_clear_has_a_password_that_the_broker_sees() -> None:
    auth: JsonValue = {"plain": {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET}}
    told = sink(kafka={"bootstrapServers": ["a.b.svc:9092"], "topic": "okta", "insecure": True, "auth": auth})
    files = SaslPlain(username_file=f"{FOLDER}/siem.username", password_file=f"{FOLDER}/siem.password")
    assert told.to == KafkaSettings(bootstrap_servers=("a.b.svc:9092",), topic="okta", encryption="None", auth=files)


def test_a_syslog_sink_is_told_how_to_write() -> None:
    told = sink(
        syslog={
            "url": "tls://syslog.example.com",
            "facility": "local7",
            "hostname": "okta",
            "appName": "events",
            "structuredDataId": "okta@1",
            "maxMessageBytes": 65536,
            "acknowledgement": "Close",
            "caSecretRef": SECRET,
            "timeout": "10s",
        }
    )
    assert told.to == SyslogSettings(
        url="tls://syslog.example.com",
        facility="local7",
        hostname="okta",
        app_name="events",
        structured_data_id="okta@1",
        max_message_bytes=65536,
        acknowledgement="Close",
        ca_file=f"{FOLDER}/siem.ca",
        timeout_seconds=10,
    )


def test_an_object_storage_sink_is_told_its_bucket() -> None:
    key: JsonValue = {
        "accessKeyIdSecretRef": SECRET,
        "secretAccessKeySecretRef": SECRET,
        "sessionTokenSecretRef": SECRET,
    }
    told = sink(
        objectStorage={
            "bucket": "events",
            "region": "eu-central-1",
            "endpoint": URL,
            "addressing": "Path",
            "prefix": "a/b",
            "compression": "None",
            "encryption": "Kms",
            "kmsKeyId": "alias/events",
            "auth": {"accessKey": key},
            "caSecretRef": SECRET,
            "timeout": "10s",
        }
    )
    assert told.to == ObjectStorageSettings(
        bucket="events",
        region="eu-central-1",
        endpoint=URL,
        addressing="Path",
        prefix="a/b",
        compression="None",
        encryption="Kms",
        kms_key_id="alias/events",
        auth=AccessKey(
            access_key_id_file=f"{FOLDER}/siem.accessKeyId",
            secret_access_key_file=f"{FOLDER}/siem.secretAccessKey",
            session_token_file=f"{FOLDER}/siem.sessionToken",
        ),
        ca_file=f"{FOLDER}/siem.ca",
        timeout_seconds=10,
    )


def test_a_format_is_told_what_to_leave_out() -> None:
    told = sink(
        stdout={},
        format={
            "type": "ecs",
            "drop": ["client.ipAddress"],
            "pseudonymise": ["actor.id"],
            "pseudonymKeySecretRef": SECRET,
        },
    )
    assert told.format == FormatSettings(
        type="ecs",
        drop=("client.ipAddress",),
        pseudonymise=("actor.id",),
        pseudonym_key_file=f"{FOLDER}/siem.pseudonymKey",
    )


def test_a_format_that_names_no_type_is_that_of_okta() -> None:
    assert sink(stdout={}, format={"drop": ["client"]}).format == FormatSettings(drop=("client",))


def test_a_route_arrives_as_it_was_written() -> None:
    route: JsonValue = {"name": "locks", "eventTypes": ["user.account.*"], "when": "true", "sinks": ["out"]}
    assert read(sinks=[OUT], routes=[route]).routes == (
        RouteSettings(name="locks", event_types=("user.account.*",), when="true", sinks=("out",)),
    )


def test_sinks_that_are_given_up_are_named() -> None:
    assert read(sinks=[OUT], abandonSinks=["former"]).removed_sinks == ("former",)


def test_a_sink_that_can_not_be_fed_now_is_awaited_so_that_it_keeps_its_place() -> None:
    hook = Hook("identity", "sign-ins", UID, spec(sinks=[OUT]))
    told = within(config_map(hook, Origin("https://acme.okta.com"), feeds=()), "data", "dispatcher.json")
    configuration = msgspec.json.decode(str(told), type=Configuration)
    assert (configuration.sinks, configuration.awaited_sinks) == ((), ("out",))


def test_a_full_journal_is_the_one_that_the_receiver_refuses_at() -> None:
    assert read(receiver={"journal": {"persistentVolume": {"size": "10Gi"}}}).journal_max_bytes == 9 << 30
