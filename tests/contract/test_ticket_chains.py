"""Tickets in every store: the newest is found beside the events, each is inserted once, and nobody else sees them."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from roteiro.domain.tickets import Stub, Ticket
from roteiro.errors import SeatTaken
from roteiro.ports import Store
from roteiro.stores.mongo import MongoStore
from tests.contract.builders import CONVERSATION, MOMENT, a_mark, an_event

KEYS = ("a", "a-b", "a0", "aa", "b")  # that sort just beside "a:" and each other


def a_ticket(key: str = "a", seq: int = 0, minutes: int = 0) -> Ticket:
    at = MOMENT + timedelta(minutes=minutes)
    return Ticket(key, seq, (Stub(at - timedelta(seconds=9), "r0"), Stub(at, "r1")))


def newest(store: Store, *keys: str) -> list[Ticket | None]:
    return store.load_with_tickets(CONVERSATION, 1, keys)[1]


def test_a_ticket_comes_back_as_it_was_inserted(store: Store) -> None:
    store.append(an_event(0), [a_ticket()])

    assert newest(store, "a") == [a_ticket()]


def test_the_newest_tickets_come_with_the_events_each_in_its_place(store: Store) -> None:
    for seq in range(3):
        store.append(an_event(seq), [a_ticket("a", seq), a_ticket("b", seq + 8)])

    events, tickets = store.load_with_tickets(CONVERSATION, 2, ["b", "nobody", "a"])

    assert events == [an_event(1), an_event(2)]
    assert tickets == [a_ticket("b", 10), None, a_ticket("a", 2)]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_never_shows_its_neighbours_tickets(store: Store, key: str) -> None:
    store.append(an_event(0), [a_ticket(one, seq) for seq, one in enumerate(KEYS)])

    assert newest(store, key) == [a_ticket(key, KEYS.index(key))]


def test_a_ticket_that_is_taken_keeps_its_event_out(store: Store) -> None:
    store.append(an_event(0, "aaaaaaaa"), [a_ticket()])

    with pytest.raises(SeatTaken):
        store.append(an_event(0), [a_ticket(), a_mark()])

    assert store.load(CONVERSATION, 8) == []


def test_lists_and_readers_of_events_never_meet_a_ticket(store: Store) -> None:
    store.append(an_event(0), [a_ticket(), a_mark()])

    assert store.scan_events("", 50) == store.page(CONVERSATION, -1, 50) == [an_event(0)]
    assert store.scan_heads("", 50) == []


def test_an_erased_conversation_leaves_the_count_of_its_caller(store: Store) -> None:
    store.append(an_event(0), [a_ticket()])

    store.erase(CONVERSATION, 1)

    assert newest(store, "a") == [a_ticket()]


def test_old_tickets_are_forgotten_and_nothing_else(store: Store) -> None:
    store.append(an_event(0, at=MOMENT), [a_ticket("a", 0), a_ticket("a", 1, 5), a_ticket("b", 0), a_mark()])

    gone = store.forget_tickets(MOMENT + timedelta(minutes=5), 50)

    assert gone == 2
    assert newest(store, "a", "b") == [a_ticket("a", 1, 5), None]
    assert [store.load(CONVERSATION, 8), store.holder(a_mark().id)] == [[an_event(0, at=MOMENT)], CONVERSATION]


def test_no_more_tickets_are_forgotten_than_asked(store: Store) -> None:
    store.append(an_event(0), [a_ticket(key, seq) for key in KEYS for seq in range(3)])

    assert [store.forget_tickets(MOMENT + timedelta(hours=1), 7) for _ in range(4)] == [7, 7, 1, 0]


class Meeting(CommandListener):
    """Lets no answered-for read go on before so many are under way at once."""

    def __init__(self, reads: int) -> None:
        self._barrier = threading.Barrier(reads, timeout=5)
        self.is_waiting = False
        self.met = 0

    def started(self, event: CommandStartedEvent) -> None:
        """Wait for the others, or find that they only come one after the other."""
        if self.is_waiting and event.command_name == "find":
            self._barrier.wait()
            self.met += 1

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Nothing to learn."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Nothing to learn."""


@pytest.fixture
def meeting(nx_url: str) -> Iterator[tuple[MongoStore, Meeting]]:
    meeting = Meeting(3)
    store = MongoStore(nx_url, event_listeners=[meeting])
    store.prepare()
    yield store, meeting
    store.close()


def test_tickets_are_read_while_the_events_are(meeting: tuple[MongoStore, Meeting]) -> None:
    store, reads = meeting
    store.append(an_event(0), [a_ticket("a"), a_ticket("b")])
    reads.is_waiting = True

    found: Any = store.load_with_tickets(CONVERSATION, 1, ["a", "b"])

    assert reads.met == 3
    assert found == ([an_event(0)], [a_ticket("a"), a_ticket("b")])
