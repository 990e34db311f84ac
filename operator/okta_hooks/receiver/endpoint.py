"""The port for Okta: the challenge of a verification, and deliveries, on one path."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from time import time_ns

import msgspec
from aiohttp import web
from multidict import CIMultiDict, istr

from okta_hooks.api.address import plain_path
from okta_hooks.journal import JournalFailed, JournalFull, JournalUnavailable, RecordTooLarge
from okta_hooks.receiver.accepted import AcceptedSecrets, Verdict
from okta_hooks.receiver.bodies import Bodies, Busy, TooLarge
from okta_hooks.receiver.deadlines import Deadlines
from okta_hooks.receiver.decisions import DecisionLog
from okta_hooks.receiver.health import ReceiverHealth
from okta_hooks.receiver.intake import Intake
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.receiver.tally import Tally

ANSWER_SECONDS = 2.5
"""Okta waits for 3 s, of which some go into its way to us."""

_CHALLENGE = istr("x-okta-verification-challenge")
_HEADERS = CIMultiDict({"Server": "okta-event-hooks"})
_TROUBLES: dict[type[Exception], Outcome] = {
    TimeoutError: Outcome.TOO_SLOW,
    TooLarge: Outcome.TOO_LARGE,
    RecordTooLarge: Outcome.TOO_LARGE,
    Busy: Outcome.BUSY,
    JournalFull: Outcome.JOURNAL_FULL,
    JournalFailed: Outcome.JOURNAL_FAILED,
    JournalUnavailable: Outcome.JOURNAL_UNAVAILABLE,
    web.RequestPayloadError: Outcome.BROKEN_OFF,
    ConnectionError: Outcome.BROKEN_OFF,
}
_UNTRUSTED = frozenset({Outcome.REFUSED, Outcome.CHALLENGE_REFUSED, Outcome.NOT_FOUND, Outcome.METHOD_NOT_ALLOWED})


@dataclass(frozen=True)
class Place:
    """Where a hook is reached.

    Attributes:
        path: The path of its URL.
        header_name: The header that carries the secret.
    """

    path: str
    header_name: str


class HookEndpoint:
    """Answers requests; to be given to an HTTP server as its handler.

    Args:
        place: Where the hook is reached.
        accepted: Judges secrets.
        intake: Keeps deliveries.
        bodies: Reads bodies.
        tally: Counts what became of requests.
        decisions: Logs it.
        health: Knows when the process is ending.
        answer_seconds: Within which time every delivery is answered.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        place: Place,
        *,
        accepted: AcceptedSecrets,
        intake: Intake,
        bodies: Bodies,
        tally: Tally,
        decisions: DecisionLog,
        health: ReceiverHealth,
        answer_seconds: float = ANSWER_SECONDS,
        now_ns: Callable[[], int] = time_ns,
    ) -> None:
        self._path = plain_path(place.path)
        self._header_name = istr(place.header_name)
        self._accepted = accepted
        self._intake = intake
        self._bodies = bodies
        self._tally = tally
        self._decisions = decisions
        self._health = health
        self._deadlines = Deadlines(answer_seconds)
        self._now_ns = now_ns

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        """Answer, whatever it is."""
        if (path := request.rel_url.raw_path) != self._path and plain_path(path) != self._path:
            return self._answer(request, Outcome.NOT_FOUND)
        if request.method == "POST":
            began = time.perf_counter()
            outcome = await self._deliver(request)
            self._tally.answer_seconds.observe(time.perf_counter() - began)
            return self._answer(request, outcome)
        if request.method == "GET":
            return self._challenge(request)
        return self._answer(request, Outcome.METHOD_NOT_ALLOWED)

    async def _deliver(self, request: web.BaseRequest) -> Outcome:
        verdict = self._accepted.judge(request.headers.get(self._header_name))
        if verdict is not Verdict.RIGHT:
            return self._refusal(verdict)
        try:
            return await self._deadlines.within(self._keep(request))
        except Exception as error:  # noqa: BLE001 -- Okta asks again after a 503, and a person finds the traceback
            outcome = next((outcome for kind, outcome in _TROUBLES.items() if isinstance(error, kind)), Outcome.DEFECT)
            self._decisions.because(outcome, error)
            return outcome

    async def _keep(self, request: web.BaseRequest) -> Outcome:
        body = await self._bodies.take(request)
        try:
            return await self._intake.keep_delivery(body)
        finally:
            self._bodies.release(body)

    def _refusal(self, verdict: Verdict) -> Outcome:
        if verdict is Verdict.UNKNOWN or self._accepted.secrets is None:
            return Outcome.NO_SECRET_YET
        return Outcome.ROTATION_PENDING if self._accepted.rotation_pending else Outcome.REFUSED

    def _challenge(self, request: web.BaseRequest) -> web.Response:
        challenge = request.headers.get(_CHALLENGE)
        if challenge is None:
            return self._answer(request, Outcome.NOT_FOUND)
        verdict = self._accepted.judge(request.headers.get(self._header_name))
        if verdict is Verdict.RIGHT:
            return self._answer(request, Outcome.CHALLENGE_ANSWERED, challenge)
        if verdict is Verdict.MISSING:
            return self._answer(request, Outcome.CHALLENGE_WITHOUT_SECRET, challenge)
        refusal = self._refusal(verdict)
        return self._answer(request, Outcome.CHALLENGE_REFUSED if refusal is Outcome.REFUSED else refusal)

    def _answer(self, request: web.BaseRequest, outcome: Outcome, challenge: str | None = None) -> web.Response:
        self._tally.outcomes[outcome].add(1, self._now_ns())
        if outcome is not Outcome.KEPT:
            self._decisions.note(outcome, request.remote)
        response = web.Response(status=outcome.status, headers=_HEADERS)
        if challenge is not None:
            response.content_type = "application/json"
            response.body = msgspec.json.encode({"verification": challenge})
        if outcome is Outcome.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = "GET, POST"
        if outcome in _UNTRUSTED or self._health.is_ending:
            response.force_close()
        return response
