"""Sinks and routes that are accepted and refused: inline in a hook, and as objects of their own."""

from __future__ import annotations

from pydantic import JsonValue

from contract.okta_hooks.api.cases import CLUSTER_SINK, HOOK, SECRET, SINK, Case, Object

URL = "https://siem.example.com/events"
OUT: JsonValue = {"name": "out", "stdout": {}}
ROUTE: JsonValue = {"name": "a", "sinks": ["out"]}
OAUTH2: Object = {
    "tokenUrl": "https://login.example.com/token",
    "clientIdSecretRef": SECRET,
    "clientSecretSecretRef": SECRET,
}
BEARER: Object = {"bearer": {"tokenSecretRef": SECRET}}
BASIC: Object = {"basic": {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET}}

PLAIN: Object = {"plain": {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET}}
CREDENTIALS: dict[str, Object] = {"a token": BEARER, "a password": BASIC, "OAuth 2.0": {"oauth2": OAUTH2}}


def http(**parts: JsonValue) -> Object:
    """A sink `http`, with parts of it changed."""
    return {"stdout": None, "http": {"url": URL, **parts}}


def splunk(**parts: JsonValue) -> Object:
    """A sink `splunkHec`."""
    return {"stdout": None, "splunkHec": {"url": "https://splunk.example.com:8088", "tokenSecretRef": SECRET, **parts}}


def elasticsearch(**parts: JsonValue) -> Object:
    """A sink `elasticsearch`."""
    return {"stdout": None, "elasticsearch": {"url": "https://search.example.com:9200", **parts}}


def kafka(**parts: JsonValue) -> Object:
    """A sink `kafka`."""
    return {"stdout": None, "kafka": {"bootstrapServers": ["kafka.example.com:9093"], "topic": "okta", **parts}}


def syslog(**parts: JsonValue) -> Object:
    """A sink `syslog`."""
    return {"stdout": None, "syslog": {"url": "tls://syslog.example.com", **parts}}


def storage(**parts: JsonValue) -> Object:
    """A sink `objectStorage`."""
    return {"stdout": None, "objectStorage": {"bucket": "events", **parts}}


def in_clear(host: str, **parts: JsonValue) -> Object:
    """A sink `http` without TLS, on purpose."""
    return http(url=f"http://{host}/events", insecure=True, **parts)


def sinks(*given: JsonValue) -> Object:
    """A hook's sinks."""
    return {"sinks": [*given]}


def routes(*given: JsonValue) -> Object:
    """A hook's sink `out`, and routes."""
    return {**sinks(OUT), "routes": [*given]}


