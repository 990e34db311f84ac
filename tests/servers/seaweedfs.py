"""SeaweedFS: an S3 server, from PyPI."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.store import S3Store

from servers.authority import Authority
from servers.process import ServerProcess, answering, free_port

_PROGRAM = Path(sys.executable).parent / "weed"

WRITER, READER = ("writer", "writer's secret"), ("reader", "reader's secret")
"""Keys: the one may do everything, the other only read."""


class SeaweedFs:
    """A server, and what its buckets hold.

    Args:
        process: Runs it.
        url: Where it answers in clear.
        tls_url: Where it answers by TLS.
        authority: Whose certificate it has.
    """

    def __init__(self, process: ServerProcess, url: str, tls_url: str, authority: Authority) -> None:
        self.process = process
        self.url = url
        self.tls_url = tls_url
        self.authority = authority

    def objects(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        """The objects whose names begin so, by name."""
        store = S3Store(
            bucket,
            endpoint=self.url,
            region="us-east-1",
            access_key_id=WRITER[0],
            secret_access_key=WRITER[1],
            virtual_hosted_style_request=False,
            client_options={"allow_http": True, "timeout": timedelta(seconds=60)},
        )
        names = [found["path"] for found in obstore.list(store, prefix or None).collect()]
        return {name: bytes(obstore.get(store, name).bytes()) for name in sorted(names)}


@contextmanager
def running(folder: Path) -> Iterator[SeaweedFs]:
    """A server with its data in a folder, until the context ends; a bucket is made when it is first written to.

    Raises:
        ServerError: It does not start.
    """
    port, tls_port = free_port(), free_port()
    (folder / "seaweedfs").mkdir()
    authority = Authority(folder / "seaweedfs")
    own = authority.issued("127.0.0.1")
    users = folder / "seaweedfs" / "users.json"
    users.write_text(json.dumps({"identities": [_user(*WRITER, "Admin"), _user(*READER, "Read")]}))
    others = [f"-{name}.port{kind}={free_port()}" for name in ("master", "volume", "filer") for kind in ("", ".grpc")]
    line: list[str | Path] = [
        _PROGRAM,
        *("server", f"-dir={folder / 'seaweedfs'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *others),
        *("-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=0"),
        *("-s3", f"-s3.port={port}", f"-s3.port.https={tls_port}", f"-s3.port.grpc={free_port()}"),
        *("-s3.port.iceberg=0", "-s3.port.lance=0"),  # not asked for, and at fixed ports: a second server would fail
        *(f"-s3.config={users}", f"-s3.cert.file={own.certificate}", f"-s3.key.file={own.key}"),
    ]
    url = f"http://127.0.0.1:{port}"
    process = ServerProcess("SeaweedFS", line, is_ready=answering(f"{url}/healthz"), log=folder / "seaweedfs.log")
    process.start()
    try:
        yield SeaweedFs(process, url, f"https://127.0.0.1:{tls_port}", authority)
    finally:
        process.kill()


def _user(name: str, secret: str, action: str) -> dict[str, object]:
    return {"name": name, "credentials": [{"accessKey": name, "secretKey": secret}], "actions": [action]}
