"""What stands between Okta and the sinks."""

from __future__ import annotations

from dataclasses import dataclass

from chaos.stage import Stage


@dataclass(frozen=True)
class EndpointBroken:
    """The Ingress answers 503."""

    named: frozenset[str] = frozenset({"WrongStatus", "DeliveryFailures", "EventsMissed"})

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.entrance.is_up = False

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.entrance.is_up = True


@dataclass(frozen=True)
class JournalFull:
    """The sink takes nothing, and more happens than the journal has room for."""

    events: int = 12_000
    named: frozenset[str] = frozenset({"JournalFull"})

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.sink.is_up = False
        stage.emit(self.events)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.sink.is_up = True


@dataclass(frozen=True)
class SegmentCorrupted:
    """A bit of the newest part of the journal turns over while the processes are down."""

    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        for container in (stage.pod.receiver, stage.pod.dispatcher):
            container.may_run.clear()
            container.kill()
        segments = sorted(stage.pod.journal.glob("*.log"))
        newest = segments[-1]
        content = bytearray(newest.read_bytes())
        written = len(content.rstrip(b"\0"))  # room for more is taken ahead
        content[written // 2] ^= 0x10
        newest.write_bytes(content)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        for container in (stage.pod.receiver, stage.pod.dispatcher):
            container.may_run.set()
