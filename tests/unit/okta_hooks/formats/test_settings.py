"""What may be configured of a format."""

from __future__ import annotations

import msgspec
import pytest

from okta_hooks.formats import FormatSettings, OktaFormat
from okta_hooks.formats.settings import format_of
from samples.formats import ORIGIN


def configured(**fields: object) -> FormatSettings:
    return msgspec.convert(fields, type=FormatSettings)


def test_without_settings_events_are_written_as_okta_sent_them_with_nothing_in_between() -> None:
    assert isinstance(format_of(configured(), ORIGIN), OktaFormat)


@pytest.mark.parametrize("fields", [{"drop": ["uuid"]}, {"pseudonymise": ["uuid"], "pseudonymKeyFile": "/key"}])
def test_the_identity_of_an_event_has_to_stay(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="leave it as it is"):
        configured(**fields)


@pytest.mark.parametrize("fields", [{"pseudonymise": ["actor.id"]}, {"pseudonymKeyFile": "/key"}])
def test_pseudonyms_need_a_key_and_a_key_needs_pseudonyms(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="go together"):
        configured(**fields)


def test_a_field_and_a_part_of_it_are_not_both_pseudonymised() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"actor\.id and actor, which it is a part of"):
        configured(pseudonymise=["actor", "actor.id"], pseudonymKeyFile="/key")


@pytest.mark.parametrize("fields", [{"type": "leef"}, {"drop": ["a..b"]}, {"drop": [""]}, {"keep": ["a"]}])
def test_what_is_misspelt_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        configured(**fields)
