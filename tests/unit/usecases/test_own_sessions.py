"""The places of a customer who signed in: which conversations count, and what frees one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import IDLE_LIFE, Event, Owner, Status
from roteiro.domain.desk.queue import head_after
from roteiro.domain.ids import ConversationId
from roteiro.errors import TooManyConversations
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import own_sessions
from roteiro.usecases.own_sessions import count_open, live_heads
from roteiro.usecases.records import erase
from tests.factories import NOON, a_state, an_event
from tests.harness import TestClock


class Clock(TestClock):
    """A clock of these tests: noon, until somebody moves it."""

    time = NOON


@pytest.fixture
def clock() -> Clock:
    Clock.time = NOON
    return Clock()


@pytest.fixture(autouse=True)
def _few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_sessions, "MOST_OPEN", 2)


def conversation(number: int, **change: Any) -> Event:
    """Return the first event of Ana's conversation `number`."""
    state = a_state(**{"user": "ana", "protocol": f"{number}", "expires_at": NOON + IDLE_LIFE, **change})
    return an_event(0, state=state, conversation=ConversationId(f"c-00000{number}"), write_id=f"w-{number}")


def filled(*events: Event) -> SqliteStore:
    store = SqliteStore(":memory:")
    for event in events:
        store.append(event, head=head_after(event, None))
    return store


def test_a_customer_with_room_is_told_how_many_are_open(clock: Clock) -> None:
    assert count_open("ana", store=filled(conversation(1)), clock=clock) == 1


def test_a_customer_without_room_is_refused_until_one_expires(clock: Clock) -> None:
    store = filled(conversation(1), conversation(2, expires_at=NOON + timedelta(seconds=90)))

    with pytest.raises(TooManyConversations) as refused:
        count_open("ana", store=store, clock=clock)

    assert refused.value.retry_after == 90


def test_where_all_wait_for_people_nobody_knows_when_one_ends(clock: Clock) -> None:
    awaited = {"status": Status.WAITING, "owner": Owner.HUMAN, "expires_at": None}

    with pytest.raises(TooManyConversations) as refused:
        count_open("ana", store=filled(conversation(1, **awaited), conversation(2, **awaited)), clock=clock)

    assert refused.value.retry_after == 3600


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED])
def test_what_is_over_takes_no_place(clock: Clock, status: Status) -> None:
    store = filled(conversation(1), conversation(2, status=status), conversation(3, status=status))

    assert count_open("ana", store=store, clock=clock) == 1


def test_what_expired_frees_its_place_though_its_head_still_shows_it(clock: Clock) -> None:
    store = filled(conversation(1), conversation(2, expires_at=NOON))

    assert count_open("ana", store=store, clock=clock) == 1
    assert [head.status for head in store.heads_of("ana", 9)] == [Status.ENDED, Status.BOT]


def test_an_erased_one_frees_its_place_though_its_head_is_still_there(clock: Clock) -> None:
    store = filled(conversation(1), conversation(2))
    (head, _) = store.heads_of("ana", 9)
    erase(head.conversation, store=store, shelf=store, clock=clock)
    store.put_head(head)

    assert count_open("ana", store=store, clock=clock) == 1


def test_other_peoples_conversations_take_no_place(clock: Clock) -> None:
    store = filled(conversation(1), *(conversation(n, user=user) for n, user in ((2, "bia"), (3, ""))))

    assert count_open("ana", store=store, clock=clock) == 1


@pytest.mark.parametrize(("hours", "shown"), [(0, [1]), (24, [1]), (25, []), (1000, [])])
def test_a_list_shows_what_may_still_live(clock: Clock, hours: int, shown: Sequence[int]) -> None:
    store = filled(conversation(1))
    Clock.time += timedelta(hours=hours)

    found = live_heads("ana", store=store, clock=clock)

    assert [head.conversation for head in found] == [f"c-00000{number}" for number in shown]


def test_a_list_shows_for_ever_what_waits_for_a_person(clock: Clock) -> None:
    waiting = conversation(1, status=Status.WAITING, owner=Owner.HUMAN)
    store = filled(replace(waiting, state=replace(waiting.state, expires_at=None)))
    Clock.time += timedelta(days=30)

    assert len(live_heads("ana", store=store, clock=clock)) == 1