ACCEPTED = [
    Case("a sink in a hook", HOOK, sinks(OUT)),
    Case("a sink of the namespace", HOOK, sinks({"name": "siem", "ref": {"name": "siem"}})),
    Case("a sink of the cluster", HOOK, sinks({"name": "siem", "ref": {"kind": "ClusterOktaEventSink", "name": "a"}})),
    Case(
        "a sink with all that can be said of delivery",
        HOOK,
        sinks(
            {
                "name": "out",
                "stdout": {},
                "format": {
                    "type": "ecs",
                    "drop": ["client.ipAddress"],
                    "pseudonymise": ["actor.alternateId"],
                    "pseudonymKeySecretRef": SECRET,
                },
                "batch": {"maxEvents": 10000, "maxBytes": 16777216, "maxAge": "5s"},
                "retry": {"backoffPolicy": "linear", "backoffDelay": "500ms", "backoffMaxDelay": "1h"},
                "concurrency": 64,
                "maxRate": 1000,
                "startAt": "2026-01-31T12:00:00.5+01:00",
                "onFull": "Skip",
            }
        ),
    ),
    Case("a shared sink", SINK, {}),
    Case("a shared sink of the cluster", CLUSTER_SINK, {"namespaceSelector": {"matchLabels": {"team": "identity"}}}),
    Case("an http sink", SINK, http()),
    Case("an http sink with its own authority", SINK, http(caSecretRef=SECRET, timeout="5m", compression="Gzip")),
    *(Case(f"an http sink with {name}", SINK, http(auth=auth)) for name, auth in CREDENTIALS.items()),
    Case("CloudEvents", SINK, {**http(body="CloudEventsBatch"), "format": {"type": "cloudevents"}}),
    Case("an http sink in clear", SINK, in_clear("10.0.0.1:8080")),
    Case("a credential in clear to a Service", SINK, in_clear("collector.siem.svc:8088", auth=BEARER)),
    Case("a credential in clear by a Service's full name", SINK, in_clear("a.b.svc.cluster.local", auth=BASIC)),
    Case("Splunk", SINK, splunk(index="main", acknowledgement={"timeout": "10m"})),
    Case("Elasticsearch", SINK, elasticsearch(index="okta-{yyyy.MM.dd}", auth=BASIC)),
    Case("Elasticsearch with an API key", SINK, elasticsearch(auth={"apiKey": {"apiKeySecretRef": SECRET}})),
    Case("Kafka", SINK, kafka(key="Actor", timeout="1s", maxMessageBytes=1000)),
    Case("Kafka with a certificate", SINK, kafka(certificateSecretRef=SECRET, keySecretRef=SECRET, caSecretRef=SECRET)),
    *(
        Case(f"Kafka with {kind}", SINK, kafka(auth={kind: {"usernameSecretRef": SECRET, "passwordSecretRef": SECRET}}))
        for kind in ("plain", "scram")
    ),
    Case("Kafka in clear", SINK, kafka(insecure=True)),
    Case(
        "a password in clear to Kafka in the cluster",
        SINK,
        kafka(insecure=True, bootstrapServers=["kafka.events.svc:9092"], auth=PLAIN),
    ),
    Case("syslog", SINK, syslog(facility="local7", acknowledgement="Close", structuredDataId="okta@32473")),
    Case("syslog in clear", SINK, syslog(url="tcp://syslog.example.com:514", insecure=True)),
    Case("a bucket", SINK, storage(prefix="okta/events", encryption="Kms", kmsKeyId="alias/events")),
    Case("a bucket in clear", SINK, storage(endpoint="http://objects.storage.svc:9000", insecure=True)),
    Case(
        "a bucket with a key",
        SINK,
        storage(auth={"accessKey": {"accessKeyIdSecretRef": SECRET, "secretAccessKeySecretRef": SECRET}}),
    ),
    Case(
        "a route",
        HOOK,
        routes({"name": "sign-ins", "eventTypes": ["user.session.*", "*"], "when": "true", "sinks": ["out"]}),
    ),
    Case("a sink that was given up", HOOK, {**sinks(OUT), "abandonSinks": ["former"]}),
    Case("labels of events", HOOK, {"labels": {"environment": "production"}}),
]

