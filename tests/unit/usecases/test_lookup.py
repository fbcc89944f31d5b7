from dataclasses import replace
from datetime import timedelta

import pytest

from roteiro.domain.conversation import Event, Mark
from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import mark_id
from roteiro.errors import NotFound, SessionNotFound
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import lookup
from roteiro.usecases.lookup import epoch_of, look_up
from roteiro.usecases.records import erase
from tests.factories import NOON, PROTOCOL, a_state, an_event
from tests.harness import TestClock

NEXT = "20261121000000178"
CONVERSATION = ConversationId("c-000001")


def filled(*events: Event) -> SqliteStore:
    """Return a store that holds events, and a mark for each number where it begins."""
    store, known = SqliteStore(":memory:"), set()
    for event in events:
        number = event.state.protocol
        marks = [] if number in known else [Mark(mark_id(number), event.conversation, event.at)]
        known.add(number)
        store.append(event, marks)
    return store


def numbered(*numbers: str) -> list[Event]:
    return [
        an_event(seq, f"mensagem {seq}", a_state(protocol=number), at=NOON + timedelta(minutes=seq))
        for seq, number in enumerate(numbers)
    ]


@pytest.mark.parametrize(("number", "seats"), [(PROTOCOL, [0, 1, 2]), (NEXT, [3, 4])])
def test_a_number_finds_its_own_events_among_those_of_its_conversation(number: str, seats: list[int]) -> None:
    store = filled(*numbered(PROTOCOL, PROTOCOL, PROTOCOL, NEXT, NEXT))

    found = look_up(number, store=store, clock=TestClock())

    assert [event.seq for event in found.events] == seats
    assert (found.conversation, found.pack, found.demand.protocol) == (CONVERSATION, "seguros", number)


def test_the_demand_before_is_closed_when_the_next_number_begins() -> None:
    store = filled(*numbered(PROTOCOL, PROTOCOL, NEXT))

    found = look_up(PROTOCOL, store=store, clock=TestClock())

    assert found.demand.closed_at == NOON + timedelta(minutes=2)


def test_a_number_of_nobody_and_of_an_erased_conversation_are_not_found() -> None:
    store = filled(*numbered(PROTOCOL))
    erase(CONVERSATION, store=store, shelf=store, clock=TestClock())

    for number in (PROTOCOL, NEXT):
        with pytest.raises(NotFound):
            look_up(number, store=store, clock=TestClock())


@pytest.mark.parametrize("count", [1, 9, 10, 11, 20, 25])
def test_a_conversation_is_read_page_by_page_to_its_end(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_PAGE", 10)
    events = numbered(*[PROTOCOL] * count)

    assert epoch_of(events[-1], store=filled(*events)) == events


def test_reading_ends_even_where_a_conversation_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_PAGE", 2)
    monkeypatch.setattr(lookup, "_MOST_PAGES", 3)
    events = numbered(*[PROTOCOL] * 9)

    assert len(epoch_of(events[-1], store=filled(*events))) == 6


def test_what_came_before_the_newest_epoch_is_not_read() -> None:
    events = numbered(PROTOCOL, PROTOCOL, NEXT, NEXT)
    events = [replace(event, state=replace(event.state, epoch=2 * (event.seq >= 2))) for event in events]

    assert [event.seq for event in epoch_of(events[-1], store=filled(*events))] == [2, 3]


def test_what_was_erased_meanwhile_has_nothing_to_read() -> None:
    events = numbered(PROTOCOL)
    store = filled(*events)
    erase(CONVERSATION, store=store, shelf=store, clock=TestClock())

    with pytest.raises(SessionNotFound):
        epoch_of(events[-1], store=store)
