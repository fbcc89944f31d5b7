"""The conversations of one customer who signed in, as every store lists them."""

from datetime import timedelta

import pytest

from roteiro.domain.conversation import Status
from roteiro.ports import Store
from tests.contract.builders import MOMENT, a_head


def test_a_customers_own_conversations_come_back_last_changed_first(store: Store) -> None:
    for conversation, minutes in (("middle00", 5), ("newest00", 9), ("oldest00", 0)):
        store.put_head(a_head(0, conversation, user="ana", at=MOMENT + timedelta(minutes=minutes)))

    found = store.heads_of("ana", 10)

    assert [head.conversation for head in found] == ["newest00", "middle00", "oldest00"]
    assert {head.user for head in found} == {"ana"}


def test_nobody_elses_conversation_is_among_them(store: Store) -> None:
    store.put_head(a_head(0, "anas0000", user="ana"))
    store.put_head(a_head(0, "bias0000", user="bia"))
    store.put_head(a_head(0, "nobodys0"))

    assert [head.conversation for head in store.heads_of("ana", 10)] == ["anas0000"]
    assert store.heads_of("an", 10) == []


def test_every_status_and_pack_is_in(store: Store) -> None:
    store.put_head(a_head(0, "waiting0", user="ana", status=Status.WAITING, waiting_since=MOMENT))
    store.put_head(a_head(1, "ended000", user="ana", status=Status.ENDED, pack="transparencia"))

    assert [head.conversation for head in store.heads_of("ana", 10)] == ["ended000", "waiting0"]


@pytest.mark.parametrize(("limit", "expected"), [(1, ["c0000002"]), (2, ["c0000002", "c0000001"])])
def test_no_more_of_them_are_read_than_asked_for(store: Store, limit: int, expected: list[str]) -> None:
    for number in range(3):
        store.put_head(a_head(number, f"c000000{number}", user="ana"))

    assert [head.conversation for head in store.heads_of("ana", limit)] == expected


def test_a_conversation_that_gets_an_owner_is_listed_as_theirs(store: Store) -> None:
    store.put_head(a_head(0))

    store.put_head(a_head(1, user="ana"))

    assert [head.seq for head in store.heads_of("ana", 10)] == [1]


def test_an_erased_conversation_is_nobodys(store: Store) -> None:
    store.put_head(a_head(0, "erased00", user="ana"))

    store.erase(a_head(0, "erased00").conversation, 1)

    assert store.heads_of("ana", 10) == []
