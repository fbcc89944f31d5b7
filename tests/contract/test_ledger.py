"""Public contracts on every store: kept once, replaced when they change, read by organ and period in order."""

from dataclasses import replace

import pytest

from roteiro.domain.contracts.records import DEMO, Aggregate, Counts, Item, Noted, Purchase, Record, Source
from roteiro.ports import Ledger
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract.commands import HeardCommands
from tests.ledgers import a_note, a_purchase, an_item

YEAR = ("36000", "2024-01-01", "2024-12-31")


@pytest.fixture
def ledger(store: SqliteStore | MongoStore) -> Ledger:
    return store.ledger()


@pytest.mark.parametrize("record", [a_purchase(), an_item(), a_note()])
def test_a_record_is_new_then_unchanged_then_changed(ledger: Ledger, record: Record) -> None:
    changed = replace(_other(record), edition="202404")

    counts = [ledger.put_many([one]) for one in (record, record, changed, changed)]

    assert counts == [Counts(new=1), Counts(unchanged=1), Counts(changed=1), Counts(unchanged=1)]


def _other(record: Record) -> Record:
    if isinstance(record, Purchase):
        return replace(record, final=7)
    return replace(record, price=7) if isinstance(record, Item) else replace(record, text="Outro")


def test_what_an_older_edition_says_replaces_nothing(ledger: Ledger) -> None:
    ledger.put_many([a_purchase(final=5, edition="202405")])

    counts = ledger.put_many([a_purchase(final=4, edition="202404")])

    assert counts == Counts(unchanged=1)
    assert [one.final for one in ledger.purchases(*YEAR)] == [5]


def test_a_batch_is_sorted_into_new_changed_and_unchanged(ledger: Ledger) -> None:
    ledger.put_many([a_purchase(n) for n in range(400)])

    counts = ledger.put_many([a_purchase(n, final=n % 2 * 9 + 100_000) for n in range(200, 600)])

    assert counts == Counts(new=200, changed=100, unchanged=100)
    assert ledger.aggregates(*YEAR).contracts == 600


def test_of_two_lines_with_one_number_the_later_counts(ledger: Ledger) -> None:
    assert ledger.put_many([a_purchase(final=1), a_purchase(final=2)]) == Counts(new=1, unchanged=1)

    assert [one.final for one in ledger.purchases(*YEAR)] == [2]


def test_nothing_is_put_without_harm(ledger: Ledger) -> None:
    assert ledger.put_many([]) == Counts()


def test_a_contract_comes_back_as_it_was(ledger: Ledger) -> None:
    purchase = a_purchase(supplier_name="D'Ávila & Cia “Ção” 😀", object="{$gt: 1} 'DROP", initial=10**15 - 1)
    ledger.put_many([purchase])

    assert ledger.purchases(*YEAR) == [purchase]


def test_items_and_notes_come_back_with_their_contracts(ledger: Ledger) -> None:
    items = [an_item(2, "250005-2"), an_item(1, "250005-1")]
    notes = [a_note(1, "250005-2", what=Noted.ADJUSTMENT, cents=-5)]
    ledger.put_many([*items, an_item(1, "250005-3")])
    ledger.put_many(notes)

    assert ledger.items(["250005-1", "250005-2"]) == items[::-1]
    assert ledger.notes(["250005-1", "250005-2"]) == notes
    assert not ledger.items([])
    assert not ledger.notes([])


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2024-03-15", "2024-03-15", 1),
        ("2024-03-16", "2024-12-31", 0),
        ("2024-01-01", "2024-03-14", 0),
        ("2024-12-31", "2024-01-01", 0),
    ],
)
def test_a_period_includes_both_its_ends(ledger: Ledger, start: str, end: str, found: int) -> None:
    ledger.put_many([a_purchase(1), a_purchase(2, organ="26000")])

    assert len(ledger.purchases("36000", start, end)) == found
    assert ledger.aggregates("36000", start, end).contracts == found


def test_contracts_are_read_page_by_page_supplier_after_supplier(ledger: Ledger) -> None:
    suppliers = ["2", "1", "", "10", "1 B", "1"]
    ledger.put_many([a_purchase(n, supplier=supplier) for n, supplier in enumerate(suppliers)])

    read, after = [], ""
    while page := ledger.purchases(*YEAR, after=after, limit=2):
        read += [one.supplier for one in page]
        after = page[-1].place

    assert read == ["", "1", "1", "1 B", "10", "2"]


