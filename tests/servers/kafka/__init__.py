"""Kafka: one broker on 127.0.0.1 that is its own controller, up in some five seconds."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import Consumer, Message, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._acl import AclBinding, AclOperation, AclPermissionType
from confluent_kafka.admin._resource import ResourcePatternType, ResourceType
from confluent_kafka.cimpl import NewTopic

from servers import maven
from servers.authority import Authority
from servers.errors import ServerError
from servers.process import ServerProcess, free_port, listening

_HERE = Path(__file__).parent
_CLUSTER = "4L6g3nShT-eMCtK--X86sw"
_WITHIN = 30.0

USER, PASSWORD = "alice", "alice's secret"
"""Who may write by SASL, whatever the mechanism."""


@dataclass(frozen=True)
class Listeners:
    """Ports of 127.0.0.1.

    Attributes:
        plain: In clear, for everybody.
        sasl: By TLS, for a user with a password.
        tls: By TLS, for whoever shows a certificate of the authority.
        controller: Kafka's own.
    """

    plain: int
    sasl: int
    tls: int
    controller: int


class Kafka:
    """A broker, and questions to it.

    Args:
        process: Runs it.
        listeners: Where it is reached.
        authority: Whose certificate it has, and whose it takes.
    """

    def __init__(self, process: ServerProcess, listeners: Listeners, authority: Authority) -> None:
        self.process = process
        self.listeners = listeners
        self.authority = authority
        self._client: dict[str, str | int | float | bool] = {
            "bootstrap.servers": f"127.0.0.1:{listeners.plain}",
            "log_level": 0,
        }

    def create(self, topic: str, *, partitions: int = 1, **options: str) -> None:
        """Create a topic; with options such as `max_message_bytes`."""
        config = {name.replace("_", "."): value for name, value in options.items()}
        admin = AdminClient(self._client)
        created = admin.create_topics([NewTopic(topic, partitions, 1, config=config)])
        created[topic].result(_WITHIN)

    def reserve(self, topic: str) -> None:
        """Let nobody but one other user write to a topic."""
        acl = AclBinding(
            ResourceType.TOPIC, topic, ResourcePatternType.LITERAL, "User:other", "*",
            AclOperation.WRITE, AclPermissionType.ALLOW,
        )  # fmt: skip
        admin = AdminClient(self._client)
        admin.create_acls([acl])[acl].result(_WITHIN)

    def messages(self, topic: str) -> list[Message]:
        """All messages of a topic, by partition and in their order there."""
        return list(self.each(topic))

    def each(self, topic: str) -> Iterator[Message]:
        """The same, one by one."""
        own = {"group.id": "tests", "enable.auto.commit": False, "auto.offset.reset": "earliest", "check.crcs": True}
        consumer = Consumer({**self._client, **own})
        try:
            for number in consumer.list_topics(topic, _WITHIN).topics[topic].partitions:
                yield from _all(consumer, TopicPartition(topic, number))
        finally:
            consumer.close()


def _all(consumer: Consumer, partition: TopicPartition) -> Iterator[Message]:
    first, end = consumer.get_watermark_offsets(partition, _WITHIN)
    consumer.assign([TopicPartition(partition.topic, partition.partition, first)])
    while first < end:
        for message in consumer.consume(10_000, 1):
            assert message.error() is None
            yield message
            first = (message.offset() or 0) + 1


@contextmanager
def running(folder: Path, progress: Callable[[str], None]) -> Iterator[Kafka]:
    """A broker with its data in a folder, until the context ends.

    Raises:
        ServerError: It is not to be had.
    """
    jars = maven.jars(_HERE / "pom.xml", progress)
    listeners = Listeners(*(free_port() for _ in range(4)))
    (folder / "authority").mkdir()
    authority = Authority(folder / "authority")
    properties = folder / "kafka.properties"
    properties.write_text(_properties(folder, listeners, authority))
    java = ["java", "-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{jars}/*"]
    _format(java, properties)
    process = ServerProcess(
        "Kafka",
        [*java, "kafka.Kafka", properties],
        is_ready=listening(listeners.sasl),  # the last one to be opened
        log=folder / "kafka.log",
    )
    process.start()
    try:
        yield Kafka(process, listeners, authority)
    finally:
        process.kill()


def _format(java: Sequence[str], properties: Path) -> None:
    users = [f"--add-scram={name}=[name={USER},password={PASSWORD}]" for name in ("SCRAM-SHA-256", "SCRAM-SHA-512")]
    options = ["--standalone", f"--cluster-id={_CLUSTER}", f"--config={properties}", *users]
    done = subprocess.run(
        [*java, "kafka.tools.StorageTool", "format", *options], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServerError(f"Kafka does not format its folder: {' '.join((done.stdout + done.stderr).split())[-500:]}")


def _properties(folder: Path, listeners: Listeners, authority: Authority) -> str:
    ports = {
        "PLAIN": listeners.plain,
        "TLS": listeners.tls,
        "SASL": listeners.sasl,
        "CONTROLLER": listeners.controller,
    }
    sasl = "listener.name.sasl"
    login = "org.apache.kafka.common.security"
    values = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{listeners.controller}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAIN",
        "listeners": ",".join(f"{name}://127.0.0.1:{port}" for name, port in ports.items()),
        "listener.security.protocol.map": "PLAIN:PLAINTEXT,TLS:SSL,SASL:SASL_SSL,CONTROLLER:PLAINTEXT",
        "log.dirs": str(folder / "kafka"),
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": "1",
        "group.initial.rebalance.delay.ms": "0",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "true",
        "super.users": "User:ANONYMOUS",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(authority.issued("127.0.0.1").both),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(authority.file),
        "listener.name.tls.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        f"{sasl}.plain.sasl.jaas.config": f'{login}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";',
        f"{sasl}.scram-sha-256.sasl.jaas.config": f"{login}.scram.ScramLoginModule required;",
        f"{sasl}.scram-sha-512.sasl.jaas.config": f"{login}.scram.ScramLoginModule required;",
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())
