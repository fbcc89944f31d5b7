"""Events, heads and marks survive being written and read, on any database that keeps JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import bson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roteiro.domain.conversation import (
    Asking,
    Candidate,
    Event,
    Gist,
    Head,
    Kind,
    Later,
    Lease,
    Mark,
    Owner,
    Question,
    State,
    Status,
)
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.stores.documents import as_time, event_from, event_to, head_from, head_to, mark_to, time_from

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
_NAMES = st.text("abz_", min_size=1, max_size=8)
_COUNTS = st.integers(0, 2**31 - 1)
_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-3)), timezone(timedelta(hours=5, minutes=45))])
_TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=_ZONES).map(  # noqa: DTZ001 - naive bounds are asked for
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
_SCRIPTS = st.integers(1, 999_999_999).map(ScriptId)
_CONVERSATIONS = st.text("aZ09._-", min_size=8, max_size=20).map(ConversationId)
_CHANCES = st.floats(0, 1)
_CANDIDATES = st.builds(
    Candidate, _SCRIPTS, _TEXTS, _CHANCES, st.lists(_TEXTS, max_size=3).map(tuple), _TEXTS | st.none(), st.none()
)
_STATES = st.builds(
    State,
    protocol=_TEXTS,
    status=st.sampled_from(Status),
    owner=st.sampled_from(Owner),
    assigned=_TEXTS | st.none(),
    script=_SCRIPTS | st.none(),
    version=_COUNTS,
    step=_COUNTS,
    slots=st.dictionaries(_NAMES, _TEXTS, max_size=4),
    asked=st.none() | st.builds(Question, st.sampled_from(Asking), st.lists(_SCRIPTS, max_size=3).map(tuple)),
    later=st.lists(st.builds(Later, _SCRIPTS, st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
    name=_TEXTS,
    answered=st.integers(-1, 999),
    lease=st.builds(Lease, _COUNTS, _TIMES, _TEXTS) | st.none(),
    gist=st.none() | st.builds(Gist, _TIMES, _COUNTS, _TIMES | st.none(), _TEXTS, st.integers(-1, 99)),
    expires_at=_TIMES | st.none(),
)
_EVENTS = st.builds(
    Event,
    conversation=_CONVERSATIONS,
    pack=_NAMES,
    seq=st.integers(0, 999_999),
    at=_TIMES,
    by=_TEXTS,
    kind=st.sampled_from(Kind),
    state=_STATES,
    write_id=_TEXTS,
    client_message_id=st.text("aZ09_-", max_size=20),
    text=_TEXTS | st.none(),
    reply=_TEXTS | st.none(),
    covers=_COUNTS | st.none(),
    confidence=_CHANCES,
    candidates=st.lists(_CANDIDATES, max_size=3).map(tuple),
    catalogue=_COUNTS,
)
_HEADS = st.builds(
    Head,
    conversation=_CONVERSATIONS,
    pack=_NAMES,
    seq=_COUNTS,
    status=st.sampled_from(Status),
    owner=st.sampled_from(Owner),
    assigned=_TEXTS | st.none(),
    protocol=_TEXTS,
    locale=st.sampled_from(["pt-BR", "en", "es"]),
    at=_TIMES,
    waiting_since=_TIMES | st.none(),
)
_AN_EVENT = Event(
    conversation=ConversationId("8a6e0804"),
    pack="seguros",
    seq=3,
    at=datetime(2026, 11, 20, 18, 0, 0, 123_000, tzinfo=UTC),
    by="customer",
    kind=Kind.TURN,
    state=State(protocol="1", status=Status.WAITING),
    write_id="w",
)


_properties = settings(max_examples=40, deadline=None)  # chosen: the whole of tests/unit stays under 5 s


@_properties
@given(_EVENTS)
def test_an_event_survives_json_and_bson(event: Event) -> None:
    document = event_to(event)

    assert event_from(json.loads(json.dumps(document))) == event
    assert event_from(bson.decode(bson.encode(document))) == event


@_properties
@given(_HEADS)
def test_a_head_survives_json_and_bson(head: Head) -> None:
    document = head_to(head)

    assert head_from(json.loads(json.dumps(document))) == head
    assert head_from(bson.decode(bson.encode(document))) == head


@_properties
@given(_TIMES, _TIMES)
def test_the_order_of_written_times_is_their_order(one: datetime, other: datetime) -> None:
    assert (str(as_time(one)) < str(as_time(other))) == (one < other)


def test_a_time_is_written_in_utc_with_milliseconds() -> None:
    moment = datetime(2026, 11, 20, 15, 0, 0, 123_999, tzinfo=timezone(timedelta(hours=-3)))

    assert as_time(moment) == "2026-11-20T18:00:00.123Z"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_time_is_no_time(nothing: str | None) -> None:
    assert time_from(nothing) is None
    assert as_time(None) is None


def test_a_stored_event_has_plain_values_only() -> None:
    document = event_to(_AN_EVENT)

    assert {type(document["kind"]), type(document["state"]["status"]), type(document["conversation"])} == {str}
    assert document["_id"] == "8a6e0804:000003"
    assert document["at"] == "2026-11-20T18:00:00.123Z"


def test_what_is_usual_is_not_stored() -> None:
    document = event_to(_AN_EVENT)

    assert set(document["state"]) == {"protocol", "status"}
    assert not {"candidates", "model", "reply", "degraded"} & set(document)


@pytest.mark.parametrize(("given_id", "key"), [("", "#3"), ("m-1", "m-1")])
def test_every_event_has_a_message_key_that_is_unique(given_id: str, key: str) -> None:
    document = event_to(replace(_AN_EVENT, client_message_id=given_id))

    assert document["client_message_id"] == key
    assert event_from(document).client_message_id == given_id


def _with_news(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document as a newer release may write it."""
    return {**document, "mood": "calm", "errands": [{"to": "crm"}]}


