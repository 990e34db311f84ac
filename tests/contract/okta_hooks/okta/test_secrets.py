"""No secret is ever printed: not in a log of any level, nor in an error or its causes."""

from __future__ import annotations

import logging
import traceback

import pytest

from contract.okta_hooks.okta.given import SECRET, SIGN_INS, hurried
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import CredentialsRejected, OktaError
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.organization import Connection, connect
from okta_hooks.okta.service_app import ServiceAppKey
from okta_hooks.okta.signing import read_key
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.organization import Organization

TOKEN = "00secretTokenThatNobodyMaySee"


async def test_nothing_is_logged_of_a_secret_at_any_level(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    token = organization.api_token(TOKEN)
    with caplog.at_level(logging.DEBUG):
        async with connect(Connection(organization.url, ApiToken(token)), hurried()) as okta:
            made = await okta.event_hooks.create(SIGN_INS, SECRET)
            await okta.event_hooks.replace(made.id, SIGN_INS, SECRET)
    assert TOKEN not in caplog.text
    assert SECRET.value not in caplog.text


@pytest.mark.parametrize("ending", [Drop(), Answer(status=400), Answer(status=500, empty=True)])
async def test_no_error_shows_a_secret(
    organization: Organization, token_hooks: SdkEventHooks, ending: Drop | Answer
) -> None:
    organization.management_faults.add(ManagementFault(ending=ending))
    with pytest.raises(OktaError) as failed:
        await token_hooks.create(SIGN_INS, SECRET)
    assert SECRET.value not in "".join(traceback.format_exception(failed.value))


def test_a_connection_does_not_show_its_credential(key: KeyPair) -> None:
    app = ServiceAppKey("0oa1", read_key(key.private_pem))
    assert "0oa1" not in repr(Connection("https://example.okta.com", app))
    assert TOKEN not in repr(Connection("https://example.okta.com", ApiToken(TOKEN)))


@pytest.mark.parametrize("token", ["", "two words", "two\nlines", "ünicode"])
def test_a_token_that_cannot_be_one_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(CredentialsRejected) as rejected:
        ApiToken(token)
    assert not token or token not in str(rejected.value)
