"""The public address: whether Okta could call it, and how it answers from here."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from okta_hooks.cli.checking.finding import Finding, fine, warning, wrong
from okta_hooks.reachability.challenge import Endpoint, EndpointProbe
from okta_hooks.reachability.outcome import CertificateExpiring, Outcome, Reachable, Unauthorized

ABOUT = "the public address"
_PRIVATE_SUFFIXES = (".local", ".internal", ".svc", ".lan", ".home.arpa", ".localhost", ".test", ".example", ".invalid")


def reachable_by_okta(url: str) -> Iterator[Finding]:
    """What its name alone tells."""
    host = urlsplit(url).hostname or ""
    try:
        is_private = not ipaddress.ip_address(host).is_global
    except ValueError:
        is_private = "." not in host or host.endswith(_PRIVATE_SUFFIXES)
    if is_private:
        yield warning(ABOUT, f"Okta calls from the internet, where {host} means nothing: only a simulator gets there.")


async def called(probe: EndpointProbe, endpoint: Endpoint, *, knows_secret: bool) -> Finding:
    """How it answers the challenge of Okta from here.

    Args:
        probe: Calls it.
        endpoint: The address, and the secret, or some other value where that is not known.
        knows_secret: Whether it is the secret.
    """
    return _judged(await probe.challenge(endpoint), endpoint.url, knows_secret=knows_secret)


def _judged(outcome: Outcome, url: str, *, knows_secret: bool) -> Finding:
    if isinstance(outcome, Reachable):
        until = f" Its certificate ends on {outcome.expires:%Y-%m-%d}." if outcome.expires is not None else ""
        return fine(ABOUT, f"{url} answered a challenge as Okta expects, in {outcome.seconds:.1f} s.{until}")
    if isinstance(outcome, CertificateExpiring):
        return warning(ABOUT, outcome.message)
    if isinstance(outcome, Unauthorized) and not knows_secret:
        return fine(ABOUT, f"{url} refuses a wrong secret, as it should; the right one comes with --secret-file.")
    return wrong(ABOUT, f"From here: {outcome.message}")
