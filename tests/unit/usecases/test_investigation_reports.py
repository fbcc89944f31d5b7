"""What a report's tables hold hangs neither on how long looking it up takes nor on how many contracts there are."""

import csv
import io
import json
from typing import Any

import pytest

from roteiro.stores import sqlite_ledger
from roteiro.stores.records import purchase_from
from tests.bureau import Bureau, many, told
from tests.ledgers import a_purchase

GROWN = 30


def investigated(others: int) -> tuple[Bureau, str]:
    """Return a bureau whose grown contracts stand behind so many ordinary ones, and its finished investigation."""
    bureau = Bureau()
    grown = [a_purchase(n, supplier="99999999999999", initial=10**6, final=3 * 10**6) for n in range(GROWN)]
    bureau.bought(*many(others), *grown)
    return bureau, bureau.does("create_record").record


def report(bureau: Bureau, record: str) -> dict[str, bytes]:
    """Ask for the report and return its files by their kind."""
    bureau.does("lookup:report", told(record=record))
    return {name.rpartition(".")[2]: content for name, content in bureau.files.items()}


@pytest.mark.parametrize("others", [10, 1500])
def test_every_line_of_the_table_has_date_supplier_unit_object_and_value(others: int) -> None:
    files = report(*investigated(others))

    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > GROWN
    assert not [row for row in rows if not all(row[5:10])]


def test_tables_are_whole_however_late_it_is() -> None:
    bureau, record = investigated(1500)
    bureau.clock.step = 9.0

    files = report(bureau, record)

    contracts = [one for finding in json.loads(files["json"])["findings"] for one in finding["contracts"]]
    assert all("supplier" in one for one in contracts)


def test_the_contracts_that_findings_name_are_looked_up_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    bureau, record = investigated(1500)
    read: list[str] = []

    def reading(document: Any) -> Any:
        read.append(document["_id"])
        return purchase_from(document)

    monkeypatch.setattr(sqlite_ledger, "purchase_from", reading)
    report(bureau, record)

    assert len(read) == GROWN
