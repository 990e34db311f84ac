"""Leads connections of one listening socket to an address: `python -m localcluster.forwarder FD HOST PORT`.

A socket belongs to the network it was made in. So the cluster's starter makes the listening socket, outside, and
this program inherits it and runs inside, where the address and the name of the other end mean something.
"""

import asyncio
import socket
import subprocess
import sys

from localcluster.lifeline import Runner

_CHUNK = 1 << 16


def start(runner: Runner, host: str, port: int) -> tuple[str, int]:
    """Open a port of 127.0.0.1 that leads to `host` and `port` as the runner's programs see them."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        program = [sys.executable, "-S", "-m", "localcluster.forwarder"]
        arguments = [str(listening.fileno()), host, str(port)]
        runner.popen([*program, *arguments], stdin=subprocess.DEVNULL, pass_fds=[listening.fileno()])
        return "127.0.0.1", listening.getsockname()[1]


async def serve(listening: socket.socket, host: str, port: int) -> None:
    """Forward every connection until cancelled."""
    listening.setblocking(False)  # noqa: FBT003
    async with asyncio.TaskGroup() as connections:
        while True:
            near, _ = await asyncio.get_running_loop().sock_accept(listening)
            connections.create_task(_lead(near, host, port))


async def _lead(near: socket.socket, host: str, port: int) -> None:
    with near:
        try:
            with await _connect(host, port) as far:
                async with asyncio.TaskGroup() as directions:
                    directions.create_task(_copy(near, far))
                    directions.create_task(_copy(far, near))
        except* OSError:
            # A reset at one end, or nobody at the far one: the near end sees its connection close.
            pass


async def _connect(host: str, port: int) -> socket.socket:
    loop = asyncio.get_running_loop()
    family, kind, protocol, _, address = (await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM))[0]
    far = socket.socket(family, kind, protocol)
    far.setblocking(False)  # noqa: FBT003
    try:
        await loop.sock_connect(far, address)
    except BaseException:
        far.close()
        raise
    return far


async def _copy(source: socket.socket, target: socket.socket) -> None:
    """Copy until the source ends, then end the target's side of the connection alone."""
    loop = asyncio.get_running_loop()
    while chunk := await loop.sock_recv(source, _CHUNK):
        await loop.sock_sendall(target, chunk)
    target.shutdown(socket.SHUT_WR)


def main() -> None:
    """Serve the socket that was passed on."""
    descriptor, host, port = sys.argv[1:]
    asyncio.run(serve(socket.socket(fileno=int(descriptor)), host, int(port)))


if __name__ == "__main__":
    main()
