"""The durable, ordered store between the receiver and the dispatcher.

Imported from here: what both sides speak of (`Record`, `Position`, `Batch`, ...), the two sides as they see it
(`Appender`, `Reader`, `Retention`), the embedded log that keeps their contract (`LogAppender`, `LogReader`,
`PassedFile`), and why a journal refuses. The distributed journal is imported from `okta_hooks.journal.jetstream` by who
uses it, so that nobody else loads a client of NATS.

| module | what it is for |
|---|---|
| `record` | what a journal holds, and the places in it |
| `port` | the journal as the receiver and the dispatcher see it |
| `errors` | why a journal refuses |
| `payload` | a record as bytes, the same in every journal |
| `admission` | a bound on what waits to be written |
| `log` | the embedded journal: files on the pod's volume |
| `jetstream` | the distributed journal: a stream on NATS servers |
"""

from okta_hooks.journal.errors import (
    JournalError,
    JournalFailed,
    JournalFull,
    JournalLocked,
    JournalUnavailable,
    RecordTooLarge,
)
from okta_hooks.journal.log.appender import LogAppender
from okta_hooks.journal.log.passed import PassedFile
from okta_hooks.journal.log.reader import LogReader
from okta_hooks.journal.log.retention import LogLimits
from okta_hooks.journal.port import Appender, Reader, Retention
from okta_hooks.journal.record import (
    BEGINNING,
    ArrivalPath,
    Batch,
    Bounds,
    Entry,
    LostRange,
    Position,
    Record,
    Usage,
)

__all__ = [
    "BEGINNING",
    "Appender",
    "ArrivalPath",
    "Batch",
    "Bounds",
    "Entry",
    "JournalError",
    "JournalFailed",
    "JournalFull",
    "JournalLocked",
    "JournalUnavailable",
    "LogAppender",
    "LogLimits",
    "LogReader",
    "LostRange",
    "PassedFile",
    "Position",
    "Reader",
    "Record",
    "RecordTooLarge",
    "Retention",
    "Usage",
]
