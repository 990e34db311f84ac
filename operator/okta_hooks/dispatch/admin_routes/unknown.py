"""`POST /unknown` on the admin port: before a back-fill the operator asks which events never came.

The body is a JSON array of uuids, and so is the answer: those that the index has not seen, in the same order. What is
in the journal and not indexed yet counts as unknown; bringing it again does no harm, since the index sorts it out.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.dispatch.index import Index

MOST_UUIDS = 10_000
_MOST_BYTES = 1 << 20

_Uuids = Annotated[list[Annotated[str, msgspec.Meta(max_length=128)]], msgspec.Meta(max_length=MOST_UUIDS)]


def unknown(index: Index) -> Handler:
    """The handler; whoever adds it to an application guards it with the token."""

    async def handle(request: web.Request) -> web.Response:
        if (request.content_length or _MOST_BYTES + 1) > _MOST_BYTES:
            sentence = f"the body must say its length, of at most {_MOST_BYTES} bytes: ask for fewer at a time"
            return json_response({"error": sentence}, status=413)
        try:
            uuids = msgspec.json.decode(await request.read(), type=_Uuids)
        except msgspec.DecodeError as error:
            sentence = f"the body is not an array of at most {MOST_UUIDS} uuids: {error}"
            return json_response({"error": sentence}, status=400)
        return json_response(await index.unknown(uuids))

    return handle