def test_sums_are_of_one_organ_and_period_and_exact(ledger: Ledger) -> None:
    ledger.put_many([a_purchase(n, supplier=str(n % 3), final=10**14 + n) for n in range(50)])
    ledger.put_many([a_purchase("x", organ="26000")])

    assert ledger.aggregates(*YEAR) == Aggregate(50, 3, 50 * 10**14 + sum(range(50)))
    assert ledger.aggregates("1", "", "9") == Aggregate(0, 0, 0)


def test_the_span_of_an_organ_is_from_its_first_contract_to_its_last(ledger: Ledger) -> None:
    days = ["2024-03-15", "2026-10-01", "2025-01-01"]
    ledger.put_many([a_purchase(n, signed=day) for n, day in enumerate(days)])
    ledger.put_many([a_purchase("x", organ="26000", signed="1999-01-01")])

    assert ledger.span("36000") == ("2024-03-15", "2026-10-01")
    assert ledger.span("1") is None


def test_prices_of_an_item_come_from_whoever_bought_it(ledger: Ledger) -> None:
    ledger.put_many([an_item(n, f"25000{n}-1", price=n) for n in range(5)])
    ledger.put_many([an_item(9, kind="cha", price=9)])

    assert sorted(ledger.prices("cafe em po", 9)) == [0, 1, 2, 3, 4]
    assert len(ledger.prices("cafe em po", 4)) == 4
    assert ledger.prices("bolo", 4) == []


def test_of_many_prices_a_fair_draw_is_taken_whoever_comes_first(ledger: Ledger) -> None:
    for unit, count, price in (("1", 100, 2000), ("2", 300, 6000)):
        ledger.put_many([an_item(n, f"{unit}50005-{n}", price=price) for n in range(count)])

    drawn = ledger.prices("cafe em po", 100)

    assert 60 <= drawn.count(6000) <= 90
    assert ledger.prices("cafe em po", 100) == drawn


def test_contracts_are_found_by_their_ids_whoever_made_them(ledger: Ledger) -> None:
    made = [a_purchase(1, supplier="2"), a_purchase(2, organ="26000"), a_purchase(3)]
    ledger.put_many(made)

    assert ledger.purchases_of(["250005-2", "250005-1", "250005-x"]) == made[:2]
    assert ledger.purchases_of([]) == []


def test_as_many_contracts_as_promised_are_looked_up_at_once(ledger: Ledger) -> None:
    ledger.put_many([a_purchase(n) for n in range(1000)])

    assert len(ledger.purchases_of([f"250005-{n}" for n in range(1000)])) == 1000


def test_a_source_is_known_by_its_name_and_told_again(ledger: Ledger) -> None:
    ledger.note_source(Source("b.csv", "2024", 1))
    ledger.note_source(Source("a.csv", "2024", 1, is_demo=True))

    ledger.note_source(Source("b.csv", "2025", 2))

    assert ledger.sources() == [Source("a.csv", "2024", 1, is_demo=True), Source("b.csv", "2025", 2)]


def test_the_sample_goes_whole_and_alone(ledger: Ledger) -> None:
    for prefix in ("", DEMO):
        contract = f"{prefix}250005-1"
        ledger.put_many([replace(a_purchase(), id=contract)])
        ledger.put_many([an_item(1, contract)])
        ledger.put_many([a_note(1, contract)])
        ledger.note_source(Source(f"{prefix}a.csv", "2024", 1, bool(prefix)))

    ledger.forget(DEMO)

    assert [one.id for one in ledger.purchases(*YEAR)] == ["250005-1"]
    assert [len(ledger.items([one])) for one in ("250005-1", "demo-250005-1")] == [1, 0]
    assert [source.name for source in ledger.sources()] == ["a.csv"]


def test_a_ledger_says_to_mongodb_nothing_beyond_the_portable_but_in_and_sums(nx_url: str) -> None:
    heard = HeardCommands()
    store = MongoStore(nx_url, event_listeners=[heard])
    ledger = store.ledger()
    ledger.prepare()

    ledger.put_many([a_purchase(1), a_purchase(2)])
    ledger.put_many([a_purchase(1, final=3)])
    ledger.note_source(Source("a.csv", "2024", 1))
    read = [
        *ledger.purchases(*YEAR),
        *ledger.purchases_of(["1"]),
        *ledger.items(["1"]),
        *ledger.notes(["1"]),
        *ledger.sources(),
    ]
    ledger.aggregates(*YEAR)
    ledger.forget(DEMO)
    store.close()

    assert len(read) == 3
    assert set(heard.strays) == {"$in", "aggregate", "$match", "$group", "$sum"}