def test_fields_of_a_newer_release_are_passed_over() -> None:
    document = _with_news(event_to(_AN_EVENT))
    document["state"] = _with_news(document["state"])
    document["candidates"] = [_with_news({"script": 1, "title": "Sinistro", "confidence": 0.5})]

    event = event_from(document)

    assert event.state == _AN_EVENT.state
    assert event.candidates == (Candidate(ScriptId(1), "Sinistro", 0.5),)


def test_fields_of_a_newer_release_are_passed_over_in_heads() -> None:
    head = Head(ConversationId("8a6e0804"), "seguros", 1, Status.BOT, Owner.BOT, None, "1", "pt-BR", _AN_EVENT.at)

    assert head_from(_with_news(head_to(head))) == head


def test_a_head_always_says_what_lists_ask_for() -> None:
    head = Head(ConversationId("8a6e0804"), "seguros", 0, Status.BOT, Owner.BOT, None, "1", "pt-BR", _AN_EVENT.at)

    document = head_to(head)

    assert (document["_id"], document["seq"], document["status"], document["locale"]) == ("8a6e0804", 0, "bot", "pt-BR")


def test_a_mark_can_clash_with_nothing_but_itself() -> None:
    document = mark_to(Mark("~p:2026-1", ConversationId("8a6e0804"), _AN_EVENT.at))

    assert document["_id"] == document["conversation"] == "~p:2026-1"
    assert (document["client_message_id"], document["holds"]) == ("#0", "8a6e0804")


def test_the_longest_conversation_state_is_far_below_what_a_database_takes() -> None:
    slots = {f"slot_{number}": "😀" * 1000 for number in range(50)}
    event = replace(_AN_EVENT, state=State(protocol="1", slots=slots), text="😀" * 1000, reply="😀" * 4000)

    assert len(bson.encode(event_to(event))) < 900_000  # MongoDB takes 16 MB, Firestore 1 MiB
