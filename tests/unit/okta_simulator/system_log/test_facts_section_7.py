"""Facts, section 7: the System Log API, a test for each confirmed statement."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from okta_simulator.caller import Caller
from okta_simulator.options import Log
from unit.okta_simulator.management_client import ORGANIZATION_URL, Answer, Client
from unit.okta_simulator.system_log.written_log import EVENT, READER, WrittenLog

LOGS = "/api/v1/logs"


def uuids(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [entry["uuid"] for entry in answer.body]


# Parameters and their defaults


async def test_reading_needs_the_scope_okta_logs_read(written: WrittenLog) -> None:
    stranger = Caller("0oa1", "0oa1", "PublicClientApp", "App", "0oa1", frozenset({"okta.users.read"}))
    async with written.answering(stranger) as client:
        answer = await client.get(LOGS)
    assert (answer.status, answer.body["errorCode"]) == (403, "E0000006")


async def test_reading_works_with_the_scope_okta_logs_read(written: WrittenLog) -> None:
    async with written.answering(msgspec.structs.replace(READER, scopes=frozenset({"okta.logs.read"}))) as client:
        assert (await client.get(LOGS)).status == 200


async def test_since_is_seven_days_before_until_when_absent(client: Client, written: WrittenLog) -> None:
    written.write(ago=timedelta(days=7, seconds=1))
    young = written.write(ago=timedelta(days=6, hours=23))
    assert uuids(await client.get(LOGS, until=written.time(seconds=1))) == [young]


async def test_until_is_now_when_absent(client: Client, written: WrittenLog) -> None:
    past = written.write(ago=timedelta(seconds=1))
    written.write(ago=timedelta(seconds=-60))
    assert uuids(await client.get(LOGS, sortOrder="DESCENDING")) == [past]


async def test_a_page_has_100_entries_when_no_limit_is_given(client: Client, written: WrittenLog) -> None:
    for _ in range(101):
        written.write()
    assert len(uuids(await client.get(LOGS))) == 100


async def test_a_page_has_1000_entries_at_most(client: Client, written: WrittenLog) -> None:
    for _ in range(1001):
        written.write()
    assert len(uuids(await client.get(LOGS, limit="1000"))) == 1000


async def test_a_limit_of_0_is_allowed(client: Client, written: WrittenLog) -> None:
    written.write()
    assert uuids(await client.get(LOGS, limit="0")) == []


@pytest.mark.parametrize("limit", ["-1", "1001", "ten", "1.5", "٣", "9" * 5000])
async def test_any_other_limit_is_refused(client: Client, limit: str) -> None:
    answer = await client.get(LOGS, limit=limit)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_the_order_is_ascending_when_none_is_given(client: Client, written: WrittenLog) -> None:
    order = [written.write(ago=timedelta(seconds=9 - at)) for at in range(3)]
    assert uuids(await client.get(LOGS, until=written.time(seconds=1))) == order


async def test_descending_begins_with_the_newest(client: Client, written: WrittenLog) -> None:
    order = [written.write(ago=timedelta(seconds=9 - at)) for at in range(3)]
    assert uuids(await client.get(LOGS, sortOrder="DESCENDING")) == order[::-1]


async def test_another_order_is_refused(client: Client) -> None:
    assert (await client.get(LOGS, sortOrder="RANDOM")).body["errorCode"] == "E0000001"


async def test_keywords_are_matched_whatever_their_case(client: Client, written: WrittenLog) -> None:
    written.write(msgspec.structs.replace(EVENT, client={}))
    wanted = written.write()
    assert uuids(await client.get(LOGS, q="san FRANCISCO")) == [wanted]


async def test_a_keyword_matches_whole_words_only(client: Client, written: WrittenLog) -> None:
    written.write()
    assert uuids(await client.get(LOGS, q="Franc")) == []


@pytest.mark.parametrize("keyword", ["XOxBw", "2JIRnCFd0gG0GjHAAABjY", "XOxBw-2JIRnCFd0gG0GjHAAABjY"])
async def test_a_keyword_matches_parts_between_hyphens_too(client: Client, written: WrittenLog, keyword: str) -> None:
    wanted = written.write()
    assert uuids(await client.get(LOGS, q=keyword)) == [wanted]


async def test_ten_keywords_of_forty_characters_are_allowed(client: Client) -> None:
    assert (await client.get(LOGS, q=" ".join(["k" * 40] * 10))).status == 200


@pytest.mark.parametrize("q", ["k" * 41, " ".join("k" * 11)])
async def test_longer_or_more_keywords_are_refused(client: Client, q: str) -> None:
    answer = await client.get(LOGS, q=q)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


# Polling


async def test_polling_follows_the_order_of_persistence(client: Client, written: WrittenLog) -> None:
    order = [written.write(ago=timedelta(minutes=minutes)) for minutes in (1, 5, 3)]
    assert uuids(await client.get(LOGS)) == order


async def test_polling_gives_a_next_link_also_on_an_empty_page(client: Client) -> None:
    answer = await client.get(LOGS)
    assert (answer.body, "next" in answer.links) == ([], True)


async def test_the_next_link_of_an_empty_page_leads_to_what_is_written_later(
    client: Client, written: WrittenLog
) -> None:
    link = (await client.get(LOGS)).links["next"]
    later = written.write()
    assert uuids(await client.follow(link)) == [later]


async def test_polling_counts_since_by_persistence_and_not_by_published(client: Client, written: WrittenLog) -> None:
    written.pass_time(hours=1)
    late = written.write(ago=timedelta(minutes=30))
    assert uuids(await client.get(LOGS, since=written.time(minutes=-5))) == [late]


async def test_polling_finds_an_event_that_was_persisted_late() -> None:
    written = WrittenLog(Log(persistence_delay=timedelta(minutes=10)))
    late = written.write()
    async with written.answering() as client:
        first = await client.get(LOGS)
        written.pass_time(minutes=10)
        second = await client.follow(first.links["next"])
    assert (uuids(first), uuids(second)) == ([], [late])


# Bounded


async def test_bounded_follows_the_order_of_published(client: Client, written: WrittenLog) -> None:
    one, five, three = (written.write(ago=timedelta(minutes=minutes)) for minutes in (1, 5, 3))
    answer = await client.get(LOGS, since=written.time(hours=-1), until=written.time())
    assert uuids(answer) == [five, three, one]


async def test_the_last_page_of_a_bounded_query_has_no_next_link(client: Client, written: WrittenLog) -> None:
    written.write(ago=timedelta(minutes=1))
    answer = await client.get(LOGS, since=written.time(hours=-1), until=written.time(), limit="1")
    assert list(answer.links) == ["self"]


@pytest.mark.parametrize("order", ["ASCENDING", "DESCENDING"])
async def test_following_next_links_of_a_bounded_query_gives_every_entry_once(
    client: Client, written: WrittenLog, order: str
) -> None:
    everything = [written.write(ago=timedelta(seconds=30 - at // 3)) for at in range(30)]
    query = {"since": written.time(hours=-1), "until": written.time(), "limit": "7", "sortOrder": order}
    answer = await client.get(LOGS, **query)
    found = uuids(answer)
    while "next" in answer.links:
        answer = await client.follow(answer.links["next"])
        found += uuids(answer)
    assert found == (everything if order == "ASCENDING" else everything[::-1])


async def test_a_bounded_query_misses_an_event_that_was_persisted_late() -> None:
    written = WrittenLog(Log(persistence_delay=timedelta(minutes=10)))
    written.write(ago=timedelta(seconds=1))
    async with written.answering() as client:
        assert uuids(await client.get(LOGS, since=written.time(hours=-1), until=written.time())) == []


# Cursors and links


async def test_since_and_after_exclude_each_other(client: Client, written: WrittenLog) -> None:
    link = (await client.get(LOGS)).links["next"]
    answer = await client.follow(f"{link}&since={written.time(hours=-1).replace('+', '%2B')}")
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


@pytest.mark.parametrize("after", ["x", "cDE", "é", "=", "A" * 400, "1448"])
async def test_a_cursor_made_up_by_hand_is_refused(client: Client, after: str) -> None:
    answer = await client.get(LOGS, after=after)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_a_cursor_of_polling_does_not_serve_a_bounded_query(client: Client, written: WrittenLog) -> None:
    link = (await client.get(LOGS)).links["next"]
    answer = await client.follow(f"{link}&until={written.time().replace('+', '%2B')}")
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")


async def test_the_self_link_is_the_query_as_it_was_asked(client: Client) -> None:
    answer = await client.get(LOGS, limit="3")
    assert answer.links["self"] == f"{ORGANIZATION_URL}{LOGS}?limit=3"


async def test_the_next_link_keeps_filter_and_limit(client: Client, written: WrittenLog) -> None:
    written.write(msgspec.structs.replace(EVENT, event_type="user.session.end"))
    wanted = [written.write() for _ in range(3)]
    first = await client.get(LOGS, filter='eventType eq "user.session.start"', limit="2")
    assert uuids(first) + uuids(await client.follow(first.links["next"])) == wanted


# Retention and errors


async def test_entries_are_kept_for_90_days(client: Client, written: WrittenLog) -> None:
    written.write(ago=timedelta(days=90, seconds=1))
    kept = written.write(ago=timedelta(days=89))
    query = {"since": written.time(days=-120), "until": written.time()}
    assert uuids(await client.get(LOGS, **query)) == [kept]


async def test_entries_leave_the_log_as_time_passes(client: Client, written: WrittenLog) -> None:
    written.write()
    written.pass_time(days=91)
    assert uuids(await client.get(LOGS, since=written.time(days=-100))) == []


async def test_a_since_older_than_180_days_is_refused(client: Client, written: WrittenLog) -> None:
    answer = await client.get(LOGS, since=written.time(days=-181))
    assert (answer.status, answer.body["errorCode"], answer.body["errorSummary"]) == (
        400,
        "E0000053",
        "Invalid parameter: The since parameter is over 180 days prior to the current day.",
    )


async def test_a_filter_that_cannot_be_read_is_refused(client: Client) -> None:
    answer = await client.get(LOGS, filter='displayMessage eqq "Create okta user"')
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000053")
    assert answer.body["errorSummary"].startswith(
        "Invalid filter 'displayMessage eqq \"Create okta user\"': "
        "Unrecognized attribute operator 'eqq' at position 15. Expected: eq,"
    )


async def test_a_filter_on_an_attribute_that_events_do_not_have_is_refused(client: Client) -> None:
    answer = await client.get(LOGS, filter='some_invalid_field eq "x"')
    assert (answer.body["errorCode"], answer.body["errorSummary"]) == (
        "E0000053",
        "field is not valid: some_invalid_field",
    )


async def test_published_is_not_allowed_in_a_filter(client: Client) -> None:
    answer = await client.get(LOGS, filter='published gt "2026-11-01T00:00:00.000Z"')
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000053")


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00Z", "2026-11-23T12:00:00", "0001-01-01T00:00+14:00"])
async def test_a_bad_date_is_refused(client: Client, name: str, text: str) -> None:
    answer = await client.get(LOGS, **{name: text})
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert answer.causes == [
        f"{name}: The date format in your query is not recognized. Please enter dates using ISO8601 string format.",
        f"{name}: must be a valid date-time or empty.",
    ]


async def test_an_empty_date_is_no_date(client: Client, written: WrittenLog) -> None:
    entry = written.write()
    assert uuids(await client.get(LOGS, since="", until="")) == [entry]


@pytest.mark.parametrize(
    ("operator", "attribute"),
    [
        ("co", "debugContext.debugData.url"),
        ("co", "debugContext.debugData.requestUri"),
        ("gt", "securityContext.isProxy"),
    ],
)
async def test_an_operator_that_an_attribute_does_not_take_is_refused(
    client: Client, operator: str, attribute: str
) -> None:
    answer = await client.get(LOGS, filter=f'{attribute} {operator} "/oauth/"')
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000031")
    assert answer.body["errorSummary"].endswith(f" Operator: {operator}, Field: {attribute}")


# Matching deliveries


async def test_an_entry_is_the_same_event_that_was_emitted(client: Client, written: WrittenLog) -> None:
    written.write()
    (entry,) = (await client.get(LOGS)).body
    assert msgspec.convert(entry, type(EVENT)) == msgspec.structs.replace(EVENT, uuid=entry["uuid"])


async def test_filtering_by_event_types_finds_what_a_hook_would_get(client: Client, written: WrittenLog) -> None:
    written.write(msgspec.structs.replace(EVENT, event_type="user.session.end"))
    wanted = written.write()
    types = ["user.session.start", "user.account.lock"]
    answer = await client.get(LOGS, filter=" or ".join(f'eventType eq "{event_type}"' for event_type in types))
    assert uuids(answer) == [wanted]
