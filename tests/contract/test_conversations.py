"""Events: the newest are read, each is written once, a clash writes nothing, erasing leaves what is above."""

from dataclasses import replace
from datetime import timedelta

import pytest

from roteiro.domain.conversation import Asking, Candidate, Event, Kind, Later, Lease, Owner, Question, State, Status
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.errors import SeatTaken
from roteiro.ports import Store
from tests.contract.builders import CONVERSATION, MOMENT, a_head, a_mark, an_event, events_of

_NEIGHBOURS = ("a", "a-b", "a.b", "a0", "a_b", "aa", "A", "b")  # ids that sort just beside "a:" and each other


def _fill(store: Store, events: list[Event]) -> None:
    for event in events:
        store.append(event)


def test_a_conversation_that_nobody_began_is_empty(store: Store) -> None:
    assert store.load(CONVERSATION, 8) == []


def test_the_newest_events_are_loaded_oldest_first(store: Store) -> None:
    events = events_of(CONVERSATION, 12)
    _fill(store, events)

    loaded = store.load(CONVERSATION, 3)

    assert loaded == events[-3:]


@pytest.mark.parametrize("last", [5, 8, 1000])
def test_a_short_conversation_is_loaded_whole(store: Store, last: int) -> None:
    events = events_of(CONVERSATION, 5)
    _fill(store, events)

    assert store.load(CONVERSATION, last) == events


@pytest.mark.parametrize("name", _NEIGHBOURS)
def test_a_conversation_never_shows_its_neighbours(store: Store, name: str) -> None:
    for neighbour in _NEIGHBOURS:
        _fill(store, events_of(neighbour, 2))

    loaded = store.load(ConversationId(name), 50)

    assert loaded == events_of(name, 2)


def test_every_field_of_an_event_comes_back(store: Store) -> None:
    event = _a_full_event()
    store.append(event)

    (loaded,) = store.load(CONVERSATION, 1)

    assert loaded == event


def test_times_keep_their_milliseconds(store: Store) -> None:
    late = MOMENT.replace(microsecond=999_000)
    store.append(an_event(at=late))

    (loaded,) = store.load(CONVERSATION, 1)

    assert loaded.at == late


def test_names_and_numbers_come_back_as_plain_ones(store: Store) -> None:
    store.append(_a_full_event())

    (loaded,) = store.load(CONVERSATION, 1)

    assert [type(loaded.seq), type(loaded.catalogue), type(loaded.by)] == [int, int, str]
    assert [type(loaded.kind), type(loaded.state.status)] == [Kind, Status]


def test_the_largest_event_is_kept(store: Store) -> None:
    slots = {f"slot_{number}": "ç" * 1000 for number in range(50)}
    largest = an_event(text="😀" * 1000, reply="ã" * 4000, state=State(protocol="1", slots=slots))
    store.append(largest)

    assert store.load(CONVERSATION, 1) == [largest]


def test_a_seat_is_taken_once(store: Store) -> None:
    first = an_event(0, write_id="first")
    store.append(first)

    with pytest.raises(SeatTaken):
        store.append(an_event(0, write_id="second", client_message_id="other"))

    assert store.load(CONVERSATION, 8) == [first]


def test_a_message_id_is_taken_once_whatever_the_seat(store: Store) -> None:
    first = an_event(0, client_message_id="m-1")
    store.append(first)

    with pytest.raises(SeatTaken):
        store.append(an_event(1, client_message_id="m-1"))

    assert store.load(CONVERSATION, 8) == [first]


def test_two_customers_may_send_the_same_message_id(store: Store) -> None:
    for conversation in ("aaaaaaaa", "bbbbbbbb"):
        store.append(an_event(0, conversation, client_message_id="1"))

    assert len(store.scan_events("", 10)) == 2


def test_messages_without_an_id_never_clash(store: Store) -> None:
    _fill(store, events_of(CONVERSATION, 3))

    assert [event.client_message_id for event in store.load(CONVERSATION, 8)] == ["", "", ""]


def test_a_mark_that_is_taken_keeps_its_event_out(store: Store) -> None:
    store.append(an_event(0, "aaaaaaaa"), [a_mark(conversation="aaaaaaaa")])

    with pytest.raises(SeatTaken):
        store.append(an_event(0, "bbbbbbbb"), [a_mark(conversation="bbbbbbbb")])

    assert store.load(ConversationId("bbbbbbbb"), 8) == []


def test_the_second_of_two_marks_keeps_the_event_out_too(store: Store) -> None:
    store.append(an_event(0, "aaaaaaaa"), [a_mark("2")])

    with pytest.raises(SeatTaken):
        store.append(an_event(0, "bbbbbbbb"), [a_mark("1"), a_mark("2")])

    assert store.load(ConversationId("bbbbbbbb"), 8) == []


def test_many_marks_stand_beside_each_other(store: Store) -> None:
    for number in range(4):
        store.append(an_event(0, f"aaaaaaa{number}"), [a_mark(f"{number}-x"), a_mark(f"{number}-y")])

    assert len(store.scan_events("", 10)) == 4


