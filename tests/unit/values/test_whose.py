"""Whose contracts are meant: names that need a context, everybody, and bodies that no list has."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.value import Hints, Problem, Value
from roteiro.files.packs.folders import read_pack

ORGANS = read_pack(Path(__file__).resolve().parents[3] / "packs" / "transparencia").pack.lists["organs"]
TODAY = date(2026, 11, 20)
SAUDE, JUSTICA, DEFESA, FAZENDA, TRABALHO = "26000", "30000", "36000", "39000", "41000"
CULTURA, TURISMO, TRANSPORTES = "42000", "54000", "57000"
# As people name what no list has, with its article; and what they ask of it.
UNKNOWN = [
    "o Banco do Brasil",
    "o senado",
    "o STF",
    "o TCU",
    "a Petrobras",
    "a câmara dos deputados",
    "o ministério da pesca",
    "o ministério das mulheres",
    "a prefeitura de Recife",
    "o tribunal de justiça",
]
DEMANDS = [
    "quanto {the} gastou em 2025?",
    "quanto gastou {the} em 2025?",
    "quantos contratos {the} fez em 2025?",
    "quantos contratos {the} assinou em 2024?",
    "maiores contratos {of} em 2024",
    "qual o maior contrato {of} em 2025?",
    "fornecedores {of} em 2025",
    "quem são os fornecedores {of} em 2024?",
    "quem mais vendeu {to} em 2025?",
    "agora quero investigar {the} em 2025",
    "investigue {the} em 2024",
    "mostre anomalias {of} em 2024",
    "e {the} em 2024?",
    "e {of}?",
]


def heard(text: str, *, begun: bool = True) -> list[str]:
    """Return the ids of what was found, or the code of the problem."""
    found = find_entities(text, Hints(TODAY, asked=False, entities=ORGANS, many=True, begun=begun))
    return [str(one.stored) if isinstance(one, Value) else one.code for one in found]


def demanded(demand: str, name: str) -> str:
    """Put a name with its article into a demand: "do senado", "pra Petrobras"."""
    article, bare = name.split(" ", 1)
    return demand.format(the=name, of=f"d{article} {bare}", to=f"pr{article} {bare}")


@pytest.mark.parametrize(("name", "demand"), list(product(UNKNOWN, DEMANDS)))
def test_a_body_that_no_list_has_is_never_passed_over(name: str, demand: str) -> None:
    assert heard(demanded(demand, name)) == ["not_in_list"]


@pytest.mark.parametrize(
    "text",
    [
        "quanto o metrô gastou em 2025?",
        "quantos contratos o zoológico de Brasília assinou?",
        "e da Xerox?",
        "quem mais vendeu pra Xerox em 2025?",
        "compare o senado com a educação em 2024",
        "compare a saúde com a Xerox em 2024",
        "how much did the zoo spend in 2025?",
        "how much did the senate spend in 2025?",
        "largest contracts of Petrobras in 2025",
        "largest contracts of the supreme court in 2024",
        "cuánto gastó el senado en 2025?",
        "cuánto gastó el museo del oro en 2025?",
        "mayores contratos del ministerio de la mujer en 2024",
    ],
)
def test_who_spends_and_is_not_recognised_is_told(text: str) -> None:
    assert heard(text) == ["not_in_list"]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("quantos contratos a defesa fez em 2025?", DEFESA),
        ("quantos contratos a defesa tem?", DEFESA),
        ("quantos contratos a defesa assinou em 2024", DEFESA),
        ("quantos contratos a cultura possui", CULTURA),
        ("quantos contratos a fazenda fechou em 2025", FAZENDA),
        ("quantos contratos a justiça firmou em 2025", JUSTICA),
        ("quem mais vendeu pra justiça", JUSTICA),
        ("quem vendeu mais pro turismo", TURISMO),
        ("quem mais vendeu pros transportes em 2025", TRANSPORTES),
        ("maiores contratos do MJSP em 2025", JUSTICA),
        ("quanto gastou o MTE em 2025", TRABALHO),
        ("contratos do minc", CULTURA),
    ],
)
@pytest.mark.parametrize("begun", [True, False])
def test_a_name_counts_beside_a_verb_of_contracts_and_an_acronym_everywhere(
    text: str, organ: str, *, begun: bool
) -> None:
    assert heard(text, begun=begun) == [organ]


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("maiores contratos defesa 2025", DEFESA),
        ("defesa 2025 maiores contratos", DEFESA),
        ("quanto foi investido na cultura em 2025?", CULTURA),
        ("fornecedores transportes 2024", TRANSPORTES),
        ("quanto gastou a defesa em 2025", DEFESA),
        ("quanto custou a justiça em 2024?", JUSTICA),
        ("que licitações a defesa abriu em julho", DEFESA),
        ("unusual spending in defense", DEFESA),
        ("proveedores de defensa en 2025", DEFESA),
        ("quero saber da fazenda em 2025", FAZENDA),
        ("how much did defense spend in 2025?", DEFESA),
        ("largest contracts of tourism in 2025", TURISMO),
        ("who sold most to the defense in 2024?", DEFESA),
        ("quiero investigar defensa en 2024", DEFESA),
        ("cuánto gastó defensa en 2025", DEFESA),
        ("los mayores contratos de la justicia en 2025", JUSTICA),
    ],
)
def test_where_a_demand_names_nobody_else_a_name_that_stands_alone_is_the_organ(text: str, organ: str) -> None:
    assert heard(text) == [organ]


@pytest.mark.parametrize(
    "text",
    [
        "quanto foi gasto com justiça social em 2025?",
        "quanto gastaram com cultura geral em 2025",
        "contratos em defesa da vida em 2025",
        "quanto foi gasto com cultura em 2025?",
        "quero justiça! maiores contratos de 2025",
    ],
)
def test_a_name_that_may_be_a_plain_word_is_asked_about_and_never_passed_over(text: str) -> None:
    assert heard(text) == ["unsure"]


def test_names_said_in_one_breath_are_all_meant() -> None:
    assert heard("quero um comparativo entre cultura e turismo") == [CULTURA, TURISMO]


@pytest.mark.parametrize(
    "text", ["meu trabalho em 2025", "um trabalho sobre contratos de 2025", "bom trabalho! maiores contratos de 2025"]
)
def test_a_plain_word_of_the_customers_is_no_organ(text: str) -> None:
    assert heard(text) == []


def test_defending_consumers_is_somebody_elses() -> None:
    assert heard("quanto gastaram na defesa do consumidor em 2025?") == ["not_in_list"]


@pytest.mark.parametrize(
    "text", ["quanto foi gasto com cultura em 2025?", "em defesa da vida", "maiores contratos de 2025"]
)
def test_without_a_demand_nothing_is_asked_about(text: str) -> None:
    assert heard(text, begun=False) == []


def test_what_was_perhaps_meant_comes_with_its_name() -> None:
    (problem,) = find_entities("gasto com cultura", Hints(TODAY, asked=False, entities=ORGANS, begun=True))

    assert problem == Problem("unsure", (("near", "Ministério da Cultura"), ("ids", CULTURA)))


@pytest.mark.parametrize(
    "text",
    [
        "quanto o governo todo gastou em 2025?",
        "e o governo inteiro em 2024?",
        "fornecedores do governo em 2025",
        "maiores contratos do governo federal",
        "quanto o governo gastou com vacina em 2025?",
        "e todos os órgãos?",
        "todos",
        "e todos?",
        "de todos os órgãos",
        "todos os ministérios em 2024",
        "and the whole government?",
        "how much did the whole government spend in 2025?",
        "all agencies in 2024",
        "all of them",
        "y todos los organismos?",
        "todo el gobierno en 2025",
        "cuánto gastó el gobierno en 2025?",
    ],
)
@pytest.mark.parametrize("begun", [True, False])
def test_everybody_is_heard(text: str, *, begun: bool) -> None:
    assert heard(text, begun=begun) == ["all"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quanto o governo gastou com a saúde?", [SAUDE]),
        ("contratos do governo do estado", ["not_in_list"]),
        ("contratos do governo estadual em 2025", ["not_in_list"]),
        ("todos os contratos da saúde", [SAUDE]),
        ("todos os contratos de 2025", []),
        ("quanto o governo de Minas gastou", []),
    ],
)
def test_everybody_is_nobody_who_is_named(text: str, expected: list[str]) -> None:
    assert heard(text) == expected
