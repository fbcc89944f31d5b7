"""Questions to the ledger of every store: totals, the largest contracts, the suppliers with most, one by its number."""

from typing import Any

import pytest

from roteiro.domain.contracts.records import Aggregate, Purchase
from roteiro.domain.contracts.scope import Scope, SupplierShare
from roteiro.ports import Ledger
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract.commands import HeardCommands
from tests.ledgers import a_note, a_purchase, an_item

DEFENCE, HEALTH = "36000", "26000"


@pytest.fixture
def ledger(store: SqliteStore | MongoStore) -> Ledger:
    """A ledger with five contracts of two organs and three suppliers."""
    ledger = store.ledger()
    ledger.put_many(
        [
            bought("000012025", "1", 500, signed="2025-01-01"),
            bought("00012/2025", "2", 300, signed="2025-12-31"),
            bought("7", "1", 300),
            bought("8", "", 900, supplier_name="Sigiloso"),
            bought("9", "2", 700, organ=HEALTH),
        ]
    )
    return ledger


def bought(number: str, supplier: str, cents: int, **given: Any) -> Purchase:
    return a_purchase(number, supplier=supplier, final=cents, **({"supplier_name": f"Firma {supplier}"} | given))


@pytest.mark.parametrize(
    ("scope", "total"),
    [
        (Scope(), Aggregate(5, 3, 2700)),
        (Scope((DEFENCE,)), Aggregate(4, 3, 2000)),
        (Scope((DEFENCE, HEALTH), "2024-01-01", "2024-12-31"), Aggregate(3, 3, 1900)),
        (Scope(start="2025-01-01", end="2025-12-31"), Aggregate(2, 2, 800)),
        (Scope(supplier="2"), Aggregate(2, 1, 1000)),
        (Scope((HEALTH,), supplier="1"), Aggregate(0, 0, 0)),
        (Scope(low=300, high=500), Aggregate(3, 2, 1100)),
        (Scope(high=0), Aggregate(0, 0, 0)),
        (Scope(("1",)), Aggregate(0, 0, 0)),
    ],
)
def test_a_total_is_of_what_was_asked_about_and_no_more(ledger: Ledger, scope: Scope, total: Aggregate) -> None:
    assert ledger.total(scope) == total


@pytest.mark.parametrize(
    ("scope", "limit", "found"),
    [
        (Scope(), 3, [900, 700, 500]),
        (Scope((DEFENCE,)), 9, [900, 500, 300, 300]),
        (Scope((DEFENCE, HEALTH)), 2, [900, 700]),
        (Scope(supplier="1"), 9, [500, 300]),
        (Scope(high=400), 9, [300, 300]),
        (Scope(("1",)), 9, []),
    ],
)
def test_the_largest_contracts_come_first_and_no_more_than_wanted(
    ledger: Ledger, scope: Scope, limit: int, found: list[int]
) -> None:
    assert [one.final for one in ledger.largest(scope, limit)] == found


def test_contracts_of_one_value_come_in_the_order_of_their_places(ledger: Ledger) -> None:
    assert [one.supplier for one in ledger.largest(Scope(low=300, high=300), 5)] == ["1", "2"]


def test_the_suppliers_with_the_greatest_sums_come_first_each_with_its_name(ledger: Ledger) -> None:
    assert ledger.top_suppliers(Scope(), 2) == [
        SupplierShare("2", "Firma 2", 2, 1000),
        SupplierShare("", "Sigiloso", 1, 900),
    ]
    assert [one.cents for one in ledger.top_suppliers(Scope((DEFENCE,)), 9)] == [900, 800, 300]


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (Scope(supplier="5"), "Padaria Zuleide"),
        (Scope(supplier="5", end="2024-12-31"), "Padaria Ana"),
        (Scope((DEFENCE,), low=2, high=9), "Padaria Boa"),
    ],
)
def test_a_supplier_of_several_names_has_the_last_by_its_letters_of_those_asked_about(
    ledger: Ledger, scope: Scope, name: str
) -> None:
    names = ["Padaria Ana", "Padaria Zuleide", "Padaria Boa"]
    days = ["2024-03-15", "2025-01-01", "2025-01-02"]
    for number, (named, day) in enumerate(zip(names, days, strict=True)):
        ledger.put_many([bought(f"n{number}", "5", number * number or 1, supplier_name=named, signed=day)])

    assert [one.name for one in ledger.top_suppliers(scope, 5)] == [name]


def test_a_cpf_that_was_stored_in_full_is_masked_when_it_is_read(ledger: Ledger) -> None:
    ledger.put_many([bought("m", "5", 1, supplier_name="JOSE 52998224725", object="Curso de 529.982.247-25")])
    ledger.put_many([an_item(1, "250005-m", name="Aula (52998224725)", kind="aula 52998224725")])
    ledger.put_many([a_note(1, "250005-m", text="A pedido de 529.982.247-25")])

    (contract,) = ledger.largest(Scope(supplier="5"), 1)
    (item,), (note,) = ledger.items([contract.id]), ledger.notes([contract.id])

    assert [contract.supplier_name, contract.object] == ["JOSE ***.982.247-**", "Curso de ***.982.247-**"]
    assert ledger.top_suppliers(Scope(supplier="5"), 1)[0].name == "JOSE ***.982.247-**"
    assert item.name == "Aula (***.982.247-**)"
    assert ledger.prices(item.kind, 5) == [item.price]
    assert note.text == "A pedido de ***.982.247-**"


@pytest.mark.parametrize(("number", "found"), [("12025", 1), ("122025", 1), ("9", 1), ("1", 0)])
def test_a_contract_is_found_by_its_number(ledger: Ledger, number: str, found: int) -> None:
    assert len(ledger.largest(Scope(number=number), 5)) == found
    assert ledger.total(Scope(number=number)).contracts == found


def test_a_sum_is_exact_beyond_what_a_float_holds(ledger: Ledger) -> None:
    ledger.put_many([bought(f"g{n}", str(n % 3), 10**14 + n, organ="1") for n in range(7)])

    assert ledger.total(Scope(("1",))) == Aggregate(7, 3, 7 * 10**14 + 21)
    assert ledger.top_suppliers(Scope(("1",)), 1) == [SupplierShare("0", "Firma 0", 3, 3 * 10**14 + 9)]


def test_questions_say_to_mongodb_nothing_beyond_the_portable_but_in_and_sums(nx_url: str) -> None:
    heard = HeardCommands()
    store = MongoStore(nx_url, event_listeners=[heard])
    ledger = store.ledger()
    ledger.put_many([a_purchase()])

    ledger.total(Scope((DEFENCE, HEALTH), low=1))
    ledger.largest(Scope((DEFENCE, HEALTH), number="1"), 3)
    heard.names.clear()
    ledger.top_suppliers(Scope(supplier="99000000000100"), 3)
    store.close()

    sums = {"aggregate", "$match", "$group", "$sum", "$max", "$sort", "$limit"}
    assert set(heard.strays) == {"$in"} | sums
    assert heard.names == ["aggregate"]  # names cost no trip of their own


def test_suppliers_are_ranked_by_how_many_contracts_they_have_where_that_is_asked(ledger: Ledger) -> None:
    ledger.put_many([bought(f"r{number}", "8", 1) for number in range(3)])

    shares = ledger.top_suppliers(Scope(), 2, by_count=True)

    assert [(one.supplier, one.contracts, one.cents) for one in shares] == [("8", 3, 3), ("2", 2, 1000)]
