"""A service app that asks for an access token."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import jwt

from contract.okta_simulator.watched import Watched
from okta_simulator.credentials.keys import generate

_TOKENS = "/oauth2/v1/token"


async def access_token(okta: Watched, scope: str) -> str:
    """A token with one scope, not bound to a key."""
    key = generate()
    apps = okta.organization.access.service_apps
    app = apps.register("Reader", keys=[key.public_jwk], scopes=[scope], dpop_required=False)
    claims = {"iss": app.id, "sub": app.id, "aud": okta.url + _TOKENS, "exp": int(time.time()) + 300, "jti": app.id}
    form = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode(claims, key.private_pem, algorithm="RS256", headers={"kid": key.kid}),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await okta.send("POST", _TOKENS, urlencode(form).encode(), headers=headers)
    return str(json.loads(answer.got)["access_token"])
