"""Whatever a client sends, the organisation answers in Okta's words: never a traceback, never a 500."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_simulator.control.api import ControlApi
from okta_simulator.control.groups import controls_of
from okta_simulator.options import Options, RateLimits
from okta_simulator.organization import Organization
from okta_simulator.server import LARGEST_BODY
from okta_simulator.testing import RunningOrganization, running_organization

UNLIMITED = Options(rate_limits=RateLimits(buckets={"/api/v1": 10**9, "/api/v1/logs": 10**9}, credential_share=1.0))

# Endpoints whose errors have a form of their own, as OAuth 2.0 (RFC 6749) and RFC 8935 lay down.
ERROR_FIELDS = {"/oauth2/": {"error", "error_description"}, "/security/": {"err", "description"}}
OKTA_FIELDS = {"errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"}


def routes_of(organization: Organization) -> list[tuple[str, str]]:
    """Method and path of everything that answers."""
    routes = (*organization.routes(), *ControlApi(controls_of(organization), None).routes())
    return [(route.method, route.path) for route in routes]


ROUTES = routes_of(Organization())
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "TRACE", "OPTIONS", "PROPFIND")

BODIES = {
    "nothing": b"",
    "half an object": b"{",
    "a list": b"[]",
    "null": b"null",
    "a string": b'"x"',
    "not UTF-8": b'{"name":"\xff\xfe"}',
    "half a surrogate": b'{"name":"\\ud800"}',
    "an endless number": b'{"name":1e999,"count":1e999,"speed":1e999,"advanceSeconds":1e999}',
    "a deep list": b"[" * 100_000,
    "wrong types": json.dumps(
        {name: {"x": [1]} for name in ("name", "events", "channel", "type", "label", "keys", "effect", "uuids")}
    ).encode(),
    "nulls": json.dumps(dict.fromkeys(("name", "events", "channel", "type", "gateways", "scopes"))).encode(),
    "more than is read": b" " * (LARGEST_BODY + 1),
}
QUERIES = (
    "limit=abc",
    "limit=-1",
    "limit=99999999999999999999999",
    "since=yesterday&until=%ff",
    "filter=((((&q=%00&after=%ff%fe",
    "after=AAAA&begin=-1&missing=perhaps",
    "search=%22&sortOrder=SIDEWAYS&oauthTokens=2",
    "=&&&=&%",
)
IDS = (
    "x",
    "%00",
    "%ff%fe",
    "..%2F..%2Fusers",
    "%F0%9F%98%80",
    "a" * 2_000,
    "%ED%A0%80",
    "null",
    " ".replace(" ", "%20"),
)


@dataclass(frozen=True)
class Client:
    """Sends what no library would."""

    running: RunningOrganization

    def send(self, method: str, target: str, body: bytes = b"", content_type: str = "application/json") -> None:
        """Send a request, and see that its answer is one of Okta's."""
        connection = http.client.HTTPConnection(urlsplit(self.running.url).netloc, timeout=30)
        headers = {"Authorization": f"SSWS {self.running.api_token}", "Content-Type": content_type}
        try:
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        assert response.status != 500, f"{method} {target} {body[:200]!r} answered {text.decode()}"
        if response.status >= 400 and method != "HEAD":
            assert_in_oktas_words(target, json.loads(text))


def assert_in_oktas_words(target: str, error: dict[str, object]) -> None:
    own = next((fields for path, fields in ERROR_FIELDS.items() if target.startswith(path)), OKTA_FIELDS)
    assert error.keys() in (own, OKTA_FIELDS)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with running_organization(UNLIMITED) as running:
        yield Client(running)


def filled(path: str, identifier: str = "x") -> str:
    """A route's path with an identifier in place of each parameter."""
    return "/".join(identifier if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_makes_no_sense(client: Client, body: bytes) -> None:
    for method, path in ROUTES:
        if method != "GET":
            client.send(method, filled(path), body)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "a/b; charset=nonsense"])
def test_a_content_type_that_makes_no_sense(client: Client, content_type: str) -> None:
    for method, path in ROUTES:
        if method != "GET":
            client.send(method, filled(path), b"\xff=%zz&{", content_type)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_makes_no_sense(client: Client, query: str) -> None:
    for method, path in ROUTES:
        client.send(method, f"{filled(path)}?{query}")


@pytest.mark.parametrize("identifier", IDS)
def test_an_identifier_that_makes_no_sense(client: Client, identifier: str) -> None:
    for method, path in ROUTES:
        if "{" in path:
            client.send(method, filled(path, identifier))


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_no_operation_has(client: Client, method: str) -> None:
    taken = {path for known, path in ROUTES if known == method}
    for path in {path for _, path in ROUTES} - taken:
        client.send(method, filled(path))


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/v1/eventHooks/", "/api/v2/eventHooks", "//", "/%00", "/api/v1/%ff"]
)
def test_a_path_that_leads_nowhere(client: Client, path: str) -> None:
    for method in METHODS:
        client.send(method, path)


@pytest.mark.parametrize(
    "text", [b"WAT / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET / HTTP/1.1\r\nA\r\n\r\n"]
)
def test_what_is_not_http_is_refused_without_a_traceback(client: Client, text: bytes) -> None:
    place = urlsplit(client.running.url)
    with socket.create_connection((place.hostname, place.port or 0), timeout=30) as connection:
        connection.sendall(text)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.split(b" ", 2)[1] == b"400"
    assert b"Traceback" not in answer


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    """
    name description events items channel type version config uri authScheme key value headers filter eventFilterMap
    condition expression event gateways usage status locations asns settings issuer jwks riskLevel speed effect
    operation count types label scopes keys uuids
    """.split()  # noqa: SIM905 -- read more easily than 40 strings
)
OBJECTS = st.dictionaries(
    FIELDS, st.recursive(JSON, lambda inner: st.dictionaries(FIELDS, inner, max_size=5), max_leaves=10), max_size=10
)


@given(route=st.sampled_from([route for route in ROUTES if route[0] in ("POST", "PUT", "PATCH")]), body=OBJECTS)
@settings(max_examples=300, deadline=None)
def test_a_body_of_known_fields_with_anything_in_them(client: Client, route: tuple[str, str], body: object) -> None:
    method, path = route
    client.send(method, filled(path), json.dumps(body).encode())
