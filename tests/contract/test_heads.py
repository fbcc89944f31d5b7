"""Heads: queues in the order of waiting, the newest always wins, and an append writes them in the safe order."""

from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Head, Owner, State, Status
from roteiro.errors import SeatTaken
from roteiro.ports import Store
from tests.contract.builders import MOMENT, a_head, a_mark, an_event


def _waiting(conversation: str, minutes: int, **given: Any) -> Head:
    since = MOMENT + timedelta(minutes=minutes)
    return a_head(given.pop("seq", 0), conversation, status=Status.WAITING, waiting_since=since, **given)


def test_those_who_wait_longest_come_first(store: Store) -> None:
    for conversation, minutes in (("late0000", 30), ("first000", 0), ("second00", 1)):
        store.put_head(_waiting(conversation, minutes))

    queue = store.heads(Status.WAITING)

    assert [head.conversation for head in queue] == ["first000", "second00", "late0000"]


def test_those_who_came_together_keep_one_order(store: Store) -> None:
    for conversation in ("bbbbbbbb", "cccccccc", "aaaaaaaa"):
        store.put_head(_waiting(conversation, 0))

    assert [head.conversation for head in store.heads(Status.WAITING)] == ["aaaaaaaa", "bbbbbbbb", "cccccccc"]


def test_a_list_shows_one_status_only_and_no_more_than_asked(store: Store) -> None:
    store.put_head(a_head(0, "bot00000"))
    for number in range(5):
        store.put_head(_waiting(f"waiting{number}", number))

    assert [head.conversation for head in store.heads(Status.WAITING, limit=2)] == ["waiting0", "waiting1"]
    assert [head.conversation for head in store.heads(Status.BOT)] == ["bot00000"]


def test_every_field_of_a_head_comes_back(store: Store) -> None:
    head = _waiting("full0000", 3, seq=4, owner=Owner.HUMAN, assigned="ana", locale="en")
    store.put_head(head)

    assert store.heads(Status.WAITING) == [head]


@pytest.mark.parametrize(("then", "shown"), [(6, 6), (5, 5), (4, 5)])
def test_only_a_head_as_new_or_newer_replaces_another(store: Store, then: int, shown: int) -> None:
    store.put_head(a_head(5, locale="en"))
    store.put_head(a_head(then, locale="es"))

    (head,) = store.heads(Status.BOT)

    assert head.seq == shown
    assert head.locale == ("es" if then >= 5 else "en")


def test_a_head_that_changes_its_status_leaves_the_old_list(store: Store) -> None:
    store.put_head(_waiting("moves000", 0))
    store.put_head(a_head(1, "moves000", status=Status.HUMAN))

    assert store.heads(Status.WAITING) == []
    assert len(store.heads(Status.HUMAN)) == 1


def test_an_event_brings_its_head(store: Store) -> None:
    store.append(an_event(0), head=a_head(0))

    assert store.heads(Status.BOT) == [a_head(0)]


def test_an_event_without_a_head_leaves_the_old_one(store: Store) -> None:
    store.append(an_event(0), head=a_head(0))

    store.append(an_event(1))

    assert store.heads(Status.BOT) == [a_head(0)]


def test_a_customer_who_asks_for_a_person_is_in_the_queue(store: Store) -> None:
    store.append(an_event(0), head=a_head(0))

    store.append(an_event(1), head=a_head(1, status=Status.WAITING, waiting_since=MOMENT))

    assert [head.seq for head in store.heads(Status.WAITING)] == [1]


def test_a_customer_whom_a_person_takes_leaves_the_queue(store: Store) -> None:
    store.append(an_event(0), head=a_head(0, status=Status.WAITING, waiting_since=MOMENT))

    store.append(an_event(1), head=a_head(1, status=Status.HUMAN))

    assert store.heads(Status.WAITING) == []
    assert [head.seq for head in store.heads(Status.HUMAN)] == [1]


def test_who_loses_the_seat_hides_nobody_who_waits(store: Store) -> None:
    store.append(an_event(0), head=a_head(0, status=Status.WAITING, waiting_since=MOMENT))
    store.append(an_event(1))

    with pytest.raises(SeatTaken):
        store.append(an_event(1, write_id="late"), head=a_head(1, status=Status.HUMAN))

    assert [head.seq for head in store.heads(Status.WAITING)] == [0]


def test_an_opening_whose_protocol_was_taken_shows_the_one_it_got(store: Store) -> None:
    store.append(an_event(0, "other000"), [a_mark("1")])
    with pytest.raises(SeatTaken):
        store.append(an_event(0), [a_mark("1")], a_head(0, protocol="1"))

    store.append(an_event(0, state=State(protocol="2")), [a_mark("2")], a_head(0, protocol="2"))

    assert [head.protocol for head in store.heads(Status.BOT)] == ["2"]


def test_heads_are_made_again_from_the_events(store: Store) -> None:
    for seq in range(3):
        store.append(an_event(seq), head=a_head(seq))
    store.erase(an_event().conversation, 0)

    store.put_head(a_head(2))

    assert store.heads(Status.BOT) == [a_head(2)]
