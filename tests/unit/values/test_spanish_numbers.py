"""Amounts and numbers as Spanish speakers say them; Portuguese words keep their meaning for everybody else."""

from datetime import date

import pytest

from roteiro.domain.values.parsing import Hints, parse
from roteiro.domain.values.value import Value


def stored(kind: str, text: str, locale: str) -> object:
    found = parse(kind, text, Hints(date(2026, 1, 1), True, locale=locale))  # noqa: FBT003 - asked for
    assert isinstance(found, Value), found
    return found.stored


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("cien reales", "100.00"),
        ("me costó doscientos reales", "200.00"),
        ("dos mil reales", "2000.00"),
        ("veintitrés reales", "23.00"),
        ("treinta y cinco reales y cincuenta centavos", "35.50"),
        ("mil quinientos", "1500.00"),
        ("150 reales", "150.00"),
    ],
)
def test_spanish_amounts_are_read(said: str, amount: str) -> None:
    assert stored("money_brl", said, "es") == amount


def test_spanish_numbers_are_read() -> None:
    assert stored("integer", "somos cuatro", "es") == 4


def test_of_the_in_portuguese_is_no_two() -> None:
    assert stored("money_brl", "dos mil reais que paguei", "pt-BR") == "1000.00"


def test_reales_are_reais_for_everybody() -> None:
    assert stored("money_brl", "foram 100 reales", "pt-BR") == "100.00"
