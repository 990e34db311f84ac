"""Real servers behind sinks: fetched or built once at a pinned version, run on free ports of this machine.

| module | what it is for |
|---|---|
| `opensearch` | OpenSearch, from Maven |
| `victoria_logs` | VictoriaLogs, built with Go: speaks Splunk's HEC, Elasticsearch's bulk interface and syslog |
| `nats` | NATS with JetStream, one server or a cluster, from PyPI |
| `kafka` | Kafka, from Maven |
| `rsyslog` | rsyslog, from Debian's packages |
| `seaweedfs` | SeaweedFS, which speaks S3, from PyPI |
| `authority` | certificates for servers and for those who call them |
| `maven` | jars at the versions that a `pom.xml` names |
| `process` | a server that can be ended, killed and started again where it was |
| `pytest_plugin` | fixtures: each server once a session |
| `counting` | a server that reads and counts events, for benchmarks |
| `stub` | an HTTP server in the test's own process, that answers as it is told |
"""
