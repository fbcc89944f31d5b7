"""A turn's trips to MongoDB: what counts exactly is read beside the conversation and written with the event."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.tickets import Admission
from roteiro.stores.mongo import MongoStore
from roteiro.usecases.customer import open_conversation, say
from roteiro.usecases.turns import Words
from tests.contract.builders import CONVERSATION
from tests.contract.commands import HeardCommands
from tests.factories import a_catalogue, a_choice, a_script
from tests.shop import ShopClock

_SCRIPT = a_script()
_READS = ["find"] * 2  # of the events and of the tickets, under way at once: one trip


class Customer:
    """A customer in the middle of a script, on a store that listens."""

    def __init__(self, store: Any, heard: HeardCommands) -> None:
        catalogue = a_catalogue(_SCRIPT, choice=a_choice(Decision.MATCH, _SCRIPT.id))
        self.ports: dict[str, Any] = {"store": store, "catalogue": catalogue, "clock": ShopClock()}
        self.heard = heard

    def does(self, deed: Any, text: str, *keys: str) -> list[str]:
        """Return the commands of one deed."""
        admissions = tuple(Admission(key, 60, secrets.token_hex(4)) for key in keys)
        self.heard.names.clear()
        deed(Words(CONVERSATION, "seguros", text, admissions=admissions), **self.ports)
        return list(self.heard.names)


@pytest.fixture
def customer(nx_url: str) -> Iterator[Customer]:
    heard = HeardCommands()
    store = MongoStore(nx_url, event_listeners=[heard])
    store.prepare()
    yield Customer(store, heard)
    store.close()


def test_a_scripted_turn_that_is_counted_exactly_takes_two_trips(customer: Customer) -> None:
    customer.does(open_conversation, "Ana")
    customer.does(say, "bati o carro")

    assert customer.does(say, "ok", "address") == [*_READS, "insert"]
    assert customer.heard.strays == []


def test_a_turn_that_each_instance_counts_for_itself_reads_no_ticket(customer: Customer) -> None:
    customer.does(open_conversation, "Ana")
    customer.does(say, "bati o carro")

    assert customer.does(say, "ok") == ["find", "insert"]


@pytest.mark.parametrize(("keys", "reads"), [((), []), (("address",), _READS)])
def test_an_opening_that_is_counted_exactly_takes_one_trip_more(
    customer: Customer, keys: tuple[str, ...], reads: list[str]
) -> None:
    assert customer.does(open_conversation, "Ana", *keys) == [*reads, "findAndModify", "insert", "insert"]


def test_a_read_too_many_would_be_heard(customer: Customer) -> None:
    customer.does(open_conversation, "Ana")
    customer.does(say, "bati o carro")
    store, load = customer.ports["store"], customer.ports["store"].load
    store.load = lambda *given: load(*given) and load(*given)

    assert customer.does(say, "ok", "address") == ["find", *_READS, "insert"]
