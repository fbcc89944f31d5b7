"""Pages of a customer's own conversations: in the right order though heads are late, and no more read than it takes."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Event
from roteiro.domain.desk.queue import head_after
from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.own_sessions import live_sessions
from tests.factories import NOON, a_state, an_event
from tests.harness import TestClock

_HEADS = 200  # of one customer that a list looks at


class CountingStore(SqliteStore):
    """A store that counts the conversations a list reads."""

    def __init__(self) -> None:
        super().__init__(":memory:")
        self.reads: list[int] = []

    def newest_of(self, conversations: Sequence[ConversationId]) -> list[Event]:
        """Count, then read."""
        self.reads.append(len(conversations))
        return super().newest_of(conversations)


class Clock(TestClock):
    """Noon, for ever."""

    time = NOON


@pytest.fixture
def store() -> CountingStore:
    return CountingStore()


def changed(store: SqliteStore, number: int, minutes_ago: float, late: float = 0, **state: Any) -> str:
    """Store Ana's conversation `number`, whose head is older by `late` minutes; return its id."""
    name = ConversationId(f"c-{number:06}")
    at = NOON - timedelta(minutes=minutes_ago)
    known = a_state(**{"user": "ana", "protocol": f"{number}", "expires_at": NOON + timedelta(days=1), **state})
    first = an_event(0, state=known, conversation=name, write_id=f"w-{number}", at=at - timedelta(minutes=late))
    store.append(first, head=head_after(first, None))
    store.append(an_event(1, state=known, conversation=name, write_id=f"x-{number}", at=at))
    return name


def listed(store: SqliteStore, count: int) -> list[str]:
    return [event.conversation for event in live_sessions("ana", count, store=store, clock=Clock())]


def test_a_page_reads_itself_and_the_hour_after_it(store: CountingStore) -> None:
    names = [changed(store, number, 7 * number) for number in range(_HEADS)]

    assert listed(store, 20) == names[:20]
    assert sum(store.reads) <= 40  # some nine changed in each hour


def test_a_first_page_of_few_conversations_takes_one_trip(store: CountingStore) -> None:
    names = [changed(store, number, 7 * number) for number in range(5)]

    assert listed(store, 20) == names
    assert store.reads == [5]


@pytest.mark.parametrize("count", [1, 3, 20, 50, 250])
def test_pages_are_right_however_late_heads_are(store: CountingStore, count: int) -> None:
    drawn = random.Random(count)  # noqa: S311 - a draw that comes again
    ages = [drawn.uniform(0, 600) for _ in range(60)]
    names = [changed(store, number, age, drawn.uniform(0, 59.9)) for number, age in enumerate(ages)]

    by_age = [name for _, name in sorted(zip(ages, names, strict=True))]
    assert listed(store, count) == by_age[:count]


def test_one_whose_head_is_late_comes_first(store: CountingStore) -> None:
    fresh = [changed(store, number, 10 + number / 100) for number in range(30)]
    late = changed(store, 99, 1, late=59)

    assert listed(store, 2) == [late, fresh[0]]


def test_what_is_over_is_made_up_for_by_what_comes_after(store: CountingStore) -> None:
    for number in range(30):
        changed(store, number, number, expires_at=NOON)
    names = [changed(store, 100 + number, 120 * (number + 1)) for number in range(10)]

    assert listed(store, 3) == names[:3]
    assert sum(store.reads) < 40


def test_nobodys_list_reads_nothing(store: CountingStore) -> None:
    assert (listed(store, 20), store.reads) == ([], [])
