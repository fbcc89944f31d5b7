"""Between which values contracts are looked at, as people say it."""

import pytest

from roteiro.domain.anomalies.bounds import Bounds, bounds_in

MILLION = 100_000_000  # cents


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("contratos acima de R$ 1 milhão em 2025", Bounds(MILLION + 1, is_above=True)),
        ("abaixo de 1 milhão", Bounds(None, MILLION - 1, is_below=True)),
        ("até R$ 1 milhão", Bounds(None, MILLION)),
        ("entre R$ 1 milhão e R$ 2 milhões", Bounds(MILLION, 2 * MILLION)),
        ("de 1 milhão a 2 milhões de reais", Bounds(MILLION, 2 * MILLION)),
        ("mais de 1 milhão e menos de 3 milhões", Bounds(MILLION + 1, 3 * MILLION - 1, is_above=True, is_below=True)),
        ("acima de 3 milhões e abaixo de 1 milhão", Bounds()),
        ("a partir de R$ 1 milhão", Bounds(MILLION)),
        ("de pelo menos 1 milhão", Bounds(MILLION)),
        ("no máximo R$ 1 milhão", Bounds(None, MILLION)),
        ("a partir de 1 milhão e menos de 3 milhões", Bounds(MILLION, 3 * MILLION - 1, is_below=True)),
        ("at least R$ 1 million", Bounds(MILLION)),
        ("um contrato de R$ 1 milhão", Bounds()),
        ("mais de 10 contratos em 2025", Bounds()),
        ("contratos de 2025", Bounds()),
        ("contracts above 1 million", Bounds(MILLION + 1, is_above=True)),
        ("contracts over R$ 1,000,000 in 2025", Bounds(MILLION + 1, is_above=True)),
        ("contracts below 1.5 million", Bounds(None, MILLION * 3 // 2 - 1, is_below=True)),
        ("between 1 and 2 million", Bounds(MILLION, 2 * MILLION)),
        ("contratos de más de 1 millón", Bounds(MILLION + 1, is_above=True)),
        ("mayores de R$ 500.000", Bounds(MILLION // 2 + 1, is_above=True)),
        ("entre 1 y 2 millones", Bounds(MILLION, 2 * MILLION)),
        ("entre 1 e 2 milhões", Bounds(MILLION, 2 * MILLION)),
        ("entre R$ 100 mil e R$ 500 mil em 2025", Bounds(MILLION // 10, MILLION // 2)),
        ("hasta 100 mil", Bounds(None, MILLION // 10)),
        ("more than 10 contracts", Bounds()),
        ("from 2024 up to 2025", Bounds()),
        ("entre 2024 y 2025", Bounds()),
    ],
)
def test_what_was_said_bounds_the_values(words: str, bounds: Bounds) -> None:
    assert bounds_in(words) == bounds


@pytest.mark.parametrize(
    ("bounds", "cents", "holds"),
    [
        (Bounds(), 1, True),
        (Bounds(5), 5, True),
        (Bounds(5), 4, False),
        (Bounds(None, 5), 5, True),
        (Bounds(None, 5), 6, False),
        (Bounds(2, 4), 3, True),
    ],
)
def test_both_ends_count(bounds: Bounds, cents: int, *, holds: bool) -> None:
    assert bounds.hold(cents) is holds


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [
        (Bounds(), ""),
        (Bounds(100), "valor final a partir de R$ 1,00"),
        (Bounds(101, is_above=True), "valor final acima de R$ 1,00"),
        (Bounds(None, 249, is_below=True), "valor final abaixo de R$ 2,50"),
        (Bounds(101, 249, is_above=True, is_below=True), "valor final acima de R$ 1,00 e abaixo de R$ 2,50"),
        (Bounds(100, 249, is_below=True), "valor final a partir de R$ 1,00 e abaixo de R$ 2,50"),
        (Bounds(101, 250, is_above=True), "valor final acima de R$ 1,00 e até R$ 2,50"),
        (Bounds(None, 250), "valor final até R$ 2,50"),
        (Bounds(100, 250), "valor final de R$ 1,00 a R$ 2,50"),
    ],
)
def test_they_are_told_as_people_read_them(bounds: Bounds, shown: str) -> None:
    assert bounds.shown("pt-BR") == shown
