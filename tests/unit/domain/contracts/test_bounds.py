"""Between which values contracts are looked at, as people say it."""

import pytest

from roteiro.domain.contracts.bounds import Bounds, bounds_in

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
        ("entre 100 e 500 mil", Bounds(MILLION // 10, MILLION // 2)),
        ("de 1 a 2 milhões", Bounds(MILLION, 2 * MILLION)),
        ("from 1 to 2 million", Bounds(MILLION, 2 * MILLION)),
        ("with at least 3 suppliers", Bounds()),
        ("com pelo menos 3 aditivos", Bounds()),
        ("mais ou menos 500 mil", Bounds()),
        ("me passa uma receita", Bounds()),
        ("thanks a million", Bounds()),
        ("contratos de 2025 até 100 mil", Bounds(None, MILLION // 10)),
        ("de 2024 a 2025 até 100 mil", Bounds(None, MILLION // 10)),
        ("500 mil ou mais de um fornecedor", Bounds()),
        ("R$ 1.000.000,00 or less", Bounds(None, MILLION)),
        ("half a million or more", Bounds(MILLION // 2)),
        ("over two hundred and fifty thousand", Bounds(MILLION // 4 + 1, is_above=True)),
        ("más de quinientos mil", Bounds(MILLION // 2 + 1, is_above=True)),
        ("acima de 500 mil e abaixo de 1 milhão", Bounds(MILLION // 2 + 1, MILLION - 1, is_above=True, is_below=True)),
    ],
)
def test_what_was_said_bounds_the_values(words: str, bounds: Bounds) -> None:
    assert bounds_in(words) == bounds


@pytest.mark.parametrize(
    "words",
    """1 milhão ou mais|de 1 milhão para cima|1 milhão pra cima|1 millón o más|1 million or more|1 million and above|
    a partir de 1 milhão|pelo menos 1 milhão|ao menos 1 milhão|no mínimo 1 milhão|valor mínimo de 1 milhão|
    igual ou superior a 1 milhão|superior ou igual a 1 milhão|maior ou igual a 1 milhão|não menos de 1 milhão|
    não inferior a 1 milhão|at least 1 million|no less than 1 million|greater than or equal to 1 million|>= 1 milhão|
    al menos 1 millón|como mínimo 1 millón|igual o superior a 1 millón|no menos de 1 millón|1000000 ou mais""".split(
        "|"
    ),
)
def test_the_amount_itself_is_within_from_there_on(words: str) -> None:
    assert bounds_in(f"contratos {words.strip()} em 2025") == Bounds(MILLION)


@pytest.mark.parametrize(
    "words",
    """até 1 milhão|1 milhão ou menos|de 1 milhão para baixo|não mais que 1 milhão|não mais do que 1 milhão|
    no máximo 1 milhão|igual ou inferior a 1 milhão|inferior ou igual a 1 milhão|menor ou igual a 1 milhão|
    que não passam de 1 milhão|não passa de 1 milhão|que não ultrapassem 1 milhão|não superiores a 1 milhão|
    que não sejam superiores a 1 milhão|nada acima de 1 milhão|up to 1 million|1 million or less|at most 1 million|
    no more than 1 million|not over 1 million|hasta 1 millón|no más de 1 millón|1 millón o menos|<= 1 milhão""".split(
        "|"
    ),
)
def test_the_amount_itself_is_within_up_to_there(words: str) -> None:
    assert bounds_in(f"contratos {words.strip()} em 2025") == Bounds(None, MILLION)


@pytest.mark.parametrize(
    "words",
    """acima de 1 milhão|acima dos 1 milhão|mais de 1 milhão|mais do que 1 milhão|maiores que 1 milhão|> 1 milhão|
    superiores a 1 milhão|que passam de 1 milhão|que ultrapassam 1 milhão|over 1 million|exceeding 1 million|
    more than 1 million|más de 1 millón|superior a 1 millón|que superan 1 millón""".split("|"),
)
def test_the_amount_itself_lies_outside(words: str) -> None:
    assert bounds_in(f"contratos {words.strip()} em 2025") == Bounds(MILLION + 1, is_above=True)


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