REFUSED = [
    Case("Kafka without a port", SINK, kafka(bootstrapServers=["kafka.example.com"]), "should match"),
    Case("Kafka and a short wait", SINK, kafka(timeout="500ms"), "at least 1s, at most 5m"),
    Case(
        "Kafka with two passwords",
        SINK,
        kafka(auth={**PLAIN, "scram": PLAIN["plain"]}),
        "exactly one of plain or scram",
    ),
    Case(
        "a password in clear to Kafka", SINK, kafka(insecure=True, auth=PLAIN), "a password goes in clear to Services"
    ),
    Case("a certificate without its key", SINK, kafka(certificateSecretRef=SECRET), "give both or neither"),
    Case("a key without its certificate", SINK, syslog(keySecretRef=SECRET), "give both or neither"),
    Case("certificates in clear", SINK, kafka(insecure=True, caSecretRef=SECRET), "has no use for certificates"),
    Case("syslog in clear by mistake", SINK, syslog(url="tcp://syslog.example.com"), "with insecure: true"),
    Case("syslog with TLS and in clear", SINK, syslog(insecure=True), "with insecure: true"),
    Case("syslog with a path", SINK, syslog(url="tls://syslog.example.com/a"), "write tls://, a host, and a port"),
    Case("a bucket in clear by mistake", SINK, storage(endpoint="http://a.b.svc"), "objects would cross the network"),
    Case("a key of KMS without KMS", SINK, storage(kmsKeyId="alias/events"), "encryption Kms only"),
    Case("a prefix that goes up", SINK, storage(prefix="a/../b"), "a prefix has no part that is . or .."),
    Case("a sink of no type", HOOK, sinks({"name": "out"}), "give exactly one of ref, stdout"),
    Case("a sink of two types", SINK, {"http": {"url": URL}}, "give exactly one of stdout, http"),
    Case(
        "a reference and a type", HOOK, sinks({"name": "out", "stdout": {}, "ref": {"name": "a"}}), "exactly one of ref"
    ),
    Case("two sinks of one name", HOOK, sinks(OUT, OUT), "Duplicate value"),
    Case("a sink's name with a dot", HOOK, sinks({"name": "o.ut", "stdout": {}}), "should match"),
    Case("an http sink in clear by mistake", SINK, http(url="http://siem.example.com/"), "insecure: true where"),
    *(
        Case(f"a credential in clear to {host}", SINK, in_clear(host, auth=BEARER), "to a Service of the cluster only")
        for host in ("siem.example.com", "10.0.0.1", "svc", "a.b.svc.example.com", "a.b.svc.cluster.local.example.com")
    ),
    Case("Splunk in clear", SINK, splunk(url="http://splunk.example.com", insecure=True), "a host such as"),
    Case(
        "OAuth 2.0 in clear", SINK, http(auth={"oauth2": {**OAUTH2, "tokenUrl": "http://a.b.svc/t"}}), "secret is sent"
    ),
    *(
        Case(f"the address {url}", SINK, http(url=url), refusal)
        for url, refusal in (
            ("siem.example.com", "belong in a Secret"),
            ("https://user:word@siem.example.com/", "belong in a Secret"),
            ("https://siem.example.com:99999/", "belong in a Secret"),
            ("https://siem.example.com/a b", "no spaces"),
            ("https://siem.example.com/%zz", "%25"),
        )
    ),
    Case("two credentials", SINK, http(auth={**BEARER, **BASIC}), "give exactly one of bearer, basic or oauth2"),
    Case(
        "two credentials of Elasticsearch",
        SINK,
        elasticsearch(auth={**BEARER, **BASIC}),
        "give exactly one of basic, apiKey or bearer",
    ),
    Case("CloudEvents in another format", SINK, http(body="CloudEventsBinary"), "write format.type cloudevents"),
    Case("an index with hours", SINK, elasticsearch(index="okta-{HH}"), "should match"),
    Case("a timeout of nothing", SINK, http(timeout="0s"), "timeout is more than nothing and at most 5m"),
    Case("a timeout of an hour", SINK, http(timeout="1h"), "timeout is more than nothing and at most 5m"),
    Case("a long wait for Splunk", SINK, splunk(acknowledgement={"timeout": "1h"}), "more than nothing, at most 10m"),
    Case("a batch that waits for days", SINK, {"batch": {"maxAge": "25h"}}, "batch.maxAge is at most 24h"),
    Case("no pause", SINK, {"retry": {"backoffDelay": "0s"}}, "a pause is more than nothing and at most 1h"),
    Case("a pause of a day", SINK, {"retry": {"backoffMaxDelay": "24h"}}, "a pause is more than nothing"),
    Case("an empty batch", SINK, {"batch": {"maxEvents": 0}}, "greater than or equal to 1"),
    Case("pseudonyms without a key", SINK, {"format": {"pseudonymise": ["actor.id"]}}, "go together"),
    Case("an event without its identity", SINK, {"format": {"drop": ["uuid"]}}, "leave it out of drop and"),
    Case(
        "a pseudonym of a pseudonym",
        SINK,
        {"format": {"pseudonymise": ["actor", "actor.id"], "pseudonymKeySecretRef": SECRET}},
        "names a field and a part of it",
    ),
    Case("a key without pseudonyms", SINK, {"format": {"pseudonymKeySecretRef": SECRET}}, "go together"),
    Case(
        "a start without a zone",
        HOOK,
        sinks({"name": "o", "stdout": {}, "startAt": "2026-01-31T12:00:00"}),
        "should match",
    ),
    Case("a start on no day", HOOK, sinks({"name": "o", "stdout": {}, "startAt": "2026-02-31T12:00:00Z"}), "date-time"),
    Case("a route to a sink that is not there", HOOK, routes({"name": "a", "sinks": ["siem"]}), "not in sinks"),
    Case("a route to nowhere", HOOK, routes({"name": "a", "sinks": []}), "at least 1 items"),
    Case("two routes of one name", HOOK, routes(ROUTE, ROUTE), "Duplicate value"),
    Case(
        "a type in the middle",
        HOOK,
        routes({"name": "a", "eventTypes": ["user.*.x"], "sinks": ["out"]}),
        "should match",
    ),
    Case("a sink that is given up and there", HOOK, {**sinks(OUT), "abandonSinks": ["out"]}, "gone for good"),
]