def test_a_seat_that_is_taken_leaves_the_other_conversation_alone(store: Store) -> None:
    _fill(store, events_of("a", 2))

    with pytest.raises(SeatTaken):
        store.append(an_event(1, "a", write_id="late"))
    store.append(an_event(0, "a-b"))

    assert [event.write_id for event in store.load(ConversationId("a"), 9)] == ["write-0", "write-1"]


def test_a_message_is_found_by_the_id_its_client_gave(store: Store) -> None:
    events = [an_event(seq, client_message_id=f"m-{seq}") for seq in range(4)]
    _fill(store, events)

    assert store.find_turn(CONVERSATION, "m-2") == events[2]


def test_a_message_without_an_id_is_found_by_its_number(store: Store) -> None:
    _fill(store, events_of(CONVERSATION, 3))

    assert store.find_turn(CONVERSATION, "#1") == an_event(1)


@pytest.mark.parametrize(("conversation", "key"), [("8a6e0804", "m-9"), ("8a6e080", "m-0"), ("8a6e0804-", "m-0")])
def test_a_message_of_somebody_else_is_not_found(store: Store, conversation: str, key: str) -> None:
    store.append(an_event(0, client_message_id="m-0"))

    assert store.find_turn(ConversationId(conversation), key) is None


def test_erasing_deletes_what_is_below_and_leaves_the_rest(store: Store) -> None:
    _fill(store, events_of(CONVERSATION, 5))

    store.erase(CONVERSATION, 3)

    assert [event.seq for event in store.load(CONVERSATION, 9)] == [3, 4]


def test_erasing_takes_the_head_from_the_lists(store: Store) -> None:
    store.append(an_event(0), head=a_head(0))

    store.erase(CONVERSATION, 0)

    assert store.heads(Status.BOT) == []


def test_erasing_leaves_the_neighbours(store: Store) -> None:
    for neighbour in _NEIGHBOURS:
        store.append(an_event(0, neighbour), head=a_head(0, neighbour))

    store.erase(ConversationId("a"), 1000)

    assert sorted(event.conversation for event in store.scan_events("", 50)) == sorted(set(_NEIGHBOURS) - {"a"})
    assert sorted(head.conversation for head in store.heads(Status.BOT)) == sorted(set(_NEIGHBOURS) - {"a"})


def test_erasing_twice_or_nothing_is_harmless(store: Store) -> None:
    store.append(an_event(0))

    for _ in range(2):
        store.erase(CONVERSATION, 1)
    store.erase(ConversationId("nobody00"), 7)

    assert store.scan_events("", 9) == []


def test_an_erased_message_id_may_come_again(store: Store) -> None:
    store.append(an_event(0, client_message_id="m-0"))

    store.erase(CONVERSATION, 1)

    assert store.find_turn(CONVERSATION, "m-0") is None
    store.append(an_event(1, client_message_id="m-0"))


def test_all_events_are_read_page_by_page_without_marks(store: Store) -> None:
    for conversation in ("b0000000", "Z0000000", "a0000000"):
        store.append(an_event(0, conversation), [a_mark(conversation)])
        store.append(an_event(1, conversation))

    pages, after = [], ""
    while page := store.scan_events(after, 4):
        pages.append([event.id for event in page])
        after = page[-1].id

    assert pages == [
        ["Z0000000:000000", "Z0000000:000001", "a0000000:000000", "a0000000:000001"],
        ["b0000000:000000", "b0000000:000001"],
    ]


def test_the_tenth_and_the_thousandth_event_come_after_the_ninth(store: Store) -> None:
    _fill(store, [an_event(seq) for seq in (9, 10, 999, 1000)])

    assert [event.seq for event in store.load(CONVERSATION, 9)] == [9, 10, 999, 1000]


def _a_full_event() -> Event:
    state = State(
        protocol="20261120-0001",
        status=Status.WAITING,
        owner=Owner.HUMAN,
        assigned="ana",
        script=ScriptId(123_456_789),
        version=3,
        step=2,
        steps=5,
        slots={"placa": "ABC1D23", "relato": "Bati o carro — “não” sei… 😀\n"},
        asked=Question(Asking.WHICH, (ScriptId(1), ScriptId(2))),
        last=Later(ScriptId(2), 1, slots={"orgao": "26000", "periodo": ["2025-01-01..2025-12-31"]}),
        later=(Later(ScriptId(3)), Later(ScriptId(4), 2, 5)),
        name="João",
        locale="es",
        epoch=1,
        control=4,
        answered=7,
        count=8,
        lease=Lease(covers=7, until=MOMENT + timedelta(seconds=7), write_id="w"),
        expires_at=MOMENT + timedelta(hours=24),
    )
    candidate = Candidate(ScriptId(1), "Sinistro", 0.875, ("bati", "carro"), "bati o carro", "não")
    return replace(
        an_event(0, state=state, candidates=(candidate, Candidate(ScriptId(2), "Guincho", 0.1))),
        client_message_id="m-1",
        body_hash="ab" * 32,
        reply="Sinto muito.",
        covers=0,
        decision="match",
        confidence=0.875,
        catalogue=12,
        degraded="timeout",
        model="small",
    )
