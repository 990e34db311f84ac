"""Reading bodies within bounds. Only those who showed the secret get this far."""

from __future__ import annotations

from aiohttp import web

MAX_BODY_BYTES = 15 << 20
"""What one body may have: a little less than one record of the journal may."""

_MAX_HELD_BYTES = 64 << 20


class TooLarge(Exception):
    """A body is larger than any that could be kept."""


class Busy(Exception):
    """Too many bytes are held at once; a later try may succeed."""


class Bodies:
    """Bounds what is held in memory, for one body and for all that are being dealt with.

    Args:
        max_bytes: The most that one body may have.
        max_held_bytes: The most that all may have at once.
    """

    def __init__(self, *, max_bytes: int = MAX_BODY_BYTES, max_held_bytes: int = _MAX_HELD_BYTES) -> None:
        self._max_bytes = max_bytes
        self._max_held_bytes = max_held_bytes
        self._held_bytes = 0

    async def take(self, request: web.BaseRequest) -> bytes:
        """Read a body; `release` it when it is dealt with.

        Raises:
            TooLarge: It has too many bytes.
            Busy: All that are held have too many bytes.
        """
        if (request.content_length or 0) > self._max_bytes:
            raise self._too_large()
        if "Expect" in request.headers:
            await _ask_for_the_body(request)
        body = b""
        chunks: list[bytes] = []
        taken = 0
        try:
            while chunk := await request.content.readany():
                taken += len(chunk)
                self._held_bytes += len(chunk)
                if taken > self._max_bytes:
                    raise self._too_large()
                if self._held_bytes > self._max_held_bytes:
                    raise Busy
                chunks.append(chunk)
            body = b"".join(chunks)
        finally:
            self._held_bytes -= taken - len(body)
        return body

    def _too_large(self) -> TooLarge:
        return TooLarge(f"a body has more than {self._max_bytes} bytes")

    def release(self, body: bytes) -> None:
        """Let go of a body that was taken."""
        self._held_bytes -= len(body)


async def _ask_for_the_body(request: web.BaseRequest) -> None:
    """Answer `Expect: 100-continue` (RFC 9110, section 10.1.1), without which a client may keep its body back."""
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0  # so that the answer itself may still begin
