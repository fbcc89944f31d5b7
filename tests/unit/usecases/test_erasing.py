"""Erasing a conversation: what it was to tell other systems goes with it, and nobody else's does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from roteiro.domain.conversation import Event, Outgoing
from roteiro.domain.faults import OwnFault
from roteiro.domain.ids import ConversationId
from roteiro.ports import Delivered, Letter
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.outbox import DEAD, PENDING, Office, announce, deliver_due
from roteiro.usecases.records import erase, erase_everything
from tests.factories import an_event
from tests.harness import TestClock

ANA, BIA = ConversationId("c-ana-0001"), ConversationId("c-bia-0001")
HOOK = {"url": "https://crm.example.com/hook", "secret_ref": "CRM"}


class Receiver:
    """A receiver that wants none of it; `meanwhile` happens while a letter is on its way."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.meanwhile = meanwhile

    def check(self, url: str, secret: str) -> list[OwnFault]:
        return []

    def send(self, letter: Letter, at: datetime) -> Delivered:
        self.meanwhile()
        return Delivered(404)


def an_office(store: SqliteStore, receiver: Receiver) -> Office:
    return Office(store, store, lambda: receiver, TestClock(), lambda: 0.5)


def finished(store: SqliteStore, conversation: ConversationId, seq: int = 0) -> Event:
    """Store an event that tells others of a completed script."""
    event = an_event(seq, conversation=conversation, outbox=(Outgoing("script.completed", HOOK, {}),))
    event = replace(event, write_id=f"{conversation}-{seq}")
    announce(event, store, TestClock())
    store.append(event)
    return event


@pytest.fixture
def store() -> SqliteStore:
    """A store in which Ana and Bia have each a dead letter and one that waits."""
    store = SqliteStore(":memory:")
    for seq in range(2):
        for conversation in (ANA, BIA):
            finished(store, conversation, seq)
        if seq == 0:
            deliver_due(an_office(store, Receiver()), 10)
    return store


def owners(store: SqliteStore) -> list[str]:
    return [str(one["conversation"]) for prefix in (PENDING, DEAD) for one in store.scan(prefix)]


def test_an_erased_conversation_takes_its_letters_along_and_nobody_elses(store: SqliteStore) -> None:
    assert sorted(owners(store)) == [ANA, ANA, BIA, BIA]

    erase(ANA, store=store, shelf=store, clock=TestClock())

    assert owners(store) == [BIA, BIA]


def test_erasing_everything_leaves_no_letter(store: SqliteStore) -> None:
    erase_everything(store=store, shelf=store, clock=TestClock())

    assert owners(store) == []


def test_erasing_everything_finishes_what_an_interrupted_one_left(store: SqliteStore) -> None:
    letters = {one["_id"]: one for one in store.scan(DEAD)}
    erase_everything(store=store, shelf=store, clock=TestClock())
    for key, letter in letters.items():
        store.create(key, letter)

    erase_everything(store=store, shelf=store, clock=TestClock())

    assert owners(store) == []


def test_a_letter_that_fails_while_its_conversation_is_erased_is_not_kept() -> None:
    store = SqliteStore(":memory:")
    finished(store, ANA)
    receiver = Receiver(lambda: erase(ANA, store=store, shelf=store, clock=TestClock()))

    tried = deliver_due(an_office(store, receiver), 10)

    assert ([one.verdict for one in tried], owners(store)) == (["dead"], [])
