"""The port to the System Log does what it says, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contract.okta_hooks.okta.given import at_once, hurried, service_app
from okta_hooks.okta.attempts import ATTEMPTS
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import PermissionMissing, RateLimited, Refused, TooLarge, Unavailable
from okta_hooks.okta.operations import LOGS, MANAGEMENT
from okta_hooks.okta.organization import Connection, Organization, connect
from okta_hooks.okta.port import LogPage, LogQuery
from okta_hooks.okta.system_log import SdkSystemLog
from okta_hooks.system_log.entry import entries_of
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.options import Options, RateLimits
from okta_simulator.organization import Organization as Okta

READING = "GET /api/v1/logs"
DAY = timedelta(days=1)
SIGN_IN, SIGN_OUT = "user.session.start", "user.session.end"


@pytest.fixture
async def connection(organization: Okta) -> AsyncIterator[Organization]:
    async with connect(Connection(organization.url, ApiToken(organization.api_token())), hurried()) as connection:
        yield connection


@pytest.fixture
def log(connection: Organization) -> SdkSystemLog:
    assert isinstance(connection.system_log, SdkSystemLog)
    connection.system_log._sleep = at_once
    return connection.system_log


def happen(okta: Okta, *event_types: str) -> list[str]:
    """Events come about in this order; gives their uuids."""
    events = [okta.activity.generator.of_type(each) for each in event_types]
    for event in events:
        okta.events.emitter.emit(event)
    return [event.uuid for event in events]


def uuids(*pages: LogPage) -> list[str]:
    return [entry.uuid for page in pages for entry in entries_of(page.body)]


def recently(okta: Okta) -> LogQuery:
    """A polling query that is begun anew, for what tests have made happen."""
    return LogQuery(since=okta.clock.now() - DAY, filter='eventType sw "user.session"')


async def test_a_polling_query_goes_on_where_the_page_before_ended(log: SdkSystemLog, organization: Okta) -> None:
    happened = happen(organization, SIGN_IN, SIGN_OUT, SIGN_IN)
    first = await log.page(replace(recently(organization), limit=2))
    second = await log.page(replace(recently(organization), limit=2, after=first.next))
    assert uuids(first, second) == happened


async def test_an_empty_page_says_where_to_go_on_too(log: SdkSystemLog, organization: Okta) -> None:
    empty = await log.page(recently(organization))
    happened = happen(organization, SIGN_IN)
    assert uuids(empty) == []
    assert uuids(await log.page(replace(recently(organization), after=empty.next))) == happened


async def test_a_bounded_query_ends(log: SdkSystemLog, organization: Okta) -> None:
    happened = happen(organization, SIGN_IN, SIGN_OUT, SIGN_IN)
    query = replace(recently(organization), until=organization.clock.now() + DAY, limit=2)
    first = await log.page(query)
    last = await log.page(replace(query, after=first.next))
    assert uuids(first, last) == happened
    assert last.next == ""


async def test_a_filter_is_okta_s_own(log: SdkSystemLog, organization: Okta) -> None:
    happened = happen(organization, SIGN_IN, SIGN_OUT)
    page = await log.page(replace(recently(organization), filter=f'eventType eq "{SIGN_OUT}"'))
    assert uuids(page) == happened[1:]


async def test_entries_come_as_the_bytes_that_okta_sent(log: SdkSystemLog, organization: Okta) -> None:
    event = organization.activity.generator.of_type(SIGN_IN)
    organization.events.emitter.emit(event)
    (entry,) = entries_of((await log.page(recently(organization))).body)
    assert (entry.uuid, entry.event_type) == (event.uuid, SIGN_IN)
    assert b'"deviceFingerprint"' in entry.payload, "the SDK's model would have lost it"


async def test_okta_tells_its_own_time(log: SdkSystemLog, organization: Okta) -> None:
    page = await log.page(recently(organization))
    assert page.told_at is not None
    assert abs(page.told_at - organization.clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("ending", [Drop(), Answer(status=500), Answer(status=503, empty=True)])
async def test_a_page_is_tried_again_after_a_passing_failure(
    log: SdkSystemLog, organization: Okta, ending: Drop | Answer
) -> None:
    happened = happen(organization, SIGN_IN)
    organization.management_faults.add(ManagementFault(operation=READING, times=ATTEMPTS - 1, ending=ending))
    assert uuids(await log.page(recently(organization))) == happened


async def test_attempts_are_bounded(log: SdkSystemLog, organization: Okta) -> None:
    organization.management_faults.add(ManagementFault(operation=READING, times=ATTEMPTS, ending=Answer(status=500)))
    with pytest.raises(Unavailable):
        await log.page(recently(organization))
    await log.page(recently(organization))  # no fault is left: exactly so many attempts were made


@pytest.mark.parametrize(
    "query",
    [
        LogQuery(after="made up"),
        LogQuery(filter="eventType is odd"),
        LogQuery(since=datetime(2020, 1, 1, tzinfo=UTC)),
    ],
    ids=["cursor", "filter", "since"],
)
async def test_what_okta_does_not_take_is_refused(log: SdkSystemLog, query: LogQuery) -> None:
    with pytest.raises(Refused):
        await log.page(query)


async def test_a_service_app_that_may_not_read_the_log_is_told_which_scope_it_lacks(
    organization: Okta, key: KeyPair
) -> None:
    async with connect(Connection(organization.url, service_app(organization, key)), hurried()) as connection:
        with pytest.raises(PermissionMissing) as missing:
            await connection.system_log.page(LogQuery())
    assert missing.value.scope == "okta.logs.read"


async def test_fewer_entries_are_asked_for_where_a_page_would_be_too_large(
    log: SdkSystemLog, organization: Okta, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = happen(organization, *[SIGN_IN] * 40)
    whole = await log.page(recently(organization))
    monkeypatch.setattr("okta_hooks.okta.wire._LARGEST_BODY", len(whole.body) // 10)
    page = await log.page(replace(recently(organization), limit=30))
    assert (uuids(page), page.limit) == (happened[:3], 3)


async def test_an_entry_that_is_too_large_by_itself_is_told(
    log: SdkSystemLog, organization: Okta, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(organization, SIGN_IN)
    monkeypatch.setattr("okta_hooks.okta.wire._LARGEST_BODY", 10)
    with pytest.raises(TooLarge, match="larger than 10 bytes"):
        await log.page(recently(organization))


async def test_the_log_has_a_rate_limit_of_its_own(connection: Organization) -> None:
    await connection.event_hooks.list()
    await connection.system_log.page(LogQuery())
    assert connection.pace.remaining().keys() == {MANAGEMENT, LOGS}


class TestWhereFewPagesAreAllowed:
    @pytest.fixture
    def organization_options(self) -> Options:
        return Options(rate_limits=RateLimits(buckets={"/api/v1": 600, "/api/v1/logs": 2}, credential_share=1.0))

    async def test_the_limit_is_kept_and_its_end_is_told(self, log: SdkSystemLog, organization: Okta) -> None:
        for _ in range(2):
            await log.page(recently(organization))
        with pytest.raises(RateLimited) as limited:
            await log.page(recently(organization))
        assert limited.value.until is not None
        assert limited.value.until <= organization.clock.now() + timedelta(seconds=61)
