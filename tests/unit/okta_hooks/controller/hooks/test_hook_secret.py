"""Which secret Okta is to have, and what receivers accept meanwhile."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics, SecretSeen
from okta_hooks.admin.token import fingerprint
from okta_hooks.api.okta_event_hook import Rotation
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.hooks.hook_secret import SecretChange, external_secret, managed_secret, users_secret
from okta_hooks.controller.hooks.kept_secrets import KeptSecrets
from okta_hooks.controller.receivers.asking import Answers
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from unit.okta_hooks.controller.given import START

HASHING = Hashing(b"key")
TOKEN = "token"
OLD, NEW = "the old secret", "the new secret"
OKTA_HAS_OLD = Applied("who1", HASHING.of(OLD), START)


def accepting(current: str, previous: str = "") -> Answers:
    """A receiver that says what it accepts."""
    seen = [SecretSeen("current", _fingerprint(current))]
    if previous:
        seen.append(SecretSeen("previous", _fingerprint(previous)))
    return Answers(
        ReceiverStatistics(
            started_at=datetime(2026, 11, 23, tzinfo=UTC),
            requests={},
            events={},
            event_bytes=0,
            last_event_at=None,
            hook_ids={},
            secrets=tuple(seen),
            rotation_pending=False,
            journal=JournalStatistics(0, 1, ""),
        )
    )


def _fingerprint(secret: str) -> str:
    return fingerprint(secret.encode(), token=TOKEN.encode())


def change(
    *,
    given: str | None = None,
    kept: KeptSecrets,
    applied: Applied = OKTA_HAS_OLD,
    rotation: Rotation | None = None,
    answers: tuple[Answers, ...] = (),
    after: timedelta = timedelta(),
) -> SecretChange:
    return SecretChange(given, kept, applied, rotation, answers, START + after)


def test_an_endpoint_of_the_users_own_has_what_their_secret_holds() -> None:
    secret = external_secret(NEW, HASHING)
    assert (secret.value.value, secret.hash) == (NEW, HASHING.of(NEW))


def test_without_one_the_sentence_says_where_to_name_it() -> None:
    with pytest.raises(Blocked, match=r"auth\.secretRef"):
        external_secret(None, HASHING)


def test_a_secret_is_generated_once() -> None:
    first, values = managed_secret(change(kept=KeptSecrets(TOKEN), applied=Applied()), HASHING)
    kept = KeptSecrets(TOKEN, current=values.current)
    second, _ = managed_secret(change(kept=kept, applied=Applied()), HASHING)
    assert first.value == second.value
    assert len(first.value.value) >= 32


def test_a_changed_secret_is_shown_to_receivers_beside_the_old_one_before_okta_has_it() -> None:
    secret, values = managed_secret(change(given=NEW, kept=KeptSecrets(TOKEN, current=OLD)), HASHING)
    assert (values.current, values.previous) == (NEW, OLD)
    assert secret.value.value == OLD


def test_okta_keeps_the_old_one_while_a_receiver_has_not_read_the_new() -> None:
    during = change(given=NEW, kept=KeptSecrets(TOKEN, NEW, OLD), answers=(accepting(NEW, OLD), accepting(OLD)))
    assert managed_secret(during, HASHING)[0].value.value == OLD


def test_okta_is_given_the_new_one_when_every_receiver_has_read_it() -> None:
    read = change(given=NEW, kept=KeptSecrets(TOKEN, NEW, OLD), answers=(accepting(NEW, OLD),))
    assert managed_secret(read, HASHING)[0].value.value == NEW


def test_a_dispatcher_in_a_pod_of_its_own_has_no_secret_to_read() -> None:
    answers = (accepting(NEW, OLD), Answers(receives=False))
    read = change(given=NEW, kept=KeptSecrets(TOKEN, NEW, OLD), answers=answers)
    assert managed_secret(read, HASHING)[0].value.value == NEW


def test_the_old_one_is_accepted_for_a_while_after_that() -> None:
    okta_has_new = Applied("who1", HASHING.of(NEW), START)
    secret, values = managed_secret(change(given=NEW, kept=KeptSecrets(TOKEN, NEW, OLD), applied=okta_has_new), HASHING)
    assert values.previous == OLD
    assert secret.again is not None


def test_then_it_goes() -> None:
    okta_has_new = Applied("who1", HASHING.of(NEW), START)
    late = change(given=NEW, kept=KeptSecrets(TOKEN, NEW, OLD), applied=okta_has_new, after=timedelta(minutes=11))
    assert managed_secret(late, HASHING)[1].previous is None


def test_a_generated_secret_is_replaced_when_it_is_old_enough() -> None:
    rotation = Rotation(interval="24h")
    young = change(kept=KeptSecrets(TOKEN, OLD), rotation=rotation, after=timedelta(hours=23))
    old = change(kept=KeptSecrets(TOKEN, OLD), rotation=rotation, after=timedelta(hours=25))
    assert managed_secret(young, HASHING)[1].current == OLD
    assert managed_secret(old, HASHING)[1].previous == OLD


def test_nothing_of_a_secret_is_printed() -> None:
    secret, values = managed_secret(change(given=NEW, kept=KeptSecrets(TOKEN, OLD)), HASHING)
    told = repr((secret, values, change(given=NEW, kept=KeptSecrets(TOKEN, OLD))))
    assert not any(hidden in told for hidden in (OLD, NEW, TOKEN))


@dataclass(frozen=True)
class OneSecret:
    """A Kubernetes in which every Secret has one key."""

    value: str

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:  # noqa: ARG002
        """That Secret."""
        return {"data": {"secret": base64.b64encode(self.value.encode()).decode()}}

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Nothing is made here."""
        raise NotImplementedError

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Nothing is written here."""
        raise NotImplementedError


HOOK = HookObject.model_validate(
    {
        "metadata": {"name": "sign-ins", "namespace": "identity"},
        "spec": {
            "eventTypes": ["user.session.start"],
            "exposure": {"url": "https://hooks.example.com/sign-ins"},
            "auth": {"secretRef": {"name": "mine", "key": "secret"}},
        },
    }
)


async def test_white_space_around_a_users_secret_does_not_count() -> None:
    assert await users_secret(HOOK, SecretReader(OneSecret("one line\n"))) == "one line"


@pytest.mark.parametrize("value", ["two\nlines", "a\x00b", "schl\u00fcssel"])
async def test_a_users_secret_that_no_header_can_carry_is_named_and_not_shown(value: str) -> None:
    with pytest.raises(Blocked, match="identity/mine has a key secret that no header can carry") as blocked:
        await users_secret(HOOK, SecretReader(OneSecret(value)))
    assert value not in str(blocked.value)
