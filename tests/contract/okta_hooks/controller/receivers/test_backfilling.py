"""What the operator asks of a pod for a back-fill, of the processes themselves."""

from __future__ import annotations

import json
from dataclasses import replace

import aiohttp
import pytest

from dispatching.process import TOKEN, RunningProcess
from okta_hooks.controller.receivers.backfilling import HttpPod
from okta_hooks.system_log.backfill import PodUnavailable
from receiving.bodies import delivery, event
from receiving.process import SECRET, ReceiverProcess


async def test_what_never_came_is_unknown(pod: HttpPod) -> None:
    assert await pod.unknown(["a", "b"]) == {"a", "b"}


async def test_what_okta_delivered_is_known(
    pod: HttpPod, receiver: ReceiverProcess, dispatcher: RunningProcess, session: aiohttp.ClientSession
) -> None:
    async with session.post(receiver.url, data=delivery(["a"]), headers={"Authorization": SECRET}) as response:
        assert response.status == 200
    await dispatcher.put_out("a")
    assert await pod.unknown(["a", "b"]) == {"b"}


async def test_what_was_brought_reaches_the_sink_and_is_known(pod: HttpPod, dispatcher: RunningProcess) -> None:
    await pod.bring([_event("a"), _event("b")])
    await dispatcher.put_out("b")
    assert await pod.unknown(["a", "b", "c"]) == {"c"}


async def test_more_uuids_are_asked_for_than_one_question_may_have(pod: HttpPod) -> None:
    uuids = [f"event-{number}" for number in range(10_001)]
    assert len(await pod.unknown(uuids)) == 10_001


async def test_a_wrong_token_is_said(pod: HttpPod) -> None:
    with pytest.raises(PodUnavailable, match="answered 401"):
        await replace(pod, token="of somebody else").bring([_event("a")])


async def test_what_the_receiver_does_not_take_is_said_in_its_words(pod: HttpPod) -> None:
    with pytest.raises(PodUnavailable, match="send events as the System Log gives them"):
        await pod.bring([b'{"no": '])


async def test_a_dispatcher_that_is_gone_knows_nothing(
    session: aiohttp.ClientSession, receiver: ReceiverProcess, dispatcher: RunningProcess
) -> None:
    pod = HttpPod(session, receiver.admin_url, f"http://127.0.0.1:{dispatcher.admin_port()}", TOKEN)
    dispatcher.kill()
    with pytest.raises(PodUnavailable, match="cannot be asked"):
        await pod.unknown(["a"])


def _event(uuid: str) -> bytes:
    return json.dumps(event(uuid)).encode()
