"""Facts, section 9: API tokens carry their owner's rights, die with the owner, expire when idle, and know zones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okta_simulator.credentials.api_tokens import Network
from okta_simulator.errors import OktaError
from okta_simulator.options import Credentials, Options
from unit.okta_simulator.credentials.guarded_organization import (
    ADMINISTRATOR,
    COLLEAGUE,
    HOOKS,
    ZONE,
    Answer,
    Guarded,
    guarded,
)

ALMOST_EXPIRED = timedelta(days=29)


def _refused_as_invalid(answer: Answer) -> bool:
    return answer.status == 401 and answer.body["errorCode"] == "E0000011"


async def test_a_token_stands_for_its_owner(org: Guarded) -> None:
    answer = await org.send(HOOKS, f"SSWS {org.api_token()}")
    assert (answer.status, answer.body["actor"]) == (200, ADMINISTRATOR.id)


async def test_a_token_needs_no_scopes_to_change_things(org: Guarded) -> None:
    answer = await org.send(HOOKS, f"SSWS {org.api_token()}", method="POST")
    assert answer.status == 200


async def test_a_token_of_somebody_without_a_role_may_do_nothing(org: Guarded) -> None:
    secret = org.services.api_tokens.issue(COLLEAGUE.id, "curious").secret
    answer = await org.send(HOOKS, f"SSWS {secret}")
    assert (answer.status, answer.body["errorCode"]) == (403, "E0000006")


async def test_an_unknown_token_is_refused(org: Guarded) -> None:
    answer = await org.send(HOOKS, "SSWS 00nobodysToken")
    assert _refused_as_invalid(answer)
    assert answer.body["errorSummary"] == "Invalid token provided"


async def test_a_token_that_is_not_ascii_is_refused(org: Guarded) -> None:
    assert _refused_as_invalid(await org.send(HOOKS, "SSWS sésame"))


async def test_a_token_is_refused_once_it_is_revoked(org: Guarded) -> None:
    issued = org.services.api_tokens.issue(ADMINISTRATOR.id, "operator")
    org.services.api_tokens.revoke(issued.token.id)
    assert _refused_as_invalid(await org.send(HOOKS, f"SSWS {issued.secret}"))


async def test_a_token_dies_with_its_owner(org: Guarded) -> None:
    secret = org.api_token()
    del org.people.active[ADMINISTRATOR.id]
    assert _refused_as_invalid(await org.send(HOOKS, f"SSWS {secret}"))


async def test_a_token_expires_when_it_was_not_used_for_30_days(org: Guarded) -> None:
    secret = org.api_token()
    org.clock.advance(timedelta(days=30, seconds=1))
    assert _refused_as_invalid(await org.send(HOOKS, f"SSWS {secret}"))


async def test_each_call_sets_the_30_days_anew(org: Guarded) -> None:
    secret = org.api_token()
    org.clock.advance(ALMOST_EXPIRED)
    await org.send(HOOKS, f"SSWS {secret}")
    org.clock.advance(ALMOST_EXPIRED)
    assert (await org.send(HOOKS, f"SSWS {secret}")).status == 200


async def test_a_token_bound_to_a_zone_works_from_there(org: Guarded) -> None:
    secret = org.api_token(network=Network("ZONE", include=(ZONE,)))
    assert (await org.send(HOOKS, f"SSWS {secret}")).status == 200


@pytest.mark.parametrize(
    "network",
    [Network("ZONE", include=("nzoElsewhere00000000",)), Network("ZONE", exclude=(ZONE,))],
    ids=["not included", "excluded"],
)
async def test_a_token_bound_to_a_zone_is_refused_from_elsewhere(org: Guarded, network: Network) -> None:
    answer = await org.send(HOOKS, f"SSWS {org.api_token(network=network)}")
    assert (answer.status, answer.body["errorCode"]) == (403, "E0000006")


@pytest.mark.parametrize("authorization", [None, "", "Basic YWRhOmFkYQ==", "SSWS"])
async def test_a_request_without_a_credential_is_refused(org: Guarded, authorization: str | None) -> None:
    answer = await org.send(HOOKS, authorization)
    assert answer.status == 401


async def test_a_request_without_a_credential_has_no_session(org: Guarded) -> None:
    assert (await org.send(HOOKS)).body["errorCode"] == "E0000005"


async def test_the_answer_to_a_missing_credential_is_a_choice() -> None:
    async with guarded(Options(credentials=Credentials(missing_credential="E0000004"))) as org:
        assert (await org.send(HOOKS)).body["errorCode"] == "E0000004"


async def test_a_scheme_without_a_space_is_refused(org: Guarded) -> None:
    assert (await org.send(HOOKS, f"SSWS{org.api_token()}")).status == 401


async def test_a_scheme_without_a_space_is_taken_by_choice() -> None:
    async with guarded(Options(credentials=Credentials(scheme_without_space=True))) as org:
        assert (await org.send(HOOKS, f"SSWS{org.api_token()}")).status == 200


async def test_issuing_and_revoking_are_written_down(org: Guarded) -> None:
    issued = org.services.api_tokens.issue(ADMINISTRATOR.id, "operator")
    org.services.api_tokens.revoke(issued.token.id)
    assert org.written.types == ["system.api_token.create", "system.api_token.revoke"]


async def test_the_secret_is_not_kept(org: Guarded) -> None:
    issued = org.services.api_tokens.issue(ADMINISTRATOR.id, "operator", secret="00theSecretOfATest")
    assert "00theSecretOfATest" not in repr(list(org.services.api_tokens))
    assert issued.secret == "00theSecretOfATest"


async def test_a_token_needs_an_owner(org: Guarded) -> None:
    with pytest.raises(OktaError, match="E0000007"):
        org.services.api_tokens.issue("00uNobody00000000000", "operator")
