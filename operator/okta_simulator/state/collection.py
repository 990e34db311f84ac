"""Collections of frozen records, each of whose changes is recorded before anybody hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.state.recorder import Change, Recorder

Record = TypeVar("Record", bound=msgspec.Struct)


class Collection(Generic[Record]):
    """Records of one kind by identifier, in the order of their creation.

    Raises:
        BadInput: A record of an earlier life is not of this type, as after a change of the simulator's version.
    """

    def __init__(self, kind: str, record_type: type[Record], recorder: Recorder) -> None:
        self._kind = kind
        self._recorder = recorder
        self._revision = 0
        decoder = msgspec.json.Decoder(record_type)
        self._records = {change.id: _restored(change, decoder) for change in recorder.earlier(kind)}

    @property
    def revision(self) -> int:
        """Grows with each change, so that who derives something from the records knows when to do it again."""
        return self._revision

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        """The records as they were when asked for, so that a change meanwhile disturbs nobody."""
        return iter(tuple(self._records.values()))

    def get(self, record_id: str) -> Record | None:
        """The record of an identifier, if there is one."""
        return self._records.get(record_id)

    def put(self, record_id: str, record: Record) -> None:
        """Keep a record, in place of the one that had its identifier."""
        self._recorder.record(Change(self._kind, record_id, msgspec.Raw(msgspec.json.encode(record))))
        self._records[record_id] = record
        self._revision += 1

    def remove(self, record_id: str) -> None:
        """Forget a record.

        Raises:
            KeyError: There is none.
        """
        if record_id not in self._records:
            raise KeyError(record_id)
        self._recorder.record(Change(self._kind, record_id))
        del self._records[record_id]
        self._revision += 1


def _restored(change: Change, decoder: msgspec.json.Decoder[Record]) -> Record:
    try:
        return decoder.decode(change.record)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"the state file's {change.kind} {change.id} is not of this version's shape ({error}): "
            "begin with a new state file"
        ) from error
