"""Addresses that mean the same have one form, and those that do not keep apart."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from okta_hooks.api.address import normal_path, normal_url, plain_path
from okta_hooks.api.endpoint import public_path, public_url
from okta_hooks.api.exposure import Exposure

UNRESERVED = "Az09-._~"
OTHERS_IN_A_SEGMENT = "!$&'()*+,;=:@"
ENCODED = st.integers(0, 255).map(lambda byte: f"%{byte:02x}")
SIGNS = st.sampled_from(UNRESERVED + OTHERS_IN_A_SEGMENT + "/") | ENCODED | st.sampled_from(["/../", "/./", "/%2e%2E/"])
PATHS = st.lists(SIGNS, max_size=20).map(lambda signs: "/" + "".join(signs))


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://example.com/~hook", "https://example.com/~hook"),
        ("https://example.com/%7Ehook", "https://example.com/~hook"),
        ("https://example.com/a%2fb", "https://example.com/a%2Fb"),
        ("https://EXAMPLE.com:443/A", "https://example.com/A"),
        ("https://example.com:8443", "https://example.com:8443/"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/a/%2E%2e/c/..", "https://example.com/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com//a//", "https://example.com//a//"),
        ("https://example.com?to=%7ea%2f", "https://example.com/?to=~a%2F"),
        ("https://example.com/a?b/../c", "https://example.com/a?b/../c"),
        ("https://example.com/a#b", "https://example.com/a"),
        ("https://example.com/ü|%", "https://example.com/%C3%BC%7C%25"),
        ("", ""),
        ("/a/../b", "/a/../b"),
    ],
)
def test_an_address_has_its_normal_form(written: str, normal: str) -> None:
    assert normal_url(written) == normal


@given(PATHS)
def test_the_normal_form_of_a_normal_form_is_itself(path: str) -> None:
    assert normal_path(normal_path(path)) == normal_path(path)
    assert plain_path(plain_path(path)) == plain_path(path)


@given(st.text(max_size=30))
def test_anything_has_a_normal_form_that_may_be_sent(text: str) -> None:
    assert normal_path(text).isascii()
    assert normal_path(text).startswith("/")


@given(st.lists(st.sampled_from("aZ0-._~"), min_size=1, max_size=12), st.data())
def test_how_signs_are_spelt_does_not_matter(signs: list[str], data: st.DataObject) -> None:
    spelt = [data.draw(st.sampled_from([sign, f"%{ord(sign):02x}", f"%{ord(sign):02X}"])) for sign in signs]
    assert normal_path("/" + "".join(spelt)) == normal_path("/" + "".join(signs))


@pytest.mark.parametrize("path", ["/a%2Fb", "/a%3Fb", "/a%25b", "/a%20b", "/a%00b"])
def test_what_an_encoded_sign_would_mean_is_not_given_to_it(path: str) -> None:
    assert normal_path(path) == plain_path(path) == path


@given(st.sampled_from(OTHERS_IN_A_SEGMENT))
def test_signs_that_the_rfc_tells_apart_are_the_same_for_a_receiver_only(sign: str) -> None:
    encoded = f"/a%{ord(sign):02X}"
    assert normal_path(encoded) == encoded
    assert plain_path(encoded) == plain_path(f"/a{sign}")


@given(PATHS)
def test_a_receiver_knows_its_path_however_a_client_writes_it(path: str) -> None:
    url = f"https://hooks.example.com{path}"
    expected = plain_path(public_path(Exposure(url=url), namespace="identity", name="sign-ins"))
    assert plain_path(path) == expected, "as it was written"
    assert plain_path(URL(url).raw_path) == expected, "as a client that spells it anew"
    assert plain_path(URL(public_url(Exposure(url=url), namespace="", name="")).raw_path) == expected


@given(PATHS)
def test_the_path_of_a_receiver_is_that_of_the_address_that_okta_is_given(path: str) -> None:
    exposure = Exposure(url=f"https://hooks.example.com{path}?to=us")
    url = public_url(exposure, namespace="identity", name="sign-ins")
    assert urlsplit(url).path == public_path(exposure, namespace="identity", name="sign-ins") == normal_path(path)
