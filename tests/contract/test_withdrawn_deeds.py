"""What the audit was told and rivals then made impossible is taken back there, so that nobody seems to have done it."""

from typing import Any

import pytest

from roteiro.domain.conversation import Event, State
from roteiro.domain.desk import desking
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import ConversationBusy, SeatTaken, StoreUnavailable, Taken
from roteiro.usecases.audit import verify_chain
from roteiro.usecases.desk import Attendant, Desk, Order, act
from tests.contract.encounter import Encounter

ANA, RUI = (Attendant(f"key:{name}", name, "attendant", account=name) for name in ("ana", "rui"))


class Overtaken:
    """A store where others are faster: each append first lets them act, or fails."""

    def __init__(self, store: Any, rival: Any) -> None:
        self._store = store
        self._rival = rival

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def append(self, event: Event, *others: Any) -> None:
        self._rival()
        self._store.append(event, *others)


def taking(who: Attendant) -> Order:
    def doing(state: State, _: Occasion) -> desking.Act:
        return desking.take_over(state, who.id, who.name)

    return Order(doing, reason="cliente ligou")


def told(store: Any) -> list[tuple[str, str]]:
    return [(entry["who"], entry["action"]) for entry in store.scan("audit:seguros:")]


def failing(error: Exception) -> Any:
    def fail() -> None:
        raise error

    return fail


def test_who_lost_a_conversation_to_a_colleague_did_not_take_it_over(store: Any) -> None:
    one = Encounter(store, "000001")
    overtaken = Overtaken(store, lambda: act(one.conversation, RUI, taking(RUI), Desk(store, store, one.clock)))

    with pytest.raises(Taken, match="colleague"):
        act(one.conversation, ANA, taking(ANA), Desk(overtaken, store, one.clock))

    took = "conversation.takeover"
    assert told(store) == [("ana", took), ("rui", took), ("ana", f"{took}.withdrawn")]
    assert verify_chain("seguros", store) == []


def test_a_deed_that_lost_every_seat_is_taken_back(store: Any) -> None:
    one = Encounter(store, "000001")

    with pytest.raises(ConversationBusy):
        act(one.conversation, ANA, taking(ANA), Desk(Overtaken(store, failing(SeatTaken("x"))), store, one.clock))

    assert told(store) == [("ana", "conversation.takeover"), ("ana", "conversation.takeover.withdrawn")]


def test_a_deed_that_may_have_been_written_is_not_taken_back(store: Any) -> None:
    one = Encounter(store, "000001")

    with pytest.raises(StoreUnavailable):
        act(one.conversation, ANA, taking(ANA), Desk(Overtaken(store, failing(StoreUnavailable())), store, one.clock))

    assert told(store) == [("ana", "conversation.takeover")]
