"""What the dispatcher is told of a sink: the same as in the spec, but for credentials, which are names of files.

What the spec leaves out is left out here, so that defaults are the dispatcher's own business.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from okta_hooks.api.sinks.elasticsearch import ElasticsearchAuth, ElasticsearchSink
from okta_hooks.api.sinks.endpoint import Basic, Bearer, Endpoint
from okta_hooks.api.sinks.http import HttpAuth, HttpSink, OAuth2
from okta_hooks.api.sinks.kafka import KafkaAuth, KafkaSink
from okta_hooks.api.sinks.object_storage import AccessKey, ObjectStorageSink
from okta_hooks.api.sinks.options import Batch, Format, Retry
from okta_hooks.api.sinks.splunk_hec import SplunkHecSink
from okta_hooks.api.sinks.stdout import StdoutSink
from okta_hooks.api.sinks.syslog import SyslogSink
from okta_hooks.api.sinks.tls import Tls
from okta_hooks.api.values import Duration, to_timedelta
from okta_hooks.kube.children.feeds import Feed
from okta_hooks.kube.objects import JsonObject


def settings(feed: Feed) -> JsonObject:
    """A sink as the dispatcher's file has it."""
    options = feed.options
    return _given(
        {
            "name": feed.name,
            "to": _to(feed),
            "format": _format(feed, options.format) if options.format is not None else None,
            "batch": _batch(options.batch) if options.batch is not None else None,
            "retry": _retry(options.retry) if options.retry is not None else None,
            "concurrency": options.concurrency,
            "maxRate": options.max_rate,
            "startAt": feed.start_at,
            "onFull": feed.on_full,
        }
    )


def _to(feed: Feed) -> JsonObject:
    """The spec names a sink's type by a field, the dispatcher's file by the value of `type`."""
    kind, told = _typed(feed)
    return {"type": kind, **told}


def _typed(feed: Feed) -> tuple[str, JsonObject]:
    told: JsonObject = {}
    match feed.to.chosen:
        case HttpSink() as sink:
            kind, told = "http", _http(feed, sink)
        case SplunkHecSink() as sink:
            kind, told = "splunkHec", _splunk_hec(feed, sink)
        case ElasticsearchSink() as sink:
            kind, told = "elasticsearch", _elasticsearch(feed, sink)
        case KafkaSink() as sink:
            kind, told = "kafka", _kafka(feed, sink)
        case SyslogSink() as sink:
            kind, told = "syslog", _syslog(feed, sink)
        case ObjectStorageSink() as sink:
            kind, told = "objectStorage", _object_storage(feed, sink)
        case StdoutSink():
            kind = "stdout"
        case other:
            raise TypeError(f"a sink of type {type(other).__name__} has no settings for the dispatcher yet")
    return kind, told


def _http(feed: Feed, sink: HttpSink) -> JsonObject:
    auth = _http_auth(feed, sink.auth) if sink.auth is not None else None
    return _given(
        {**_endpoint(feed, sink), "url": sink.url, "body": sink.body, "compression": sink.compression, "auth": auth}
    )


def _splunk_hec(feed: Feed, sink: SplunkHecSink) -> JsonObject:
    acknowledgement = sink.acknowledgement
    return _given(
        {
            **_endpoint(feed, sink),
            "url": sink.url,
            "tokenFile": feed.file("token"),
            "index": sink.index,
            "source": sink.source,
            "sourcetype": sink.sourcetype,
            "host": sink.host,
            "compression": sink.compression,
            "acknowledgement": (
                _given({"timeoutSeconds": _seconds(acknowledgement.timeout)}) if acknowledgement is not None else None
            ),
        }
    )


def _elasticsearch(feed: Feed, sink: ElasticsearchSink) -> JsonObject:
    auth = _elasticsearch_auth(feed, sink.auth) if sink.auth is not None else None
    return _given(
        {**_endpoint(feed, sink), "url": sink.url, "index": sink.index, "compression": sink.compression, "auth": auth}
    )


def _kafka(feed: Feed, sink: KafkaSink) -> JsonObject:
    return _given(
        {
            **_tls(feed, sink),
            "bootstrapServers": [*sink.bootstrap_servers],
            "topic": sink.topic,
            "key": sink.key,
            "encryption": "None" if sink.insecure else None,
            "auth": _sasl(feed, sink.auth) if sink.auth is not None else None,
            "compression": sink.compression,
            "maxMessageBytes": sink.max_message_bytes,
            "timeoutSeconds": _seconds(sink.timeout),
        }
    )


def _sasl(feed: Feed, auth: KafkaAuth) -> JsonObject:
    files: JsonObject = {"usernameFile": feed.file("username"), "passwordFile": feed.file("password")}
    if auth.scram is not None:
        return _given({"type": "scram", **files, "hash": auth.scram.hash})
    return {"type": "plain", **files}


