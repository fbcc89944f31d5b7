"""What a message tells by itself: the documented table, and phrasings of our own, by the clock of that table."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roteiro.domain.values.told import told
from roteiro.domain.values.value import Entity
from roteiro.files.packs.folders import read_pack

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 20)  # a Friday
ORGANS = read_pack(ROOT / "packs" / "transparencia").pack.lists["organs"]
# Rows: message, codes of organs, period, [value, comparison] of each amount, and the year collected before.
# Those of `missed` are what people mean and nobody reads yet.
TABLES: dict[str, list[list[Any]]] = json.loads((ROOT / "tests" / "data" / "told.json").read_text("utf-8"))


def read(message: str, year: int | None = None) -> tuple[list[str], str | None, list[list[object]]]:
    found = told(message, ORGANS, TODAY, year).as_json()
    period = found["period"] and f"{found['period']['start']}..{found['period']['end']}"
    amounts = [[one["value"], one["op"]] for one in found["amounts"]]
    return [organ["code"] for organ in found["organs"]], period, amounts


@pytest.mark.parametrize("row", [*TABLES["documented"], *TABLES["own"]], ids=lambda row: row[0])
def test_a_message_tells_what_its_row_says(row: list[Any]) -> None:
    message, organs, period, amounts, *year = row

    assert read(message, *year) == (organs, period, amounts)


@pytest.mark.parametrize("row", TABLES["missed"], ids=lambda row: row[0])
@pytest.mark.xfail(strict=True, reason="a known gap of the parsers, kept on record; whoever closes it moves the row")
def test_a_message_that_nobody_reads_yet(row: list[Any]) -> None:
    assert read(row[0]) == tuple(row[1:])


def test_the_table_is_whole() -> None:
    assert len(TABLES["documented"]) == 44
    assert len(TABLES["own"]) >= 60


def test_organs_come_with_both_codes_as_pages_read_them() -> None:
    found = told("contratos do Ministério da Saúde", ORGANS, TODAY, None).as_json()

    assert found["organs"] == [{"name": "Ministério da Saúde", "code": "26000", "siafi_code": "36000"}]
    assert (found["period"], found["values"], found["amounts"]) == (None, [], [])


def test_an_entry_without_codes_is_known_by_its_id() -> None:
    found = told("na prefeitura", (Entity("p1", "Prefeitura"),), TODAY, None).as_json()

    assert found["organs"] == [{"name": "Prefeitura", "code": "p1", "siafi_code": None}]


def test_without_a_list_there_are_no_organs() -> None:
    assert told("contratos do Ministério da Saúde", (), TODAY, None).as_json()["organs"] == []


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("em 2024", {"type": "year", "text": "2024", "year": 2024}),
        ("em março", {"type": "month", "text": "março", "year": 2026, "month": 3, "inferred_year": True}),
        ("em março de 2024", {"type": "month", "text": "março de 2024", "year": 2024, "month": 3}),
        ("2º trimestre de 2024", {"type": "quarter", "year": 2024, "n": 2, "unit": "quarter"}),
        ("segundo semestre de 2023", {"type": "semester", "year": 2023, "n": 2, "unit": "semester"}),
        ("nos últimos 6 meses", {"type": "relative", "text": "últimos 6 meses", "n": 6, "unit": "month"}),
        ("semana passada", {"type": "relative", "start": "2026-11-09", "end": "2026-11-15", "n": 1, "unit": "week"}),
        ("mês passado", {"type": "relative", "year": 2026, "month": 10, "n": 1, "unit": "month"}),
        ("ano passado", {"type": "relative", "year": 2025, "n": 1, "unit": "year"}),
        ("de 2022 a 2024", {"type": "range", "text": "2022 a 2024"}),
        ("desde 2023", {"type": "range", "text": "desde 2023", "year": 2023}),
    ],
)
def test_a_period_comes_with_its_kind_and_what_is_known_of_it(message: str, expected: dict[str, object]) -> None:
    period = told(message, ORGANS, TODAY, None).as_json()["period"]

    assert period | expected == period
    assert period.keys() == {"type", "start", "end", "text"} | (expected.keys() - {"start", "end", "text", "type"})


def test_the_first_of_two_periods_counts() -> None:
    assert read("em 2024, e depois em maio de 2025")[1] == "2024-01-01..2024-12-31"


def test_amounts_are_told_in_reais_with_their_words() -> None:
    found = told("entre R$ 10 mil e 2 milhões de reais", ORGANS, TODAY, None).as_json()

    assert found["values"] == [10000.0, 2000000.0]
    assert [one["text"] for one in found["amounts"]] == ["R$ 10 mil", "2 milhões de reais"]
