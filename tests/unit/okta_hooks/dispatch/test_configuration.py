"""The configuration: what it may say, and what is said when it says something else."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okta_hooks.bad_input import BadInput
from okta_hooks.dispatch.backoff import BackoffPolicy
from okta_hooks.dispatch.configuration import Configuration, ConfigurationFile, OnFull, SinkConfiguration
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import StdoutSettings
from samples.dispatch import until

CONSOLE = {"name": "console", "to": {"type": "stdout"}}
LEAST: dict[str, object] = {"org": "https://acme.okta.com"}


def written(path: Path, content: object) -> ConfigurationFile:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content))
    fresh.replace(path)
    return ConfigurationFile(path, look_every=timedelta(milliseconds=2))


def test_the_organisation_is_all_that_has_to_be_said(tmp_path: Path) -> None:
    assert written(tmp_path / "c.json", LEAST).read() == Configuration(org="https://acme.okta.com")


def test_a_sink_is_its_name_and_what_it_is(tmp_path: Path) -> None:
    configuration = written(tmp_path / "c.json", LEAST | {"sinks": [CONSOLE]}).read()
    assert configuration.sinks == (SinkConfiguration(name="console", to=StdoutSettings()),)


def test_a_sink_may_be_told_how_to_be_served(tmp_path: Path) -> None:
    served = {
        "retry": {"backoffPolicy": "linear"},
        "concurrency": 3,
        "maxRate": 0.5,
        "startAt": "2026-01-31T12:00:00Z",
        "onFull": "Skip",
    }
    told = LEAST | {"sinks": [CONSOLE | served], "journalMaxBytes": 1 << 30}
    (sink,) = written(tmp_path / "c.json", told).read().sinks
    assert sink.retry.backoff.policy is BackoffPolicy.LINEAR
    assert (sink.concurrency, sink.max_rate, sink.on_full) == (3, 0.5, OnFull.SKIP)
    assert sink.start_at == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_route_is_what_it_takes_and_where_to(tmp_path: Path) -> None:
    route = {"name": "sign-ins", "eventTypes": ["user.session.*"], "when": "true", "sinks": ["console"]}
    configuration = written(tmp_path / "c.json", LEAST | {"sinks": [CONSOLE], "routes": [route]}).read()
    expected = RouteSettings(name="sign-ins", event_types=("user.session.*",), when="true", sinks=("console",))
    assert configuration.routes == (expected,)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "missing required field `org`"),
        (LEAST | {"sink": []}, "unknown field `sink`"),
        (LEAST | {"sinks": [CONSOLE, CONSOLE]}, "two sinks are named console"),
        (LEAST | {"sinks": [CONSOLE], "removedSinks": ["console"]}, "the sink console is in `sinks` and in"),
        (LEAST | {"sinks": [CONSOLE | {"name": "Not A Name"}]}, r"\$\.sinks\[0\]\.name"),
        (LEAST | {"sinks": [CONSOLE | {"to": {"type": "pigeon"}}]}, "pigeon"),
        (LEAST | {"sinks": [CONSOLE | {"batch": {"maxEvents": 0}}]}, r"maxEvents"),
        (LEAST | {"sinks": [CONSOLE | {"startAt": "2026-01-31T12:00:00"}]}, r"startAt"),
        (LEAST | {"sinks": [CONSOLE | {"onFull": "Drop"}]}, "Drop"),
        (LEAST | {"sinks": [CONSOLE | {"onFull": "Skip"}]}, "console says `Skip`: give `journalMaxBytes` too"),
        (LEAST | {"sinks": [CONSOLE | {"retry": {"backoffPolicy": "none"}}]}, "none"),
        (LEAST | {"routes": [{"name": "all"}, {"name": "all"}]}, "two routes are named all"),
        (LEAST | {"routes": [{"name": "all", "sinks": ["siem"]}]}, "the route all leads to the sink siem, which is"),
        (LEAST | {"routes": [{"name": "all", "eventTypes": ["user.*.start"]}]}, r"eventTypes\[0\]"),
    ],
)
def test_what_can_not_be_done_is_named_with_its_place(tmp_path: Path, wrong: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        written(tmp_path / "c.json", wrong).read()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"c\.json can't be read \(No such file or directory\): mount it there"):
        ConfigurationFile(tmp_path / "c.json").read()


async def test_a_change_is_told_once_it_can_be_used(tmp_path: Path) -> None:
    file = written(tmp_path / "c.json", LEAST)
    changes = file.changes(file.read())
    written(tmp_path / "c.json", LEAST | {"sinks": [CONSOLE]})
    assert [sink.name for sink in (await anext(changes)).sinks] == ["console"]


async def test_what_can_not_be_used_is_named_until_it_is_corrected(tmp_path: Path) -> None:
    file = written(tmp_path / "c.json", LEAST)
    changes = file.changes(file.read())
    written(tmp_path / "c.json", LEAST | {"sinks": 5})
    following = asyncio.ensure_future(anext(changes))
    await until(lambda: file.trouble is not None)
    written(tmp_path / "c.json", LEAST | {"cluster": "prod"})
    assert (await following).cluster == "prod"
    assert file.trouble is None
