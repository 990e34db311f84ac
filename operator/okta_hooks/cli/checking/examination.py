"""All checks of one hook, one after the other."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from okta_hooks.api.endpoint import public_url
from okta_hooks.api.okta_event_hook import HookAuth
from okta_hooks.cli.checking import spec
from okta_hooks.cli.checking.address import called, reachable_by_okta
from okta_hooks.cli.checking.finding import Finding
from okta_hooks.cli.explaining.hook_file import HookFile
from okta_hooks.reachability.challenge import Challenger, Endpoint

_DEFAULT_HEADER = "Authorization"


@dataclass(frozen=True)
class Caller:
    """How the public address is called.

    Args:
        secret: What the endpoint checks; empty where that is not known.
        authorities: PEM of authorities to trust besides the public ones.
    """

    secret: str = field(default="", repr=False)
    authorities: str = ""


def examined(hook: HookFile, namespace: str, caller: Caller | None) -> Iterator[Finding]:
    """What there is to say of a hook.

    Args:
        hook: The hook.
        namespace: Where it is to be, which may be a part of its address.
        caller: How its address is called; None where it is not.
    """
    yield from spec.findings(hook)
    url = public_url(hook.spec.exposure, namespace=namespace, name=hook.name)
    yield from reachable_by_okta(url)
    if caller is not None:
        header = (hook.spec.auth or HookAuth()).header_name or _DEFAULT_HEADER
        endpoint = Endpoint(url, header, caller.secret or secrets.token_urlsafe())
        probe = Challenger(caller.authorities)
        yield asyncio.run(called(probe, endpoint, knows_secret=bool(caller.secret)))