def _syslog(feed: Feed, sink: SyslogSink) -> JsonObject:
    return _given(
        {
            **_tls(feed, sink),
            "url": sink.url,
            "facility": sink.facility,
            "hostname": sink.hostname,
            "appName": sink.app_name,
            "structuredDataId": sink.structured_data_id,
            "maxMessageBytes": sink.max_message_bytes,
            "acknowledgement": sink.acknowledgement,
            "timeoutSeconds": _seconds(sink.timeout),
        }
    )


def _object_storage(feed: Feed, sink: ObjectStorageSink) -> JsonObject:
    return _given(
        {
            "bucket": sink.bucket,
            "region": sink.region,
            "endpoint": sink.endpoint,
            "addressing": sink.addressing,
            "prefix": sink.prefix,
            "compression": sink.compression,
            "encryption": sink.encryption,
            "kmsKeyId": sink.kms_key_id,
            "auth": _access_key(feed, sink.auth.access_key) if sink.auth is not None else None,
            "caFile": feed.file("ca") if sink.ca_secret_ref is not None else None,
            "timeoutSeconds": _seconds(sink.timeout),
        }
    )


def _access_key(feed: Feed, key: AccessKey) -> JsonObject:
    session = feed.file("sessionToken") if key.session_token_secret_ref is not None else None
    return _given(
        {
            "type": "accessKey",
            "accessKeyIdFile": feed.file("accessKeyId"),
            "secretAccessKeyFile": feed.file("secretAccessKey"),
            "sessionTokenFile": session,
        }
    )


def _tls(feed: Feed, sink: Tls) -> Mapping[str, JsonValue]:
    return {
        "caFile": feed.file("ca") if sink.ca_secret_ref is not None else None,
        "certificateFile": feed.file("certificate") if sink.certificate_secret_ref is not None else None,
        "keyFile": feed.file("key") if sink.key_secret_ref is not None else None,
    }


def _endpoint(feed: Feed, sink: Endpoint) -> Mapping[str, JsonValue]:
    return {
        "timeoutSeconds": _seconds(sink.timeout),
        "caFile": feed.file("ca") if sink.ca_secret_ref is not None else None,
    }


def _http_auth(feed: Feed, auth: HttpAuth) -> JsonObject:
    return _oauth2(feed, auth.oauth2) if auth.oauth2 is not None else _known_by(feed, auth.bearer, auth.basic)


def _elasticsearch_auth(feed: Feed, auth: ElasticsearchAuth) -> JsonObject:
    if auth.api_key is not None:
        return {"type": "apiKey", "apiKeyFile": feed.file("apiKey")}
    return _known_by(feed, auth.bearer, auth.basic)


def _known_by(feed: Feed, bearer: Bearer | None, basic: Basic | None) -> JsonObject:
    if bearer is not None:
        return {"type": "bearer", "tokenFile": feed.file("token")}
    if basic is not None:
        return {"type": "basic", "usernameFile": feed.file("username"), "passwordFile": feed.file("password")}
    raise ValueError(f"the sink {feed.name} has an auth that is of no type")


def _oauth2(feed: Feed, auth: OAuth2) -> JsonObject:
    return _given(
        {
            "type": "oauth2",
            "tokenUrl": auth.token_url,
            "clientIdFile": feed.file("clientId"),
            "clientSecretFile": feed.file("clientSecret"),
            "scope": auth.scope,
            "audience": auth.audience,
        }
    )


def _format(feed: Feed, wanted: Format) -> JsonObject:
    drop, pseudonymise = wanted.drop, wanted.pseudonymise
    return _given(
        {
            "type": wanted.type or "okta",
            "drop": [*drop] if drop is not None else None,
            "pseudonymise": [*pseudonymise] if pseudonymise is not None else None,
            "pseudonymKeyFile": feed.file("pseudonymKey") if wanted.pseudonym_key_secret_ref is not None else None,
        }
    )


def _batch(wanted: Batch) -> JsonObject:
    return _given(
        {"maxEvents": wanted.max_events, "maxBytes": wanted.max_bytes, "maxAgeSeconds": _seconds(wanted.max_age)}
    )


def _retry(wanted: Retry) -> JsonObject:
    return _given(
        {
            "backoffPolicy": wanted.backoff_policy,
            "backoffDelaySeconds": _seconds(wanted.backoff_delay),
            "backoffLimitSeconds": _seconds(wanted.backoff_max_delay),
        }
    )


def _seconds(duration: Duration | None) -> float | None:
    return to_timedelta(duration).total_seconds() if duration is not None else None


def _given(fields: Mapping[str, JsonValue]) -> JsonObject:
    return {name: value for name, value in fields.items() if value is not None}
