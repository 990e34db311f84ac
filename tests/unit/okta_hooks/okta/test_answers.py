"""What status 404 means, by what was asked for and who answers."""

from __future__ import annotations

import pytest

from okta_hooks.okta import operations
from okta_hooks.okta.answers import Answer, check
from okta_hooks.okta.errors import NotFound, OktaError, OrganizationMissing, Unavailable
from okta_hooks.okta.operations import Operation

OF_OKTA = b'{"errorCode": "E0000007", "errorSummary": "Not found"}'


def raised(operation: Operation, body: bytes) -> OktaError:
    with pytest.raises(OktaError) as caught:
        check(operation, Answer(404, {}, body))
    return caught.value


def test_okta_has_no_such_hook() -> None:
    assert type(raised(operations.REPLACE, OF_OKTA)) is NotFound


@pytest.mark.parametrize("operation", [operations.LIST, operations.CREATE])
def test_what_names_no_hook_is_not_found_where_there_is_no_organisation(operation: Operation) -> None:
    assert type(raised(operation, OF_OKTA)) is OrganizationMissing


@pytest.mark.parametrize("operation", [operations.LIST, operations.REPLACE])
def test_without_words_of_oktas_somebody_else_has_answered(operation: Operation) -> None:
    assert type(raised(operation, b"<html>")) is Unavailable
