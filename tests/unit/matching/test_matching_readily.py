"""Scripts that begin readily: likely is enough, barely behind the strangers too, and one clause may say it all."""

import pytest

from roteiro.matching.calibrating import Calibration
from roteiro.matching.clauses import clauses
from roteiro.matching.compiling import compile_index
from roteiro.matching.deciding import Standing, decide
from roteiro.matching.entries import Entry
from roteiro.matching.index import Index, read_index
from roteiro.matching.ranking import CLARIFY, MATCH, OUT_OF_SCOPE
from tests.unit.matching.matching_catalogues import CRASH, SMALL

LIMITS = Calibration(temperature=0.6, out_of_scope=0.2, clarify=0.25, match=0.85)
GREETING = 1


def entries(*, readily: bool, least: float = 0.0) -> list[Entry]:
    return [Entry(n, str(n), "", ("x",), readily=readily, min_confidence=least) for n in (1, 2)]


def decided(chance: float, belongs: float, lead: float, *, readily: bool, least: float = 0.0) -> str:
    known = entries(readily=readily, least=least)
    return decide([0, 1], [chance, 1 - chance], Standing(belongs, lead), known, LIMITS).decision


@pytest.mark.parametrize(
    ("chance", "belongs", "lead", "readily", "usually"),
    [
        (0.9, 0.5, 1.0, MATCH, MATCH),
        (0.55, 0.5, 1.0, MATCH, CLARIFY),
        (0.45, 0.5, 1.0, CLARIFY, CLARIFY),
        (0.9, 0.5, -1.4, MATCH, CLARIFY),
        (0.9, 0.5, -1.6, CLARIFY, CLARIFY),
        (0.9, 0.15, 1.0, MATCH, OUT_OF_SCOPE),
        (0.9, 0.13, 1.0, OUT_OF_SCOPE, OUT_OF_SCOPE),
        (0.45, 0.15, 1.0, OUT_OF_SCOPE, OUT_OF_SCOPE),
    ],
)
def test_a_script_that_costs_nothing_begins_where_another_is_asked_about(
    chance: float, belongs: float, lead: float, readily: str, usually: str
) -> None:
    assert decided(chance, belongs, lead, readily=True) == readily
    assert decided(chance, belongs, lead, readily=False) == usually


def test_an_authors_own_bar_holds_for_it_too() -> None:
    assert decided(0.6, 0.5, 1.0, readily=True, least=0.7) == CLARIFY


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("bati o carro", []),
        ("bati o carro.", []),
        ("Boa tarde, me chamo Rosa. Bati o carro!", ["me chamo Rosa", "Bati o carro"]),
        ("custou 3.000,50 reais no total", []),
        ("oi, ok", []),
        (", ".join(["um dois tres"] * 9), ["um dois tres"] * 6),
    ],
)
def test_a_message_is_taken_apart_at_its_commas_and_stops(message: str, found: list[str]) -> None:
    assert clauses(message) == found


@pytest.fixture(scope="module")
def readily() -> Index:
    greeting = Entry(GREETING, "Olá", "", ("bom dia a todos", "oi tudo bem", "me chamo Ana"), priority=-1, readily=True)
    return read_index(compile_index((*(entry._replace(readily=True) for entry in SMALL), greeting)))


LETTER = (
    "Prezados senhores, escrevo de Quixadá com as mãos tremendo de frio. Bati o carro. Atenciosamente, Dirceu Prado"
)


def test_one_clause_that_is_sure_begins_its_script(readily: Index) -> None:
    ranking = readily.rank(LETTER)

    assert (ranking.decision, ranking.candidates[0].script_id) == (MATCH, CRASH)


def test_where_nothing_begins_readily_a_letter_is_taken_as_a_whole() -> None:
    assert read_index(compile_index(SMALL)).rank(LETTER).decision != MATCH


def test_a_courtesy_is_no_demand_beside_a_strange_one(readily: Index) -> None:
    ranking = readily.rank("bom dia a todos, onde se compra queijo de cabra em Minas Gerais?")

    assert ranking.decision != MATCH


def test_two_clauses_that_mean_different_scripts_begin_neither(readily: Index) -> None:
    both = LETTER.replace("Bati o carro.", "Bati o carro. Preciso da segunda via do boleto.")

    ranking = readily.rank(both)

    assert ranking.decision != MATCH


SPENDING = tuple(Entry(number, title, "", examples) for number, title, examples in (
    (7, "Gastos", ("gastos de 2022", "dois milhões gastos em maio", "gastos no primeiro semestre", "o x da questão")),
    (8, "Relatório", ("gere o relatório", "quero o pdf", "baixar o documento", "cadê meu relatório")),
))  # fmt: skip


@pytest.mark.parametrize(
    "message", ["x", "a", "2022", "dois milhões", "R$ 1.500,00", "no primeiro semestre de 2023", "de maio a julho", "?"]
)
def test_a_letter_an_amount_or_a_time_begins_nothing_readily(message: str) -> None:
    usual = read_index(compile_index(SPENDING)).rank(message)
    ready = read_index(compile_index([entry._replace(readily=True) for entry in SPENDING])).rank(message)

    assert ready == usual
