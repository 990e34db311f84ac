"""Where events go: one file a sink.

A sink is two classes: its settings, which are a part of the dispatcher's configuration and are told apart by `type`,
and the sink that they open. To add one, write its file, add its settings to `AnySink` here, and hold it to the contract
in `tests/contract/okta_hooks/sinks/sink_contract.py`.

| module | what it is for |
|---|---|
| `port` | what a sink gets, and what it may answer |
| `stdout` | one line an event on the process's own output |
| `http` | a POST to an endpoint of the user's own; with `cloudevents_binding` and `multi_status` |
| `splunk_hec` | Splunk's HTTP Event Collector; with `splunk_codes` and `splunk_acknowledgement` |
| `elasticsearch` | the bulk interface of Elasticsearch and OpenSearch; with `index_pattern` |
| `kafka` | a topic of Apache Kafka |
| `syslog` | RFC 5424 over TLS |
| `object_storage` | objects in a bucket, by the S3 interface |
| `verdicts` | what verdicts on single events say of a batch |
| `payload` | what a sink reads of an event as its format wrote it |
| `mounted` | credentials and certificates in mounted files |
| `tls` | authorities and client certificates of sinks that do not speak HTTP |
| `transport` | what the sinks over HTTP share |
"""

from okta_hooks.sinks.elasticsearch import ElasticsearchSettings
from okta_hooks.sinks.http import HttpSettings
from okta_hooks.sinks.kafka import KafkaSettings
from okta_hooks.sinks.object_storage import ObjectStorageSettings
from okta_hooks.sinks.port import (
    Answer,
    Delivered,
    EventAnswer,
    Judged,
    Outgoing,
    Paused,
    Refused,
    RefusedForGood,
    Retry,
    Sink,
    SinkSettings,
)
from okta_hooks.sinks.splunk_hec import SplunkHecSettings
from okta_hooks.sinks.stdout import StdoutSettings
from okta_hooks.sinks.syslog import SyslogSettings

AnySink = (
    StdoutSettings
    | HttpSettings
    | SplunkHecSettings
    | ElasticsearchSettings
    | KafkaSettings
    | SyslogSettings
    | ObjectStorageSettings
)
"""The settings of any sink."""

__all__ = [
    "Answer",
    "AnySink",
    "Delivered",
    "ElasticsearchSettings",
    "EventAnswer",
    "HttpSettings",
    "Judged",
    "KafkaSettings",
    "ObjectStorageSettings",
    "Outgoing",
    "Paused",
    "Refused",
    "RefusedForGood",
    "Retry",
    "Sink",
    "SinkSettings",
    "SplunkHecSettings",
    "StdoutSettings",
    "SyslogSettings",
]
