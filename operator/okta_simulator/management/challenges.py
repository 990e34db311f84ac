"""The `WWW-Authenticate` header of a refused access token, as Okta writes it."""

from __future__ import annotations

from aiohttp import web

from okta_simulator.errors import Challenge
from okta_simulator.signed import ALGORITHMS


def www_authenticate(challenge: Challenge, request: web.Request, scope: str) -> str:
    """The header's value; parameters, order and the scheme `http` are those of recorded answers.

    Args:
        challenge: What is wrong with the token.
        request: The request that carried it.
        scope: The scope that the operation needs.
    """
    host = request.host.encode("ascii", "replace").decode()  # whatever the client called us
    parameters = {
        "authorization_uri": f"http://{host}/oauth2/v1/authorize",
        "realm": f"http://{host}",
        "scope": scope,
        "error": challenge.error,
        "error_description": challenge.description,
        "resource": request.rel_url.raw_path,
    }
    if challenge.scheme == "DPoP":
        parameters = {"algs": " ".join(ALGORITHMS), **parameters}
    return f"{challenge.scheme} " + ", ".join(f'{name}="{value}"' for name, value in parameters.items())
