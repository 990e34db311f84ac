"""Ports that stay ours between choosing them and the moment a server binds them."""

import socket
from types import TracebackType
from typing import Self


class ReservedPort:
    """A free port of 127.0.0.1, held by a socket that never listens.

    The server must bind it with SO_REUSEPORT too (kube-apiserver's `--permit-port-sharing`, etcd's
    `--socket-reuse-port`), which the kernel allows to the same user only. Connections reach the server alone,
    since the holding socket does not listen.
    """

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number: int = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
