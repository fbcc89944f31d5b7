"""The newest conversations of a pack: what a publish is checked against."""

from datetime import timedelta

import pytest

from roteiro.domain.conversation import Status
from roteiro.ports import Store
from tests.contract.builders import MOMENT, a_head


def test_the_conversations_that_changed_last_come_first(store: Store) -> None:
    for conversation, minutes in (("middle00", 5), ("newest00", 9), ("oldest00", 0)):
        store.put_head(a_head(0, conversation, at=MOMENT + timedelta(minutes=minutes)))

    found = store.recent("seguros", 10)

    assert [head.conversation for head in found] == ["newest00", "middle00", "oldest00"]


@pytest.mark.parametrize(("limit", "expected"), [(1, ["c0000002"]), (2, ["c0000002", "c0000001"])])
def test_no_more_are_read_than_asked_for(store: Store, limit: int, expected: list[str]) -> None:
    for number in range(3):
        store.put_head(a_head(number, f"c000000{number}"))

    assert [head.conversation for head in store.recent("seguros", limit)] == expected


def test_other_packs_are_left_out_and_every_status_is_in(store: Store) -> None:
    store.put_head(a_head(0, "other000", pack="transparencia"))
    store.put_head(a_head(0, "waiting0", status=Status.WAITING, waiting_since=MOMENT))
    store.put_head(a_head(1, "ended000", status=Status.ENDED))

    assert [head.conversation for head in store.recent("seguros", 10)] == ["ended000", "waiting0"]


def test_conversations_that_changed_together_keep_one_order(store: Store) -> None:
    for conversation in ("bbbbbbbb", "cccccccc", "aaaaaaaa"):
        store.put_head(a_head(0, conversation))

    assert [head.conversation for head in store.recent("seguros", 10)] == ["cccccccc", "bbbbbbbb", "aaaaaaaa"]


def test_an_erased_conversation_is_not_among_them(store: Store) -> None:
    store.put_head(a_head(0, "erased00"))

    store.erase(a_head(0, "erased00").conversation, 1)

    assert store.recent("seguros", 10) == []
