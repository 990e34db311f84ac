"""rsyslog, from Debian's packages: takes syslog by TLS and in clear, and writes what it took into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from localcluster import debian
from localcluster.errors import ClusterError
from servers.authority import Authority
from servers.errors import ServerError
from servers.process import ServerProcess, free_port, listening

_PACKAGES = {"rsyslog": "sbin/rsyslogd", "rsyslog-openssl": "lib/x86_64-linux-gnu/rsyslog/lmnsd_ossl.so"}
_FIELDS = (
    'name="pri"',
    'name="timereported" dateFormat="rfc3339"',
    'name="hostname"',
    'name="app-name"',
    'name="msgid"',
    'name="structured-data"',
    'name="msg"',
)


@dataclass(frozen=True)
class Ports:
    """Of 127.0.0.1.

    Attributes:
        tls: By TLS.
        mutual: By TLS, for whoever shows a certificate of the authority.
        clear: In clear.
    """

    tls: int
    mutual: int
    clear: int


@dataclass(frozen=True)
class Message:
    """A message as rsyslog understood it."""

    priority: int
    timestamp: str
    hostname: str
    app_name: str
    msgid: str
    structured_data: str
    text: bytes


class Rsyslog:
    """A server, and what it took.

    Args:
        process: Runs it.
        ports: Where it is reached.
        authority: Whose certificate it has, and whose it takes.
        output: The file that it writes.
    """

    def __init__(self, process: ServerProcess, ports: Ports, authority: Authority, output: Path) -> None:
        self.process = process
        self.ports = ports
        self.authority = authority
        self._output = output

    def messages(self) -> list[Message]:
        """All that it has written, in the order in which it took them; the last line may still be on its way."""
        whole, _, _ = (self._output.read_bytes() if self._output.exists() else b"").rpartition(b"\n")
        return [_read(line) for line in whole.split(b"\n") if line]


def _read(line: bytes) -> Message:
    *head, text = line.split(b"\t", len(_FIELDS) - 1)
    priority, timestamp, hostname, app_name, msgid, structured_data = (field.decode() for field in head)
    return Message(int(priority), timestamp, hostname, app_name, msgid, structured_data, text)


@contextmanager
def running(folder: Path, progress: Callable[[str], None]) -> Iterator[Rsyslog]:
    """A server with its files in a folder, until the context ends.

    Raises:
        ServerError: It is not to be had.
    """
    ports = Ports(*(free_port() for _ in range(3)))
    (folder / "rsyslog-authority").mkdir()
    authority = Authority(folder / "rsyslog-authority")
    configuration, output = folder / "rsyslog.conf", folder / "messages"
    configuration.write_text(_configuration(folder, ports, authority, output))
    process = ServerProcess(
        "rsyslog",
        [*_program(progress), "-n", "-f", configuration, "-i", folder / "rsyslog.pid"],
        is_ready=listening(ports.clear),
        log=folder / "rsyslog.log",
    )
    process.start()
    try:
        yield Rsyslog(process, ports, authority, output)
    finally:
        process.kill()


def _program(progress: Callable[[str], None]) -> list[str | Path]:
    """Its command line, with the modules and libraries that it came with."""
    try:
        usr = debian.unpacked(_PACKAGES, progress) / "usr" if debian.missing(packages=_PACKAGES) else Path("/usr")
    except ClusterError as error:
        raise ServerError(str(error)) from error
    libraries = usr / "lib" / "x86_64-linux-gnu"
    return ["env", f"LD_LIBRARY_PATH={libraries}", usr / "sbin" / "rsyslogd", "-M", libraries / "rsyslog"]


def _configuration(folder: Path, ports: Ports, authority: Authority, output: Path) -> str:
    own = authority.issued("127.0.0.1")
    tls = 'StreamDriver.Name="ossl" StreamDriver.Mode="1"'
    fields = ' constant(value="\\t") '.join(f"property({field})" for field in _FIELDS)
    return f"""
global(workDirectory="{folder}" maxMessageSize="2m" parser.escapeControlCharactersOnReceive="off"
       net.enableDNS="off"
       DefaultNetstreamDriver="ossl" DefaultNetstreamDriverCAFile="{authority.file}"
       DefaultNetstreamDriverCertFile="{own.certificate}" DefaultNetstreamDriverKeyFile="{own.key}")
main_queue(queue.workerThreads="1" queue.timeoutWorkerthreadShutdown="-1")
template(name="line" type="list") {{ {fields} constant(value="\\n") }}
module(load="imtcp" maxFrameSize="2000000")
module(load="imptcp")
input(type="imtcp" address="127.0.0.1" port="{ports.tls}" {tls} StreamDriver.AuthMode="anon")
input(type="imtcp" address="127.0.0.1" port="{ports.mutual}" {tls} StreamDriver.AuthMode="x509/certvalid")
input(type="imptcp" address="127.0.0.1" port="{ports.clear}" maxFrameSize="2000000")
action(type="omfile" file="{output}" template="line")
"""
