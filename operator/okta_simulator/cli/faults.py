"""`okta-simulator faults`."""

from __future__ import annotations

from typing import TypeVar

import click
import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.cli.connection import show, talking
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.json_values import UNREADABLE

Fault = TypeVar("Fault")


@click.group()
def faults() -> None:
    """Let things go wrong on purpose, and call it off."""


@faults.command("list")
@talking
def list_all(control: BlockingControlClient) -> None:
    """Show the planned faults that are not over."""
    show(control(requests.faults()))


@faults.command()
@click.argument("fault")
@talking
def management(control: BlockingControlClient, fault: str) -> None:
    """Let requests of the management API go wrong; FAULT is JSON.

    \b
    The next two requests for the System Log get 503 with an empty body:
        '{"operation": "GET /api/v1/logs", "ending": {"type": "answer", "status": 503, "empty": true}, "times": 2}'
    Every tenth creation of a hook is carried out, but its answer is lost:
        '{"operation": "POST /api/v1/eventHooks", "ending": {"type": "drop", "carriedOut": true}, "probability": 0.1}'
    """  # noqa: D301 -- click wants the character itself
    show(control(requests.add_management_fault(_read(fault, ManagementFault))))


@faults.command()
@click.argument("fault")
@talking
def delivery(control: BlockingControlClient, fault: str) -> None:
    """Let deliveries to hooks go wrong; FAULT is JSON.

    \b
    Lose the next delivery to any hook; the endpoint answers, but Okta does not see it; send twice; send late; be slow:
        '{"effect": {"type": "lose"}, "times": 1}'
        '{"effect": {"type": "disconnect", "answered": true}, "hook": "who0123456789abcdefg"}'
        '{"effect": {"type": "duplicate", "copies": 2}, "probability": 0.5}'
        '{"effect": {"type": "hold back", "seconds": 60}}'
        '{"effect": {"type": "slow", "seconds": 2.5}}'
    """  # noqa: D301 -- click wants the character itself
    show(control(requests.add_delivery_fault(_read(fault, DeliveryFault))))


@faults.command()
@click.argument("fault_id")
@talking
def remove(control: BlockingControlClient, fault_id: str) -> None:
    """Call one fault off."""
    show(control(requests.remove_fault(fault_id)))


@faults.command()
@talking
def clear(control: BlockingControlClient) -> None:
    """Call all faults off."""
    show(control(requests.clear_faults()))


def _read(text: str, expected: type[Fault]) -> Fault:
    try:
        return msgspec.json.decode(text, type=expected)
    except UNREADABLE as error:
        raise BadInput(f"this is not a fault ({error}): see the examples in --help") from error
