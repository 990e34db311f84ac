"""Every operation refuses: strangers, missing scopes, unknown objects, too many requests."""

from __future__ import annotations

from http import HTTPStatus

from contract.okta_simulator.scenarios.requests import body_of, endpoints, path_of
from contract.okta_simulator.scenarios.service_app import access_token
from contract.okta_simulator.watched import Watched
from okta_simulator.faults.management import Answer, ManagementFault


async def no_credential(okta: Watched) -> None:
    for endpoint in endpoints(okta.organization):
        answer = await okta.ask(endpoint.method, path_of(endpoint), token="")
        assert answer.status == HTTPStatus.UNAUTHORIZED, endpoint


async def a_credential_that_is_not_valid(okta: Watched) -> None:
    for endpoint in endpoints(okta.organization):
        answer = await okta.ask(endpoint.method, path_of(endpoint), token="00nobody")
        assert answer.status == HTTPStatus.UNAUTHORIZED, endpoint


async def a_missing_scope(okta: Watched) -> None:
    token = await access_token(okta, "okta.apps.read")
    for endpoint in endpoints(okta.organization):
        answer = await okta.send(endpoint.method, path_of(endpoint), headers={"Authorization": f"Bearer {token}"})
        assert answer.status == HTTPStatus.FORBIDDEN, endpoint


async def objects_that_are_not_there(okta: Watched) -> None:
    for endpoint in endpoints(okta.organization):
        if "{" in endpoint.path:
            answer = await okta.ask(endpoint.method, path_of(endpoint, "unknown"), body_of(endpoint))
            assert answer.status == HTTPStatus.NOT_FOUND, endpoint


async def bodies_that_are_not_well_formed(okta: Watched) -> None:
    for endpoint in endpoints(okta.organization):
        if endpoint.method == "POST" and body_of(endpoint):
            answer = await okta.ask(endpoint.method, path_of(endpoint), [])
            assert answer.status == HTTPStatus.BAD_REQUEST, endpoint


async def too_many_requests(okta: Watched) -> None:
    """For an organisation whose limits are used up."""
    for endpoint in endpoints(okta.organization):
        answer = await okta.ask(endpoint.method, path_of(endpoint), body_of(endpoint))
        assert answer.status == HTTPStatus.TOO_MANY_REQUESTS, endpoint


async def an_organisation_that_stumbles(okta: Watched) -> None:
    planned = okta.organization.management_faults.add(ManagementFault(ending=Answer(status=500)))
    for endpoint in endpoints(okta.organization):
        answer = await okta.ask(endpoint.method, path_of(endpoint), body_of(endpoint))
        assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR, endpoint
    okta.organization.management_faults.remove(planned.id)


SCENARIOS = (
    no_credential,
    a_credential_that_is_not_valid,
    a_missing_scope,
    objects_that_are_not_there,
    bodies_that_are_not_well_formed,
    an_organisation_that_stumbles,
)
