"""What containers are told is what their programs take."""

from __future__ import annotations

import click
import msgspec
import pytest

from okta_hooks.cli.dispatcher import dispatcher
from okta_hooks.cli.receiver import receiver
from okta_hooks.dispatch.configuration import Configuration
from okta_hooks.kube.resources import CONFIG_MAP, DEPLOYMENT
from samples.kube import ORIGIN, child, hook, within


def arguments(container: int) -> list[str]:
    told = within(child(hook(), DEPLOYMENT), "spec", "template", "spec", "containers", container, "args")
    assert isinstance(told, list)
    return [str(argument) for argument in told]


@pytest.mark.parametrize(("container", "command"), [(0, receiver), (1, dispatcher)], ids=["receiver", "dispatcher"])
def test_a_program_takes_its_arguments(container: int, command: click.Command) -> None:
    name, *options = arguments(container)
    assert command.make_context(name, options).command.name == name


def test_the_dispatcher_takes_its_configuration() -> None:
    told = within(child(hook(sinks=[{"name": "out", "stdout": {}}]), CONFIG_MAP), "data", "dispatcher.json")
    configuration = msgspec.json.decode(str(told), type=Configuration)
    assert (configuration.org, configuration.hook_id) == (ORIGIN.org, ORIGIN.hook_id)
    assert [sink.name for sink in configuration.sinks] == ["out"]
