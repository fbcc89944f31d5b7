"""What is taken away of an investigation: a table that no spreadsheet runs, and data that say how to take them."""

import csv
import json
from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.anomalies.finding import Finding, Rule, Severity, note
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.tables import Extract, as_csv, as_json
from roteiro.domain.anomalies.tally import Month, Tally
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Aggregate
from tests.ledgers import a_purchase

BREAD = a_purchase("77", supplier_name="Padaria", object="-Pães", final=250)
GROWN = Finding(
    Rule.GROWTH,
    Severity.HIGH,
    ("=SUM(A1)-5", BREAD.id),
    123456,
    {"contracts": 1, "supplier": "Padaria", "base": 100, "final": 200, "share": 12_345, "reference": 2_500},
)
CASE = Investigation(
    "36000",
    "2026-01-01",
    "2026-06-30",
    is_demo=True,
    sources=("amostra",),
    whole=Aggregate(9, 1, 1),
    tally=Tally(contracts=4, suppliers=1, cents=50_050, months={"2026-05": Month(50_050, 4)}),
).with_found([GROWN])
TAKEN = Extract(CASE, "INV-2026-001", "Ministério da Saúde", "2026-11-20T18:00:00.000Z", {BREAD.id: BREAD})


def rows(extract: Extract = TAKEN, locale: str = "pt-BR") -> list[list[str]]:
    return list(csv.reader(as_csv(extract, locale).decode("utf-8-sig").splitlines(), delimiter=";"))


def data(extract: Extract = TAKEN) -> Any:
    return json.loads(as_json(extract, "pt-BR"))


@pytest.mark.parametrize(
    ("locale", "rule", "severity", "value"),
    [
        ("pt-BR", "aumento acima da referência", "alto", "1234,56"),
        ("en", "growth above the reference", "high", "1234.56"),
        ("es", "aumento por encima de la referencia", "alta", "1234,56"),
    ],
)
def test_a_table_is_in_the_readers_language(locale: str, rule: str, severity: str, value: str) -> None:
    head, first, _ = rows(locale=locale)

    assert len(head) == len(first)
    assert first[:3] == ["1", rule, severity]
    assert first[-3] == value


def test_a_table_has_a_line_for_each_contract_of_a_finding_with_what_is_known_of_it() -> None:
    _, unknown, known = rows()

    assert known[4:10] == ["77", BREAD.signed, "Padaria", BREAD.unit, "'-Pães", "2,50"]
    assert unknown[5:10] == [""] * 5


def test_a_filter_stands_in_the_table_and_in_the_data() -> None:
    bounded = replace(TAKEN, case=replace(CASE, bounds=Bounds(100_000_000)))

    assert rows(bounded)[1][-2] == "valor final a partir de R$ 1.000.000,00"
    assert data(bounded)["filter"] == {"minimum_reais": 1_000_000.0, "maximum_reais": None}
    assert (data(bounded)["contracts"], data(bounded)["contracts_in_period"]) == (4, 9)


def test_no_cell_is_a_formula() -> None:
    assert not [cell for row in rows() for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_data_say_what_was_read_and_that_an_anomaly_proves_nothing() -> None:
    told = data()

    assert told["organ"] == {"name": "Ministério da Saúde", "siafi_code": "36000"}
    assert told["issued_at"] == "2026-11-20T18:00:00.000Z"
    assert [one["month"] for one in told["months"]] == [f"2026-0{month}" for month in range(1, 7)]
    assert told["months"][4:] == [
        {"month": "2026-05", "contracts": 4, "value_reais": 500.5},
        {"month": "2026-06", "contracts": 0, "value_reais": 0.0},
    ]
    assert told["note"] == note("pt-BR")
    assert told["is_demo_mode"] is True


def test_money_is_in_reais_and_says_so_and_a_share_is_a_number_up_to_one_and_more() -> None:
    told = data()["findings"][0]

    assert told["value_reais"] == 1234.56
    assert told["figures"] == {
        "contracts": 1,
        "supplier": "Padaria",
        "base_reais": 1.0,
        "final_reais": 2.0,
        "share": 1.2345,
        "reference": 0.25,
    }


def test_the_data_tell_what_is_known_of_a_contract() -> None:
    unknown, known = data()["findings"][0]["contracts"]

    assert unknown.keys() == {"id", "number"}
    assert (known["number"], known["supplier"], known["final_reais"]) == ("77", "Padaria", 2.5)
