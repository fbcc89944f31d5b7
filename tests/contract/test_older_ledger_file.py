"""A SQLite file of an older release is read on: its contracts stay, what it lacks is added."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

import pytest

from roteiro.domain.contracts.records import Counts, Item, Purchase
from roteiro.domain.contracts.scope import Scope
from roteiro.stores.records import record_to
from roteiro.stores.sqlite import SqliteStore
from tests.ledgers import a_purchase, an_item

# The tables of contracts as the first release made them.
_OLD = """
CREATE TABLE purchases (
  id TEXT PRIMARY KEY, organ TEXT NOT NULL, place TEXT NOT NULL, signed TEXT NOT NULL, supplier TEXT NOT NULL,
  final INTEGER NOT NULL, digest TEXT NOT NULL, edition TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX purchases_by_place ON purchases (organ, place, signed, supplier, final);
CREATE TABLE purchase_items (
  id TEXT PRIMARY KEY, contract TEXT NOT NULL, kind TEXT NOT NULL, price INTEGER NOT NULL,
  digest TEXT NOT NULL, edition TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX purchase_items_by_kind ON purchase_items (kind, id, price);
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file with one contract and 400 prices of the old release."""
    made = tmp_path / "new.db"
    with closing(SqliteStore(str(made))) as store:
        for unit, price in (("1", 2000), ("2", 6000)):
            store.ledger().put_many([an_item(n, f"{unit}50005-{n}", price=price) for n in range(200)])
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(_OLD)
        connection.execute("ATTACH ? AS made", (str(made),))
        connection.execute("INSERT INTO purchase_items SELECT * FROM made.purchase_items")
        connection.execute("INSERT INTO purchases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _old_row(a_purchase()))
        connection.commit()
    return old


def _old_row(contract: Purchase) -> tuple[object, ...]:
    """Return a contract as the first release wrote it: with no number, its digest of its content alone."""
    document = {**asdict(contract), "digest": _old_digest(contract)}
    document["_id"] = document.pop("id")
    document["place"] = contract.place
    names = ("_id", "organ", "place", "signed", "supplier", "final", "digest", "edition")
    return (*(document[name] for name in names), json.dumps(document, ensure_ascii=False))


def _old_digest(record: Purchase | Item) -> str:
    told = json.dumps({**asdict(record), "edition": ""}, ensure_ascii=False, sort_keys=True)
    return blake2b(told.encode(), digest_size=12).hexdigest()


def test_an_older_file_gives_its_contracts_and_draws_prices_fairly(old_file: Path) -> None:
    with closing(SqliteStore(str(old_file))) as store:
        drawn = store.ledger().prices("cafe em po", 100)

        assert store.ledger().purchases_of(["250005-1"]) == [a_purchase()]
    assert 35 <= drawn.count(2000) <= 65


def test_a_contract_of_an_older_file_is_found_by_its_number_once_it_is_imported_again(old_file: Path) -> None:
    with closing(SqliteStore(str(old_file))) as store:
        ledger = store.ledger()
        before = ledger.largest(Scope(number="1"), 5)

        assert ledger.put_many([a_purchase()]) == Counts(changed=1)
        assert (before, ledger.largest(Scope(number="1"), 5)) == ([], [a_purchase()])
        assert ledger.put_many([a_purchase()]) == Counts(unchanged=1)


def test_prices_that_were_imported_before_are_no_news() -> None:
    assert record_to(an_item())["digest"] == _old_digest(an_item())


def test_an_older_file_gets_the_new_index_in_the_place_of_the_old(old_file: Path) -> None:
    with closing(SqliteStore(str(old_file))) as store:
        store.prepare()

    with closing(sqlite3.connect(old_file)) as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT price FROM purchase_items WHERE kind = 'a' ORDER BY digest LIMIT 9"
        ).fetchall()
    assert [row[3] for row in plan] == ["SEARCH purchase_items USING COVERING INDEX purchase_items_drawn (kind=?)"]
