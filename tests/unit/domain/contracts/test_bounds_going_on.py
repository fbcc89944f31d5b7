"""Bounds from message to message: the latest words count, and what adds to them keeps the other side."""

import pytest

from roteiro.domain.contracts.narrowing import frees, latest_bounds, only_bounds

ABOVE, BELOW = "só acima de 300 mil", "e abaixo de 1 milhão?"


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        ([ABOVE], "valor final acima de R$ 300.000,00"),
        ([BELOW, ABOVE], "valor final acima de R$ 300.000,00 e abaixo de R$ 1.000.000,00"),
        (["and below 1 million reais", ABOVE], "valor final acima de R$ 300.000,00 e abaixo de R$ 1.000.000,00"),
        (["só abaixo de 1 milhão", ABOVE], "valor final abaixo de R$ 1.000.000,00"),
        (["e abaixo de 200 mil", ABOVE], "valor final abaixo de R$ 200.000,00"),
        (["só acima de 200 mil", ABOVE], "valor final acima de R$ 200.000,00"),
        (["e em 2024?", ABOVE], "valor final acima de R$ 300.000,00"),
        (["sem limite de valor", ABOVE], ""),
        (["e em 2024?", "sem limite", ABOVE], ""),
        ([], ""),
    ],
)
def test_the_latest_words_bound(heard: list[str], shown: str) -> None:
    assert latest_bounds(heard).shown("pt-BR") == shown


@pytest.mark.parametrize(
    "words",
    [
        "sem limite de valor",
        "tira o filtro",
        "qualquer valor",
        "without a limit",
        "any amount",
        "sin límite",
        "all values",
    ],
)
def test_bounds_are_taken_away_in_three_languages(words: str) -> None:
    assert frees(words)
    assert only_bounds(words)


@pytest.mark.parametrize("words", ["acima de 1 milhão", "sem licitação", "o limite da dispensa", ""])
def test_other_words_take_no_bounds_away(words: str) -> None:
    assert not frees(words)


@pytest.mark.parametrize(
    "words", ["quanto gastaram?", "quero saber dos contratos que a defesa assinou acima de 500 mil em 2025"]
)
def test_what_asks_more_is_not_only_a_bound(words: str) -> None:
    assert not only_bounds(words)
