"""Listening: over HTTP and HTTPS, one organisation or several."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from ssl import SSLContext

import aiohttp
import pytest
import trustme
from aiohttp import web

from okta_simulator.bad_input import BadInput
from okta_simulator.management.endpoint import Call, Endpoint
from okta_simulator.organization import Organization
from okta_simulator.server import LARGEST_BODY, listen, serve
from okta_simulator.tls import client_context, server_context


async def get(url: str, token: str = "", *, ssl: SSLContext | bool = True) -> tuple[int, dict[str, object]]:
    """Status and body of an answer."""
    headers = {"Authorization": f"SSWS {token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url, ssl=ssl) as response:
        body: dict[str, object] = await response.json()
        return response.status, body


async def test_an_organisation_answers_where_it_says() -> None:
    listener = listen()
    async with serve(Organization(url=listener.url), listener) as url:
        status, body = await get(f"{url}/.well-known/okta-organization")
    assert status == 200
    assert body["_links"] == {"organization": {"href": url}}


async def test_its_links_lead_to_its_public_url_where_that_is_another() -> None:
    async with serve(Organization(url="https://tenant.example.com"), listen()) as url:
        _, body = await get(f"{url}/.well-known/okta-organization")
    assert body["_links"] == {"organization": {"href": "https://tenant.example.com"}}


async def test_several_organisations_in_one_process_know_nothing_of_each_other() -> None:
    first, second = Organization(), Organization()
    async with serve(first, listen()) as one, serve(second, listen()) as other:
        token = first.api_token()
        assert (await get(f"{one}/api/v1/users/me", token))[0] == 200
        assert (await get(f"{other}/api/v1/users/me", token))[0] == 401


async def test_it_answers_over_tls_with_its_own_certificate(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    listener = listen(tls=server_context(tmp_path / "both.pem", tmp_path / "both.pem"))
    async with serve(Organization(url=listener.url), listener) as url:
        trusted = client_context(tmp_path / "ca.pem")
        assert url.startswith("https://")
        assert (await get(f"{url}/.well-known/okta-organization", ssl=trusted))[0] == 200
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await get(f"{url}/.well-known/okta-organization")


async def test_a_path_that_leads_nowhere_gets_e0000008() -> None:
    async with serve(Organization(), listen()) as url:
        status, body = await get(f"{url}/api/v1/nothing")
    assert (status, body["errorCode"]) == (404, "E0000008")


async def test_a_method_that_an_operation_does_not_have_gets_e0000022() -> None:
    async with (
        serve(Organization(), listen()) as url,
        aiohttp.ClientSession() as session,
        session.patch(f"{url}/api/v1/eventHooks/who1") as response,
    ):
        assert response.status == 405
        assert (await response.json())["errorCode"] == "E0000022"
        assert "PUT" in response.headers["Allow"]


async def test_a_body_that_is_too_large_gets_413() -> None:
    organization = Organization()
    headers = {"Authorization": f"SSWS {organization.api_token()}"}
    async with (
        serve(organization, listen()) as url,
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{url}/api/v1/eventHooks", data=io.BytesIO(b" " * (LARGEST_BODY + 1))) as response,
    ):
        assert response.status == 413
        assert (await response.json())["errorCode"] == "E0000003"


async def test_a_client_that_hangs_up_in_the_middle_of_its_body_is_no_failure_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    organization = Organization()
    token = organization.api_token()
    async with serve(organization, listen()) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        request = f"POST /api/v1/eventHooks HTTP/1.1\r\nHost: x\r\nAuthorization: SSWS {token}\r\nContent-Length: 9\r\n"
        writer.write(request.encode() + b"Expect: 100-continue\r\n\r\n{")
        await reader.readuntil(b"100 Continue")  # the body is being waited for
        writer.transport.abort()
        await get(f"{url}/api/v1/eventHooks", token)
    assert caplog.text == ""


async def test_a_failure_of_our_own_gets_e0000009_and_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def endpoints(self) -> Sequence[Endpoint]:
            return [Endpoint("GET", "/api/v1/broken", self.fail, "okta.broken.read")]

        async def fail(self, _: Call) -> web.StreamResponse:
            raise RuntimeError("broken on purpose")

    organization = Organization()
    organization.resources = lambda: (Broken(),)  # type: ignore[method-assign]
    async with serve(organization, listen()) as url:
        status, body = await get(f"{url}/api/v1/broken", organization.api_token())
    assert (status, body["errorCode"]) == (500, "E0000009")
    assert "broken on purpose" not in str(body)
    assert "GET /api/v1/broken failed" in caplog.text


async def test_what_fails_beside_the_organisation_fails_as_itself() -> None:
    with pytest.raises(LookupError, match="of the test"):
        async with serve(Organization(), listen()):
            raise LookupError("of the test")


async def test_the_port_is_free_again_afterwards() -> None:
    listener = listen()
    port = listener.socket.getsockname()[1]
    async with serve(Organization(), listener):
        pass
    async with serve(Organization(), listen(port=port)) as url:
        assert url.endswith(f":{port}")


async def test_background_work_that_fails_ends_the_serving() -> None:
    organization = Organization()

    class Broken:
        async def run(self) -> None:
            raise RuntimeError("broken on purpose")

    organization.workers = lambda: (Broken(),)  # type: ignore[method-assign]
    with pytest.raises(ExceptionGroup, match="unhandled errors"):
        async with serve(organization, listen()):
            await asyncio.Event().wait()


def test_a_port_in_use_is_named() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=rf"port {port} \(Address already in use\): choose another port"):
            listen(port=port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such name", "::2"])
def test_an_address_of_another_machine_is_named(host: str) -> None:
    with pytest.raises(BadInput, match="cannot listen on"):
        listen(host)
