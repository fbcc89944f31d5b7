"""When the head of a signed-in customer's conversation is written, and that it says whose it is."""

from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Event, head_of
from roteiro.domain.desk.queue import head_after
from tests.factories import NOON, a_state, an_event


def at(minutes: int, seq: int, user: str = "ana", **change: Any) -> Event:
    return an_event(seq, at=NOON + timedelta(minutes=minutes), state=a_state(user=user), **change)


def test_a_head_says_whose_a_conversation_is() -> None:
    assert (head_of(at(0, 0)).user, head_of(at(0, 0, "")).user) == ("ana", "")


@pytest.mark.parametrize(
    ("before", "after", "is_written"), [(1, 59, False), (59, 60, True), (0, 60, True), (0, 0, False)]
)
def test_an_owned_conversation_that_goes_on_is_written_once_an_hour(
    before: int, after: int, *, is_written: bool
) -> None:
    head = head_after(at(after, 1), at(before, 0))

    assert (head is not None) == is_written


def test_nobodys_conversation_is_not_written_for_the_hour() -> None:
    assert head_after(at(60, 1, ""), at(59, 0, "")) is None


def test_a_new_owner_is_written_at_once() -> None:
    head = head_after(at(2, 1), at(1, 0, ""))

    assert head is not None
    assert (head.user, head.seq) == ("ana", 1)


@pytest.mark.parametrize(("owner", "caller", "is_open"), [("", "", True), ("", "ana", True), ("ana", "ana", True)])
def test_a_conversation_is_open_to_its_owner_or_without_one_to_everybody(
    owner: str, caller: str, *, is_open: bool
) -> None:
    assert a_state(user=owner).is_open_to(caller) is is_open


@pytest.mark.parametrize("caller", ["", "bia", "an", "ana "])
def test_an_owned_conversation_is_open_to_nobody_else(caller: str) -> None:
    assert not a_state(user="ana").is_open_to(caller)
