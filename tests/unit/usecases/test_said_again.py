"""What a customer reads again of a conversation: who said what, under which id, window by window."""

from collections.abc import Sequence
from typing import Any

import pytest

from roteiro.domain.conversation import Event, Kind
from roteiro.usecases.history import Said, said_in, window
from tests.factories import an_event

ID = "c-000001:"


def by_desk(seq: int, action: str, reply: str | None, **change: Any) -> Event:
    return an_event(seq, None, by="ana", kind=Kind.DESK, action=action, reply=reply, **change)


def shown(events: Sequence[Event]) -> list[tuple[str, str, str]]:
    return [(said.id.removeprefix(ID), said.entry.author, said.entry.content) for said in said_in(events)]


def turns(count: int) -> list[Said]:
    return said_in([an_event(seq, f"p{seq}", reply=f"r{seq}") for seq in range(count)])


def contents(told: Sequence[Said]) -> str:
    return " ".join(said.entry.content for said in told)


def test_words_and_their_answer_have_an_id_each() -> None:
    assert shown([an_event(1, "oi", reply="olá")]) == [("1", "customer", "oi"), ("1r", "bot", "olá")]


def test_a_reply_that_came_late_stands_where_it_came() -> None:
    said = an_event(1, "oi", kind=Kind.SAID)
    late = an_event(3, None, by="bot", kind=Kind.REPLY, reply="olá", covers=1)

    assert shown([said, by_desk(2, "reply", "um momento"), late]) == [
        ("1", "customer", "oi"),
        ("2r", "human", "um momento"),
        ("3r", "bot", "olá"),
    ]


def test_a_hand_backs_two_voices_have_two_ids() -> None:
    event = by_desk(4, "handback", "Resolvi.\n\nQual a placa?", detail={"message": "Resolvi."})

    assert shown([event]) == [("4r", "human", "Resolvi."), ("4r2", "bot", "Qual a placa?")]


@pytest.mark.parametrize(
    "event", [by_desk(1, "note", None, note="cliente difícil"), by_desk(1, "takeover", None), an_event(1, None)]
)
def test_what_is_internal_is_not_told(event: Event) -> None:
    assert shown([event]) == []


def test_words_that_wait_for_a_person_are_told_without_an_answer() -> None:
    assert shown([an_event(1, "alguém?", kind=Kind.SAID)]) == [("1", "customer", "alguém?")]


@pytest.mark.parametrize(
    ("limit", "cursor", "is_newer", "expected", "older", "newer"),
    [
        (2, "", False, "p2 r2", True, False),
        (6, "", False, "p0 r0 p1 r1 p2 r2", False, False),
        (9, "", False, "p0 r0 p1 r1 p2 r2", False, False),
        (2, "2", False, "p1 r1", True, True),
        (2, "1", False, "p0 r0", False, True),
        (3, "1r", False, "p0 r0 p1", False, True),
        (2, "0", False, "", False, True),
        (2, "", True, "p0 r0", False, True),
        (2, "0r", True, "p1 r1", True, True),
        (9, "0", True, "r0 p1 r1 p2 r2", True, False),
        (2, "2r", True, "", True, False),
        (2, "9", False, "p2 r2", True, False),
    ],
)
def test_a_window_stands_before_or_after_a_message(
    limit: int, cursor: str, *, is_newer: bool, expected: str, older: bool, newer: bool
) -> None:
    found = window(turns(3), limit, cursor and ID + cursor, is_newer=is_newer)

    assert (contents(found.said), found.has_older, found.has_newer) == (expected, older, newer)


def test_a_window_knows_that_ten_comes_after_nine() -> None:
    assert contents(window(turns(12), 2, f"{ID}10").said) == "p9 r9"


def test_walking_back_from_the_newest_tells_everything_once() -> None:
    told, found = turns(5), window(turns(5), 3)
    walked: list[Said] = []
    while found.said:
        walked[:0] = found.said
        found = window(told, 3, found.said[0].id)

    assert walked == told
