"""Carrying out `okta-simulator serve`."""

from __future__ import annotations

import asyncio
import ipaddress
import random
import secrets
import signal
import sys
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import msgspec

from okta_simulator.activity.traffic import FASTEST
from okta_simulator.bad_input import BadInput
from okta_simulator.clock import Clock
from okta_simulator.control.path import PREFIX
from okta_simulator.ids import Ids
from okta_simulator.options import Options
from okta_simulator.organization import Organization
from okta_simulator.server import Listener, listen, serve
from okta_simulator.state.file import StateFile
from okta_simulator.state.recorder import Memory, Recorder
from okta_simulator.tls import server_context


@dataclass(frozen=True)
class Plan:
    """What was asked for on the command line; see there."""

    host: str
    ports: tuple[int, ...]
    public_url: str | None
    tls_files: tuple[Path, Path] | None
    options: Options
    trust_ca: Path | None
    resolve: dict[str, str]
    state: Path | None
    seed: int | None
    speed: float
    rate: float
    api_token: str | None
    control_token: str | None


def run(plan: Plan) -> None:
    """Serve until a signal ends it.

    Raises:
        BadInput: Something of the plan can't be used.
    """
    _check(plan)
    try:
        _run_to_its_end(plan)
    except ExceptionGroup as failures:
        _, others = failures.split(BadInput)
        if others is not None:
            raise
        raise _first(failures) from failures


def _run_to_its_end(plan: Plan) -> None:
    if sys.platform == "linux":
        import uvloop  # noqa: PLC0415 -- not where the package does not exist

        uvloop.run(_serve(plan))
    else:
        asyncio.run(_serve(plan))


def _first(failures: ExceptionGroup[Exception]) -> Exception:
    """The first failure itself, out of the groups of background work in which it happened."""
    failure = failures.exceptions[0]
    return _first(failure) if isinstance(failure, ExceptionGroup) else failure


async def _serve(plan: Plan) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with AsyncExitStack() as running:
        listeners = [_listen(plan, port, running) for port in plan.ports]
        for index, listener in enumerate(listeners):
            await _start(plan, index, listener, running)
        await ended.wait()


def _listen(plan: Plan, port: int, running: AsyncExitStack) -> Listener:
    tls = server_context(*plan.tls_files) if plan.tls_files else None
    listener = listen(plan.host, port, tls=tls)
    running.callback(listener.socket.close)
    return listener


async def _start(plan: Plan, index: int, listener: Listener, running: AsyncExitStack) -> None:
    seed = None if plan.seed is None else plan.seed + index
    organization = Organization(
        _with_endpoints(plan),
        url=plan.public_url or listener.url,
        clock=Clock(speed=plan.speed),
        ids=Ids(seed),
        dice=random.Random(seed),
        recorder=_recorder(plan.state, running),
    )
    control_token = plan.control_token or (None if _is_loopback(plan.host) else secrets.token_urlsafe(24))
    token = organization.api_token(plan.api_token)
    organization.activity.traffic.flow(plan.rate)
    await running.enter_async_context(serve(organization, listener, control_token=control_token))
    click.echo(_instructions(organization.url, listener.url, plan, token, control_token))


def _check(plan: Plan) -> None:
    try:
        Clock(speed=plan.speed)
    except ValueError as error:
        raise BadInput(f"{error}: choose another --speed") from error
    if not 0 <= plan.rate <= FASTEST:
        raise BadInput(f"--rate {plan.rate:g} is not possible: choose one between 0 and {FASTEST:g} events a second")
    if len(plan.ports) > 1 and (plan.state or plan.public_url):
        raise BadInput(
            "several organisations can't share one --state or --public-url: start a process for each of them"
        )
    if plan.public_url is not None:
        _check_url(plan.public_url)


def _check_url(url: str) -> None:
    if not _is_origin(url):
        raise BadInput(f"--public-url {url} is not the URL of an organisation: write https://example.com, and no path")


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and has_place and url == f"{parts.scheme}://{parts.netloc}"


def _with_endpoints(plan: Plan) -> Options:
    endpoints = msgspec.structs.replace(
        plan.options.endpoints, resolve={**plan.options.endpoints.resolve, **plan.resolve}
    )
    if plan.trust_ca is not None:
        endpoints = msgspec.structs.replace(endpoints, extra_ca_file=str(plan.trust_ca))
    return msgspec.structs.replace(plan.options, endpoints=endpoints)


def _recorder(file: Path | None, running: AsyncExitStack) -> Recorder:
    return Memory() if file is None else running.enter_context(closing(StateFile(file)))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _instructions(url: str, listening: str, plan: Plan, token: str, control_token: str | None) -> str:
    lines = [f"An Okta organisation answers at {url}"]
    if url != listening:
        lines.append(f"  it listens at   {listening}")
    if plan.api_token is None:
        lines.append(f"  API token       {token}")
    if control_token is not None and plan.control_token is None:
        lines.append(f"  control token   {control_token}")
    shown_token = "<API token>" if plan.api_token else token
    lines += [
        f"  control API     {listening}{PREFIX}",
        f"  try             curl -H 'Authorization: SSWS {shown_token}' {listening}/api/v1/eventHooks",
        "  end it          Ctrl-C",
    ]
    return "\n".join(lines)
