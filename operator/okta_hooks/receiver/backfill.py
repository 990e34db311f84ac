"""`POST /backfill` on the admin port: the operator brings events that Okta did not deliver, or with `?path=poll` can't.

The body is a JSON array of events as the System Log gives them. The answer `{"kept": n}` means what a 200 to Okta
means: they are on stable storage. What can't be kept now is a 503, and may be sent again as a whole.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from okta_hooks.admin.application import Handler, json_response
from okta_hooks.journal import ArrivalPath, JournalError, RecordTooLarge
from okta_hooks.receiver.bodies import Bodies, Busy, TooLarge
from okta_hooks.receiver.delivery import read_events
from okta_hooks.receiver.intake import Intake

_SECONDS = 30.0


def backfill(intake: Intake, bodies: Bodies) -> Handler:
    """The handler; whoever adds it to an application guards it with the token."""

    async def handle(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_SECONDS):
                body = await bodies.take(request)
                try:
                    return await _kept(body, intake, _path(request))
                finally:
                    bodies.release(body)
        except TooLarge:
            return _refused(413, "the events are too many bytes: send fewer at a time")
        except RecordTooLarge as error:
            return _refused(413, str(error))
        except Busy:
            return _refused(503, "the receiver is dealing with too many bytes: send the events again later")
        except TimeoutError:
            return _refused(503, f"the events could not be kept within {_SECONDS:g} s: send them again")
        except JournalError as error:
            return _refused(503, str(error))

    return handle


def _path(request: web.Request) -> ArrivalPath:
    return ArrivalPath.POLL if request.query.get("path") == ArrivalPath.POLL else ArrivalPath.BACKFILL


async def _kept(body: bytes, intake: Intake, path: ArrivalPath) -> web.Response:
    events = read_events(body)
    if events is None:
        return _refused(400, "the body is not a JSON array: send events as the System Log gives them")
    await intake.keep_events(events, path)
    return json_response({"kept": len(events)})


def _refused(status: int, sentence: str) -> web.Response:
    return json_response({"error": sentence}, status=status)
