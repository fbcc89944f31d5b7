"""What is taken away of an investigation: a table that no spreadsheet runs, and data that say how to take them."""

import csv
import json

import pytest

from roteiro.domain.anomalies.finding import Finding, Rule, Severity, note
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.tables import as_csv, as_json
from roteiro.domain.contracts.records import Aggregate

GROWN = Finding(
    Rule.GROWTH, Severity.HIGH, ("=SUM(A1)-5",), 123456, {"contract": "1", "base": 100, "final": 200, "share": 10000}
)
CASE = Investigation("36000", "2026-01-01", "2026-06-30", True, ("amostra",), Aggregate(1, 1, 1)).with_found([GROWN])  # noqa: FBT003 - it is a demonstration


@pytest.mark.parametrize(("locale", "value"), [("pt-BR", "1234,56"), ("en", "1234.56"), ("es", "1234,56")])
def test_a_table_has_a_line_for_each_finding_in_the_readers_language(locale: str, value: str) -> None:
    head, row = csv.reader(as_csv(CASE, locale).decode("utf-8-sig").splitlines(), delimiter=";")

    assert len(head) == len(row)
    assert row[:2] == ["growth", "high"]
    assert row[-2] == value


def test_no_cell_is_a_formula() -> None:
    cells = [
        cell
        for row in csv.reader(as_csv(CASE, "pt-BR").decode("utf-8-sig").splitlines(), delimiter=";")
        for cell in row
    ]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_data_say_what_was_read_and_that_an_anomaly_proves_nothing() -> None:
    told = json.loads(as_json(CASE, "INV-2026-001", "Ministério da Saúde", "pt-BR"))

    assert told["organ"] == {"name": "Ministério da Saúde", "siafi_code": "36000"}
    assert told["findings"][0]["value"] == 1234.56
    assert told["note"] == note("pt-BR")
    assert told["is_demo_mode"] is True
