"""Turns that count against a limit, in every store: what a ticket is paid for, and what costs none."""

import secrets
from collections.abc import Sequence
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Event, Head, Kind, Mark, State
from roteiro.domain.ids import ConversationId
from roteiro.domain.tickets import Admission, Ticket
from roteiro.errors import LimitReached, SessionNotFound
from roteiro.ports import Store
from roteiro.usecases.calling import call_person
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.records import erase, list_events
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.contract.builders import CONVERSATION
from tests.contract.encounter import Slow
from tests.factories import a_catalogue, a_choice, a_script
from tests.shop import ShopClock

_SCRIPT = a_script()


class Rival:
    """A store in which somebody else takes the seat just before the first append."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._is_first = True

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        if self._is_first:
            self._is_first = False
            state = State(event.state.protocol, expires_at=event.state.expires_at)
            desk = Event(event.conversation, event.pack, event.seq, event.at, "ana", Kind.DESK, state, "rival")
            self._store.append(desk)
        self._store.append(event, marks, head)


class Caller:
    """Somebody who writes to one conversation, and what counts against them."""

    def __init__(self, store: Any, most: int = 3) -> None:
        self.store, self.clock, self.most = store, ShopClock(), most
        self.catalogue = a_catalogue(_SCRIPT)

    def words(self, text: str = "oi", message_id: str = "", *keys: str, **more: Any) -> Words:
        named = secrets.token_hex(4)
        admissions = tuple(Admission(key, self.most, named) for key in keys or ("address",))
        admissions = more.pop("admissions", admissions)
        return Words(CONVERSATION, "seguros", text, message_id, admissions=admissions, **more)

    @property
    def ports(self) -> dict[str, Any]:
        return {"store": self.store, "catalogue": self.catalogue, "clock": self.clock}

    def opens(self) -> Answer:
        return open_conversation(self.words("Ana"), **self.ports)

    def says(self, *given: str, **more: Any) -> Answer:
        return say(self.words(*given, **more), **self.ports)

    def tickets(self, key: str = "address") -> int:
        """Return how many were let in under a key."""
        ticket = self.store.load_with_tickets(CONVERSATION, 1, [key])[1][0]
        return ticket.seq + 1 if ticket else 0

    def events(self) -> list[Event]:
        return list(self.store.load(CONVERSATION, 100))


@pytest.fixture
def caller(store: Store) -> Caller:
    one = Caller(store)
    one.opens()
    return one


def test_the_message_above_the_limit_is_refused_and_leaves_nothing(caller: Caller) -> None:
    caller.clock.sleep(12)
    caller.says()
    caller.says()
    before = caller.events()

    with pytest.raises(LimitReached) as refused:
        caller.says()

    assert refused.value.retry_after == 48
    assert (caller.events(), caller.tickets()) == (before, 3)


def test_who_waits_as_long_as_told_is_answered(caller: Caller) -> None:
    for _ in range(2):
        caller.says()

    caller.clock.sleep(60)

    assert caller.says().event.reply
    assert caller.tickets() == 4


def test_an_instance_whose_clock_is_behind_lets_nobody_in_sooner(caller: Caller) -> None:
    behind = Caller(caller.store)
    behind.clock.sleep(-30)
    for one in (behind, caller):
        one.says()

    with pytest.raises(LimitReached) as refused:
        behind.says()
    behind.clock.sleep(60)
    with pytest.raises(LimitReached):
        behind.says()

    assert refused.value.retry_after == 60
    assert caller.tickets() == 3


def test_an_opening_above_the_limit_is_refused_and_leaves_nothing(store: Store) -> None:
    caller = Caller(store, most=1)
    caller.opens()
    other = Words(ConversationId("another0"), "seguros", "Bia", admissions=caller.words().admissions)

    with pytest.raises(LimitReached):
        open_conversation(other, **caller.ports)

    assert store.load(other.conversation, 1) == []
    assert [head.conversation for head in store.scan_heads("", 9)] == [CONVERSATION]


def test_a_copy_of_a_stored_message_is_answered_for_nothing_even_above_the_limit(caller: Caller) -> None:
    for number in range(2):
        caller.says("oi", f"m-{number}")

    again = caller.says("oi", "m-0")

    assert again.replayed
    assert caller.tickets() == 3


def test_who_loses_the_seat_to_somebody_else_pays_once(caller: Caller) -> None:
    caller.store = Rival(caller.store)

    answer = caller.says()

    assert [event.kind for event in caller.events()][1:] == [Kind.DESK, answer.event.kind]
    assert caller.tickets() == 2


def test_the_last_place_is_not_lost_with_the_seat(caller: Caller) -> None:
    caller.says()
    caller.store = Rival(caller.store)

    assert caller.says().event.reply
    assert caller.tickets() == 3


def test_an_address_and_a_customer_must_both_have_room(caller: Caller) -> None:
    caller.says("oi", "", "address", "customer")
    caller.clock.sleep(10)
    for _ in range(2):
        caller.says("oi", "", "customer")

    with pytest.raises(LimitReached) as refused:
        caller.says("oi", "", "address", "customer")

    assert refused.value.retry_after == 50
    assert (caller.tickets("address"), caller.tickets("customer")) == (2, 3)


def test_an_opening_is_asked_only_of_the_event_that_begins_a_conversation(store: Store) -> None:
    caller = Caller(store)

    for _ in range(2):
        caller.says(admissions=(Admission("openings", 1, secrets.token_hex(4), is_opening=True),), may_open=True)

    assert (len(caller.events()), caller.tickets("openings")) == (2, 1)


def test_words_for_nobodys_conversation_cost_nothing(store: Store) -> None:
    caller = Caller(store)

    with pytest.raises(SessionNotFound):
        caller.says()

    assert caller.tickets() == 0


def test_a_model_turn_pays_with_the_words_and_not_again_with_the_reply(caller: Caller) -> None:
    caller.catalogue.choice = a_choice(Decision.MATCH, _SCRIPT.id)
    caller.says("bati o carro")

    answer = ask(caller.words("e agora?"), speaker=Speaker(Slow(lambda: None)), **caller.ports)

    assert [event.kind for event in caller.events()][-2:] == [Kind.SAID, Kind.REPLY]
    assert answer.event.model == "slow"
    assert caller.tickets() == 3


def test_a_person_can_be_called_above_the_limit(caller: Caller) -> None:
    for _ in range(2):
        caller.says()

    answer = call_person(CONVERSATION, "pt-BR", "", **caller.ports)

    assert answer.event.reply
    assert caller.tickets() == 3


def test_the_record_shows_no_tickets_and_erasing_leaves_the_count(caller: Caller) -> None:
    caller.says()

    events, _ = list_events("", 50, store=caller.store)
    erase(CONVERSATION, store=caller.store, shelf=caller.store, clock=caller.clock)

    assert [event.seq for event in events] == [0, 1]
    assert [event.kind for event in caller.events()] == [Kind.ERASED]
    assert caller.tickets() == 2
