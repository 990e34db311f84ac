"""Calling endpoints: what Okta's client of them does with odd answers, names and connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from aiohttp import web

from okta_simulator.bad_input import BadInput
from okta_simulator.event_hooks.endpoint import Answer, EndpointClient, Message, NoAnswer
from okta_simulator.event_hooks.hook import AuthScheme, Channel, Header
from okta_simulator.ids import Ids
from okta_simulator.network import PinnedResolver
from okta_simulator.options import Endpoints
from unit.okta_simulator.event_hooks.receiver import HOST, Receiver, breaking, never

POST = Message("POST", headers=(("Content-Type", "application/json"),), body=b"{}")
GET = Message("GET")


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
async def client(ca_file: str) -> AsyncIterator[EndpointClient]:
    endpoints = Endpoints(resolve={HOST: "127.0.0.1"}, extra_ca_file=ca_file)
    async with EndpointClient(endpoints, 1.0, Ids(1)) as opened:
        yield opened


async def test_a_late_answer_is_a_timeout(client: EndpointClient, receiver: Receiver) -> None:
    receiver.answering = never
    assert await client.send(Channel(receiver.url), POST) == NoAnswer("timeout", "no answer within 1 s")


@pytest.mark.parametrize("message", [GET, POST])
async def test_a_dropped_connection_is_no_answer_and_is_not_repeated(
    client: EndpointClient, receiver: Receiver, message: Message
) -> None:
    receiver.answering = breaking
    reply = await client.send(Channel(receiver.url), message)
    assert isinstance(reply, NoAnswer)
    assert (reply.reason, len(receiver.got)) == ("connection", 1)


@pytest.mark.parametrize(
    "uri",
    ["https://hooks.example.com:1/", "https://xn--/", "https://user:word@hooks.example.com:1/", "https://\x00/"],
)
async def test_an_endpoint_that_is_not_there_is_no_answer(client: EndpointClient, uri: str) -> None:
    reply = await client.send(Channel(uri, auth=AuthScheme("Authorization", "s")), POST)
    assert isinstance(reply, NoAnswer)
    assert reply.reason == "connection"


async def test_a_redirect_is_an_answer_that_is_not_followed(client: EndpointClient, receiver: Receiver) -> None:
    async def elsewhere(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    receiver.answering = elsewhere
    assert await client.send(Channel(receiver.url), POST) == Answer(302, b"")
    assert [got.path for got in receiver.got] == ["/okta"]


async def test_an_answer_without_end_is_cut(client: EndpointClient, receiver: Receiver) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    receiver.answering = endless
    reply = await client.send(Channel(receiver.url), POST)
    assert isinstance(reply, Answer)
    assert len(reply.body) == 65536


async def test_the_auth_header_wins_over_a_custom_one_of_its_name(client: EndpointClient, receiver: Receiver) -> None:
    channel = Channel(receiver.url, (Header("authorization", "custom"),), AuthScheme("Authorization", "secret"))
    await client.send(channel, POST)
    assert receiver.got[0].headers["authorization"] == "secret"


@pytest.mark.parametrize("size", [2, 3_000_000])
async def test_hanging_up_leaves_the_endpoint_with_the_whole_request(
    client: EndpointClient, receiver: Receiver, size: int
) -> None:
    receiver.answering = never
    reply = await client.send_and_hang_up(Channel(receiver.url), Message("POST", body=b"x" * size))
    await receiver.wait_for(1)
    assert (reply.reason, len(receiver.got[0].body)) == ("connection", size)


async def test_a_large_delivery_arrives(client: EndpointClient, receiver: Receiver) -> None:
    reply = await client.send(Channel(receiver.url), Message("POST", body=b"x" * 3_000_000))
    assert (reply, len(receiver.got[0].body)) == (Answer(204, b""), 3_000_000)


async def test_a_name_and_a_port_can_be_led_elsewhere(ca_file: str, receiver: Receiver) -> None:
    port = receiver.url.rpartition(":")[2].partition("/")[0]
    endpoints = Endpoints(resolve={f"{HOST}:443": f"127.0.0.1:{port}"}, extra_ca_file=ca_file)
    async with EndpointClient(endpoints, 3, Ids(1)) as client:
        reply = await client.send(Channel(f"https://{HOST}/"), GET)
    assert isinstance(reply, Answer)


@pytest.mark.parametrize(
    ("name", "place"),
    [("a.example", "b.example"), ("a.example:443", "127.0.0.1"), ("a.example:443", "127.0.0.1:0"), ("a.example", "")],
)
async def test_a_place_that_is_no_address_is_refused_with_a_sentence(name: str, place: str) -> None:
    with pytest.raises(BadInput, match=f"cannot lead {name} to {place}: write an address"):
        PinnedResolver({name: place})
