"""Protocol numbers under many openings at once: none is given out twice, and a clash draws again.

`ROTEIRO_TEST_OPENINGS=10000` makes the full run; without it a tenth, so that every change pays little for it.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import is_protocol
from roteiro.errors import ConversationBusy
from roteiro.ports import Store
from roteiro.usecases.customer import open_conversation
from roteiro.usecases.turns import Words
from tests.contract.opening import an_opener
from tests.factories import a_catalogue
from tests.harness import TestClock

OPENINGS = int(os.environ.get("ROTEIRO_TEST_OPENINGS", "1000"))


def test_no_number_is_given_out_twice_however_many_open_at_once(tmp_path: Path) -> None:
    database = tmp_path / "roteiro.db"
    openers = [an_opener(database, OPENINGS // 2, threads=4) for _ in range(2)]

    numbers = [number for opener in openers for number in opener.communicate(timeout=120)[0].split()]

    with closing(sqlite3.connect(database)) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM events WHERE id GLOB '~p:*'").fetchone()
    assert [opener.returncode for opener in openers] == [0, 0]
    assert (len(numbers), len(set(numbers)), stored) == (OPENINGS,) * 3
    assert all(map(is_protocol, numbers))


def draws(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> Iterator[int]:
    """Have chance give these numbers, the last one for ever; return those that are left."""
    left = iter([*numbers, *[numbers[-1]] * 50])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(left))
    return left


class Clock(TestClock):
    """A clock of these tests' own: who draws again moves it."""


def opened(store: Store, conversation: str) -> str:
    words = Words(ConversationId(conversation), "seguros", "Ana")
    answer = open_conversation(words, store=store, catalogue=a_catalogue(), clock=Clock())
    return answer.state.protocol


def test_a_number_that_is_taken_is_drawn_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    draws(monkeypatch, 7, 7, 7, 8)

    first, second = opened(store, "conversation-1"), opened(store, "conversation-2")

    assert (first[8:15], second[8:15]) == ("0000007", "0000008")
    assert [store.holder(f"~p:{number}") for number in (first, second)] == ["conversation-1", "conversation-2"]


def test_a_day_without_numbers_left_refuses_instead_of_sharing_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws(monkeypatch, 7)
    opened(store, "conversation-1")

    with pytest.raises(ConversationBusy):
        opened(store, "conversation-2")

    assert store.load(ConversationId("conversation-2"), 1) == []
