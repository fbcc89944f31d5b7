"""The queue on every store: by deadline, page by page, filtered, counted without reading what is counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Head, Owner, Status
from roteiro.domain.desk.queue import Only
from roteiro.ports import Store
from tests.contract.builders import CONVERSATION, MOMENT, a_head

_SPREAD = {"pack": ("seguros", "outro"), "queue": ("padrao", "reclamacao"), "assigned": ("ana", "rui"),
           "reason": ("asked", "failed"), "locale": ("pt-BR", "es")}  # fmt: skip


def _waiting(conversation: str, minutes: int = 0, due: int | None = 7, **given: Any) -> Head:
    due_at = None if due is None else MOMENT + timedelta(days=due)
    since = MOMENT + timedelta(minutes=minutes)
    return a_head(0, conversation, **{"status": Status.WAITING, "waiting_since": since, "due_at": due_at} | given)


def _names(heads: Sequence[Head]) -> list[str]:
    return [str(head.conversation) for head in heads]


def test_the_earliest_deadline_comes_first_then_the_longest_wait(store: Store) -> None:
    for head in (_waiting("dddddddd", 0, None), _waiting("cccccccc", 9, 7), _waiting("bbbbbbbb", 1, 7)):
        store.put_head(head)
    store.put_head(_waiting("aaaaaaaa", 30, 6))

    assert _names(store.heads(Status.WAITING)) == ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_page_by_page_everybody_is_shown_once_and_in_order(store: Store, size: int) -> None:
    for number in range(7):
        store.put_head(_waiting(f"waiting{number}", number % 3, 7 + number % 2))

    read: list[Head] = []
    while page := store.heads(Status.WAITING, size, after=read[-1].place if read else ""):
        read += page

    assert read == store.heads(Status.WAITING)
    assert len(set(_names(read))) == 7


@pytest.mark.parametrize("field", _SPREAD)
def test_a_filter_shows_its_own_and_no_others(store: Store, field: str) -> None:
    wanted, other = _SPREAD[field]
    for value in (wanted, other):
        given: dict[str, Any] = {field: value}
        store.put_head(_waiting(f"is-{value}", **given))

    assert _names(store.heads(Status.WAITING, only=Only(**{field: wanted}))) == [f"is-{wanted}"]
    assert store.count_heads(Status.WAITING, Only(**{field: wanted})) == 1
    assert store.count_heads(Status.WAITING) == 2


@pytest.mark.parametrize(("own", "before_it"), [("waiting0", 0), ("waiting3", 3), ("waiting5", 5)])
def test_those_before_somebody_are_counted(store: Store, own: str, before_it: int) -> None:
    for number in range(6):
        store.put_head(_waiting(f"waiting{number}", number))
    head = store.find_head(_waiting(own).conversation)

    assert head is not None
    assert store.count_heads(Status.WAITING, before=head.place) == before_it


def test_a_count_stops_where_it_is_told(store: Store) -> None:
    for number in range(5):
        store.put_head(_waiting(f"waiting{number}"))

    assert store.count_heads(Status.WAITING, most=3) == 3
    assert store.count_heads(Status.BOT) == 0


def test_a_head_is_found_with_all_that_it_says(store: Store) -> None:
    head = _waiting(CONVERSATION, queue="reclamacao", reason="complaint", owner=Owner.HUMAN)
    store.put_head(head)

    assert store.find_head(CONVERSATION) == head


def test_a_conversation_without_a_head_has_none(store: Store) -> None:
    assert store.find_head(CONVERSATION) is None


def test_all_heads_are_walked_by_their_conversation(store: Store) -> None:
    for number in range(5):
        store.put_head(a_head(0, f"c000000{number}", status=Status.BOT if number % 2 else Status.CLOSED))

    first = store.scan_heads("", 3)
    rest = store.scan_heads(first[-1].conversation, 3)

    assert _names([*first, *rest]) == [f"c000000{number}" for number in range(5)]


def test_a_deadline_of_another_time_zone_is_the_same_deadline(store: Store) -> None:
    local = datetime.fromisoformat("2026-11-28T23:59:59-03:00")
    store.put_head(_waiting("aaaaaaaa", due_at=local))

    (head,) = store.heads(Status.WAITING)

    assert head.due_at == local
    assert head.place.startswith("1795921199000_")
