"""What an answer of Okta's says of a hook."""

from __future__ import annotations

import json

import pytest

from okta_hooks.okta.hook_json import read_hook
from okta_hooks.okta.operations import GET


@pytest.mark.parametrize("uri", ["https://hooks.example.com/%7Eteam/", "https://HOOKS.example.com:443/x/../~team/"])
def test_an_address_is_read_in_its_normal_form_so_that_spelling_is_no_difference(uri: str) -> None:
    body = json.dumps({"id": "who1", "channel": {"config": {"uri": uri}}}).encode()
    assert read_hook(GET, body).definition.uri == "https://hooks.example.com/~team/"
