import random
import time
from datetime import date

import pytest

from roteiro.domain.values.parsing import KINDS, Choice, Entity, Hints, Problem, Value, find_all, parse

TODAY = date(2026, 11, 20)
INPUTS = 20_000  # of each kind
HINTS = Hints(
    TODAY,
    choices=(Choice("a", "Seguro de carro", ("auto",)), Choice("b", "Seguro residencial")),
    entities=(Entity("1", "Ministério da Saúde", ("saúde", "=SUS")), Entity("2", "Cultura", (), "context")),
)
PIECES = [
    *"0123456789.,-/ @()+%$:;!?'\"\n\t\0",
    *"sim não um dois mil milhão e meio meia r$ reais centavos de do dia há dias atrás ontem segunda feira".split(),
    *"março janeiro 2024 12/03 29/02 31/02 últimos meses trimestre entre ano passado arroba ponto com br".split(),
    *"529.982.247-25 (11) 98765-4321 01310-100 abc1d23 12ABC34501DE35 a primeira última carro "
    "seguro ministério saúde cultura SUS contratos".split(),
    *"semana que vem natal".split(),
    *["\ud800", "\u202e", "\u200d", "👍", "½", "²", "٣", "５", "ß", "ﬁ", "İ", "e\u0301", "9" * 40, "ª", "…"],
]
LONG = [
    (piece * 3000)[:3000]  # characters, three times the longest message
    for piece in (
        "1 ",
        "9",
        "a",
        "a@",
        "1.",
        "mil e ",
        "dois ",
        "cinco, ",
        "- ",
        "dia ",
        "12/",
        "não ",
        "arroba ponto ",
        "(",
    )
]


def inputs(seed: str, count: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - test data, repeatable
    return ["".join(chance.choices(PIECES, k=chance.randrange(1, 6))) for _ in range(count)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_input_makes_a_parser_raise_or_point_outside_the_text(kind: str) -> None:
    texts = inputs(kind, INPUTS)

    found = [(text, parse(kind, text, HINTS)) for text in texts]

    assert all(isinstance(one, Problem) or 0 <= one.start <= one.end <= len(text) for text, one in found)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_long_hostile_text_does_not_hang_a_parser(kind: str) -> None:
    begun = time.process_time()

    for text in LONG:
        parse(kind, text, HINTS)

    assert time.process_time() - begun < 20  # seconds of CPU; a guard against hanging, not a measure of speed


@pytest.mark.parametrize("kind", sorted(KINDS - {"text", "long_text"}))
def test_nothing_is_found_in_a_text_without_any_value(kind: str) -> None:
    assert find_all(kind, "xxxx, yyyy", Hints(TODAY)) == []


def test_a_parser_gives_the_same_answer_every_time() -> None:
    assert parse("date", "12/03", HINTS) == parse("date", "12/03", HINTS)
    assert isinstance(parse("date", "12/03", HINTS), Value)
