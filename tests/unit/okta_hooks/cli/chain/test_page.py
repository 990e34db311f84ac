"""The page for people."""

from __future__ import annotations

import json

import pytest

from okta_hooks.cli.chain.links import Chain, Link, Mark
from okta_hooks.cli.chain.page import printer

BROKEN = Link(
    Mark.BROKEN,
    "Public address",
    "https://hooks.example.com/a",
    reason="NameNotResolved",
    message="No DNS server knows hooks.example.com: create its record.",
    since="2026-01-31T12:00:00Z",
)
SHOWN = Chain(
    namespace="identity",
    name="sign-ins",
    ready="False",
    reason="NameNotResolved",
    since="2026-01-31T12:00:00Z",
    links=(Link(Mark.HOLDS, "Hook in Okta", "who1"), BROKEN),
    remarks=("It was changed in Okta once.",),
)
PAGE = """\
Hook identity/sign-ins: not ready since 2026-01-31T12:00:00Z (NameNotResolved)

ok  Hook in Okta    who1
!!  Public address  https://hooks.example.com/a

What is wrong, and what to do:

!!  Public address: NameNotResolved since 2026-01-31T12:00:00Z
    No DNS server knows hooks.example.com: create its record.

It was changed in Okta once.
"""


def test_it_shows_the_chain_then_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    printer("table")(SHOWN)
    assert capsys.readouterr().out == PAGE


def test_what_others_wrote_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    printer("table")(Chain("a", "b", "True", "Ready", "", (Link(Mark.HOLDS, "Hook in Okta", "\x1b[2Jwho1"),), ()))
    assert "\x1b" not in capsys.readouterr().out


def test_a_program_reads_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    printer("json")(SHOWN)
    read = json.loads(capsys.readouterr().out)
    assert [link["mark"] for link in read["links"]] == ["ok", "!!"]
    assert read["links"][1]["message"] == BROKEN.message
