"""Which types of sink there are."""

from __future__ import annotations

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule
from okta_hooks.api.sinks.elasticsearch import ElasticsearchSink
from okta_hooks.api.sinks.http import HttpSink
from okta_hooks.api.sinks.kafka import KafkaSink
from okta_hooks.api.sinks.object_storage import ObjectStorageSink
from okta_hooks.api.sinks.splunk_hec import SplunkHecSink
from okta_hooks.api.sinks.stdout import StdoutSink
from okta_hooks.api.sinks.syslog import SyslogSink

TYPES = ("stdout", "http", "splunkHec", "elasticsearch", "kafka", "syslog", "objectStorage")
"""The fields of which a sink has one."""

CLOUD_EVENTS_FIT = Rule(
    "!has(self.http) || !has(self.http.body) || !self.http.body.startsWith('CloudEvents')"
    " || (has(self.format) && has(self.format.type) && self.format.type == 'cloudevents')",
    "an http body of CloudEvents needs CloudEvents: write format.type cloudevents",
)


class Destination(ApiModel):
    """Where events go: one of these."""

    stdout: StdoutSink | None = Field(None, description="Print events on the dispatcher's standard output.")
    http: HttpSink | None = Field(None, description="Post events to an endpoint of your own.")
    splunk_hec: SplunkHecSink | None = Field(None, description="Send events to Splunk's HTTP Event Collector.")
    elasticsearch: ElasticsearchSink | None = Field(
        None, description="Create events in an index of Elasticsearch or OpenSearch."
    )
    kafka: KafkaSink | None = Field(None, description="Send events to a topic of Kafka.")
    syslog: SyslogSink | None = Field(None, description="Send events to a receiver of syslog (RFC 5424).")
    object_storage: ObjectStorageSink | None = Field(
        None, description="Put batches of events as objects into a bucket of S3, or of others who speak its protocol."
    )

    @property
    def chosen(self) -> ApiModel:
        """The settings of the one type that it is."""
        fields = (getattr(self, name) for name in Destination.model_fields)
        return next(settings for settings in fields if isinstance(settings, ApiModel))
