"""What cannot be written to the audit is not done: no event, no head, no word to the customer."""

from typing import Any

import pytest

from roteiro.errors import RoteiroError, Stale, StoreUnavailable
from roteiro.usecases.audit import verify_chain
from roteiro.usecases.desk import Attendant, Desk, Order, act, opened
from tests.contract.encounter import DEEDS, Encounter

ANA = Attendant("ana", "Ana", "attendant", "pedido-0001")


class Unwritable:
    """A shelf whose audit refuses: full of rivals, or away."""

    def __init__(self, shelf: Any, error: RoteiroError | None) -> None:
        self._shelf = shelf
        self._error = error

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._shelf, verb)

    def create(self, key: str, document: object) -> bool:
        if self._error:
            raise self._error
        return False


@pytest.mark.parametrize(("error", "refusal"), [(StoreUnavailable("away"), StoreUnavailable), (None, Stale)])
@pytest.mark.parametrize("name", [name for name in DEEDS if name != "erase"])
def test_a_deed_that_cannot_be_audited_leaves_the_conversation_as_it_was(
    name: str, error: RoteiroError | None, refusal: type[RoteiroError], store: Any
) -> None:
    one = Encounter(store, "000001")
    before = one.events()
    desk = Desk(store, Unwritable(store, error), one.clock)

    with pytest.raises(refusal):
        act(one.conversation, ANA, Order(DEEDS[name].doing(one)), desk)

    assert one.events() == before


def test_a_conversation_that_cannot_be_audited_is_not_read(store: Any) -> None:
    one = Encounter(store, "000001")

    with pytest.raises(StoreUnavailable):
        opened(one.conversation, ANA, Desk(store, Unwritable(store, StoreUnavailable("away")), one.clock))


def test_each_deed_is_one_entry_of_a_whole_chain_and_says_why_without_a_word_of_the_customer(store: Any) -> None:
    one = Encounter(store, "000001")
    desk = Desk(store, store, one.clock)

    act(one.conversation, ANA, Order(DEEDS["takeover"].doing(one), reason="cliente ligou"), desk)
    act(one.conversation, ANA, Order(DEEDS["close"].doing(one)), desk)

    taken, closed = store.scan("audit:seguros:")
    assert [taken["action"], closed["action"]] == ["conversation.takeover", "conversation.close"]
    assert (taken["who"], taken["reason"], taken["request_id"]) == ("ana", "cliente ligou", "pedido-0001")
    assert "bati o carro" not in str([taken, closed])
    assert verify_chain("seguros", store) == []
