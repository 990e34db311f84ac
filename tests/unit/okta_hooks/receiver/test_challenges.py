"""The challenge with which Okta verifies a hook."""

from __future__ import annotations

import json

import pytest
from yarl import URL

from okta_hooks.receiver.outcome import Outcome
from okta_hooks.receiver.secret_files import Secrets
from unit.okta_hooks.receiver.served import PATH, SECRET, served


async def test_a_challenge_with_the_secret_is_repeated_as_json() -> None:
    async with served() as hook:
        answer = await hook.challenge("3b7c")
    assert (answer.status, json.loads(answer.body)) == (200, {"verification": "3b7c"})
    assert answer.headers["Content-Type"] == "application/json"
    assert hook.count(Outcome.CHALLENGE_ANSWERED) == 1


@pytest.mark.parametrize("sent", ["x-hook-secret", "X-HOOK-SECRET", "X-Hook-Secret"])
async def test_the_header_of_the_secret_is_found_in_upper_and_lower_case(sent: str) -> None:
    async with served(header_name="X-Hook-Secret") as hook:
        await hook.request("GET", secret=None, headers={sent: SECRET, "x-okta-verification-challenge": "3b7c"})
    assert hook.count(Outcome.CHALLENGE_ANSWERED) == 1


@pytest.mark.parametrize("path", ["/te%61m/hook", "/team/./hook", "/team/x/%2e%2E/hook", "/team/hook?to=us"])
async def test_its_path_is_known_however_it_is_spelt(path: str) -> None:
    async with served() as hook:
        url = URL(f"http://127.0.0.1:{hook.port}{path}", encoded=True)
        async with hook.session.get(url, headers={"x-okta-verification-challenge": "3b7c"}) as response:
            assert response.status == 200


@pytest.mark.parametrize("path", ["/team%2Fhook", "/Team/hook", "/team/hook/", "/team//hook", "/team/hook/.."])
async def test_another_path_is_not_taken_for_it(path: str) -> None:
    async with served() as hook:
        url = URL(f"http://127.0.0.1:{hook.port}{path}", encoded=True)
        async with hook.session.get(url, headers={"x-okta-verification-challenge": "3b7c"}) as response:
            assert response.status == 404


async def test_a_challenge_with_a_wrong_secret_is_refused_so_that_verification_fails_loudly() -> None:
    async with served() as hook:
        assert (await hook.challenge("3b7c", secret="wrong")).status == 401
    assert hook.count(Outcome.CHALLENGE_REFUSED) == 1


async def test_a_challenge_without_a_secret_is_answered_and_counted_apart() -> None:
    async with served() as hook:
        answer = await hook.challenge("3b7c", secret=None)
    assert (answer.status, json.loads(answer.body)) == (200, {"verification": "3b7c"})
    assert hook.count(Outcome.CHALLENGE_WITHOUT_SECRET) == 1


async def test_a_wrong_secret_is_not_refused_for_good_while_a_rotation_is_pending() -> None:
    async with served(secrets=Secrets(b"new", b"old")) as hook:
        assert (await hook.challenge("3b7c", secret="older")).status == 503


async def test_nobody_is_refused_for_good_before_a_secret_was_read() -> None:
    async with served(secrets=None) as hook:
        assert (await hook.challenge("3b7c")).status == 503


async def test_a_challenge_is_data_and_never_markup() -> None:
    async with served() as hook:
        answer = await hook.challenge('"}<script>')
    assert json.loads(answer.body) == {"verification": '"}<script>'}


async def test_a_get_without_a_challenge_finds_nothing() -> None:
    async with served() as hook:
        assert (await hook.request("GET")).status == 404


@pytest.mark.parametrize("path", ["/", "/team", "/team/hook/", "/team/hook2", "/healthz", "/stats"])
async def test_other_paths_find_nothing(path: str) -> None:
    async with served() as hook:
        assert (await hook.request("GET", path, headers={"x-okta-verification-challenge": "1"})).status == 404


async def test_a_query_does_not_change_the_path() -> None:
    async with served() as hook:
        answer = await hook.request("GET", f"{PATH}?a=b", headers={"x-okta-verification-challenge": "1"})
    assert answer.status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_methods_are_named_as_not_allowed(method: str) -> None:
    async with served() as hook:
        answer = await hook.request(method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, POST")


async def test_the_header_of_the_secret_can_be_chosen() -> None:
    async with served(header_name="X-Hook-Key") as hook:
        assert (await hook.challenge("1")).status == 200
        refused = await hook.request(
            "GET", secret="wrong", headers={"x-okta-verification-challenge": "1", "Authorization": SECRET}
        )
    assert refused.status == 401


async def test_answers_name_no_software_versions() -> None:
    async with served() as hook:
        assert (await hook.challenge("1")).headers["Server"] == "okta-event-hooks"
