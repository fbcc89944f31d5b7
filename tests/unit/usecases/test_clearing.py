"""A customer clears a conversation, which goes on empty, or erases it for good; nobody else can."""

from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Event, Owner, Status
from roteiro.domain.desk.queue import head_after
from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import is_protocol
from roteiro.errors import SessionNotFound
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.records import clear, erase, erase_all_of
from tests.factories import NOON, a_script, a_state, an_event
from tests.harness import TestClock

CONVERSATION = ConversationId("c-000001")


class Clock(TestClock):
    """A clock that stands at noon."""

    time = NOON


def written(*conversations: tuple[str, str]) -> SqliteStore:
    """Return a store with two events for each (conversation, owner), in the middle of a script."""
    store = SqliteStore(":memory:")
    for name, user in conversations:
        before = None
        for seq in range(2):
            state = a_state(a_script(), user=user, name="Ana", slots={"placa": "ABC1D23"}, record="INV-2026-001")
            event = an_event(seq, state=state, conversation=ConversationId(name), write_id=f"{name}-{seq}")
            store.append(event, head=head_after(event, before))
            before = event
    return store


def newest(store: SqliteStore, conversation: str = CONVERSATION) -> Event:
    return store.load(ConversationId(conversation), 1)[0]


def ports(store: SqliteStore) -> dict[str, Any]:
    return {"store": store, "shelf": store, "clock": Clock()}


def test_a_cleared_conversation_is_empty_and_goes_on_as_its_owners() -> None:
    store = written((CONVERSATION, "ana"))

    clear(CONVERSATION, "ana", **ports(store))

    state = newest(store).state
    assert [event.seq for event in store.load(CONVERSATION, 9)] == [2]
    assert (state.user, state.status, state.owner, state.epoch) == ("ana", Status.BOT, Owner.BOT, 2)
    assert (state.name, state.script, state.slots, state.record, state.count) == ("", None, {}, "", 0)
    assert state.expires_at == NOON + timedelta(hours=24)


def test_a_cleared_conversation_has_a_new_number_that_finds_it() -> None:
    store = written((CONVERSATION, ""))

    clear(CONVERSATION, "", **ports(store))

    number = newest(store).state.protocol
    assert is_protocol(number)
    assert store.holder(f"~p:{number}") == CONVERSATION


def test_a_reply_begun_before_a_clearing_is_dropped() -> None:
    store = written((CONVERSATION, ""))
    before = newest(store).state.control

    clear(CONVERSATION, "", **ports(store))

    assert newest(store).state.control == before + 1


def test_a_cleared_conversation_stays_in_its_owners_list() -> None:
    store = written((CONVERSATION, "ana"))

    clear(CONVERSATION, "ana", **ports(store))

    assert [(head.conversation, head.seq) for head in store.heads_of("ana", 9)] == [(CONVERSATION, 2)]


def test_clearing_twice_is_as_good_as_once() -> None:
    store = written((CONVERSATION, ""))

    for _ in range(2):
        clear(CONVERSATION, "", **ports(store))

    assert len(store.load(CONVERSATION, 9)) == 1


@pytest.mark.parametrize("user", ["", "bia"])
def test_somebody_elses_conversation_is_neither_cleared_nor_erased(user: str) -> None:
    store = written((CONVERSATION, "ana"))

    for act in (clear, erase):
        with pytest.raises(SessionNotFound):
            act(CONVERSATION, user, **ports(store))

    assert len(store.load(CONVERSATION, 9)) == 2


def test_what_is_erased_cannot_be_cleared_or_erased_again_by_a_customer() -> None:
    store = written((CONVERSATION, ""))
    erase(CONVERSATION, "", **ports(store))

    for act in (clear, erase):
        with pytest.raises(SessionNotFound):
            act(CONVERSATION, "", **ports(store))


def test_an_erasure_says_who_asked_for_it() -> None:
    store = written((CONVERSATION, "ana"), ("c-000002", ""))

    erase(CONVERSATION, "ana", **ports(store))
    erase(ConversationId("c-000002"), **ports(store))

    assert (newest(store).by, newest(store, "c-000002").by) == ("customer", "admin")


def test_a_customer_erases_all_of_their_own_and_nothing_else() -> None:
    store = written((CONVERSATION, "ana"), ("c-000002", "ana"), ("c-000003", "bia"), ("c-000004", ""))

    erased = erase_all_of("ana", **ports(store))

    statuses = [newest(store, f"c-00000{number}").state.status for number in range(1, 5)]
    assert (erased, store.heads_of("ana", 9)) == (2, [])
    assert statuses == [Status.ERASED, Status.ERASED, Status.BOT, Status.BOT]


def test_a_head_that_is_wrong_about_its_owner_erases_nothing() -> None:
    store = written((CONVERSATION, "bia"))
    store.put_head(head_after(an_event(5, state=a_state(user="ana")), None) or pytest.fail("a head is due"))

    assert erase_all_of("ana", **ports(store)) == 0
    assert len(store.load(CONVERSATION, 9)) == 2


def test_heads_of_conversations_that_are_gone_are_tidied_away() -> None:
    store = written((CONVERSATION, "ana"))
    (head,) = store.heads_of("ana", 9)
    erase(CONVERSATION, **ports(store))
    store.put_head(head)

    assert (erase_all_of("ana", **ports(store)), store.heads_of("ana", 9)) == (0, [])
