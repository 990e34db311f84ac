"""What our own challenges to a public address leave behind, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.hooks.probing import ChallengeProber
from okta_hooks.controller.wishes import Wishes
from okta_hooks.okta.port import Secret
from okta_hooks.reachability.challenge import Endpoint
from okta_hooks.reachability.outcome import CertificateExpiring, ConnectionRefused, Outcome, Reachable
from okta_hooks.reconcile.observed import Reachability

URI, OTHER = "https://events.example.com/a", "https://events.example.com/b"
START = datetime(2026, 1, 1, tzinfo=UTC)
REACHED = Reachable(seconds=0.1)
REFUSED = ConnectionRefused("events.example.com", 443, "refused")


@dataclass
class Site:
    """An endpoint that answers or not, called once a minute."""

    answers: bool = True
    now: datetime = START
    last: Reachability | None = None

    async def challenge(self, endpoint: Endpoint) -> Outcome:  # noqa: ARG002 -- there is one
        return REACHED if self.answers else REFUSED

    async def called(self, uri: str = URI) -> Reachability:
        self.now += timedelta(minutes=1)
        prober = ChallengeProber(self, lambda: self.now)
        self.last = await prober.call(uri, "Authorization", Secret("s"), self.last)
        return self.last


async def test_it_is_remembered_when_an_endpoint_answered_last() -> None:
    site = Site()
    answered = await site.called()
    site.answers = False
    assert (await site.called()).reached_at == answered.at


async def test_it_is_remembered_since_when_it_fails() -> None:
    site = Site(answers=False)
    failed = await site.called()
    assert (await site.called()).failing_since == failed.at


async def test_an_answer_ends_the_failing() -> None:
    site = Site(answers=False)
    await site.called()
    site.answers = True
    assert (await site.called()).failing_since is None


async def test_nothing_is_remembered_of_another_address() -> None:
    site = Site()
    await site.called(OTHER)
    site.answers = False
    assert (await site.called(URI)).reached_at is None


async def test_who_asks_for_a_look_gets_no_old_answer() -> None:
    answered = await Site().called()
    memory = Memory(reachability=answered).when_asked(Wishes("now", START))
    assert memory.reachability is not None
    assert answered.at - memory.reachability.at > timedelta(days=365)


async def test_a_certificate_that_ends_soon_is_a_warning_and_no_failure() -> None:
    class Expiring:
        async def challenge(self, endpoint: Endpoint) -> Outcome:  # noqa: ARG002 -- there is one
            return CertificateExpiring(seconds=0.1, expires=START + timedelta(days=3))

    answered = await ChallengeProber(Expiring(), lambda: START).call(URI, "Authorization", Secret("s"), None)
    assert (answered.problem, answered.warning) == (None, Reason.CERTIFICATE_EXPIRING)
    assert "2026-01-04" in answered.detail


async def test_it_is_remembered_when_the_certificate_ends_though_the_address_answers_no_more() -> None:
    class Serving(Site):
        async def challenge(self, endpoint: Endpoint) -> Outcome:
            return Reachable(0.1, START) if self.answers else await super().challenge(endpoint)

    site = Serving()
    await site.called()
    site.answers = False
    assert (await site.called()).certificate_expires == START
