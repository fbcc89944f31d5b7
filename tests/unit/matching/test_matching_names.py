"""Names of a pack's lists in messages: one is as good as another, however long or never heard of before."""

import pytest

from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.matching.features import count_features
from roteiro.matching.index import Index, read_index
from roteiro.matching.lexicon import Lexicon
from roteiro.matching.ranking import MATCH
from tests.unit.matching.matching_catalogues import SMALL

NAMES = ("Ministério da Saúde", "saúde", "Receita Federal", "IBGE")
SPENDING, TERMS = 1, 2


def a_catalogue_of_organs(names: tuple[str, ...] = NAMES) -> tuple[Entry, ...]:
    asked = ("contratos da saúde", "gastos da saúde em maio", "quero ver as compras da saúde", "o que a saúde pagou")
    terms = ("o que é pregão", "o que significa empenho", "me explica a dispensa", "qual é a lei")
    return (
        Entry(SPENDING, "Gastos", "Gastos de um órgão", asked, names=names),
        Entry(TERMS, "Termos", "O que é um termo", terms),
    )


@pytest.fixture(scope="module")
def index() -> Index:
    return read_index(compile_index(a_catalogue_of_organs()))


@pytest.mark.parametrize(
    ("said", "joined"),
    [
        (["contratos", "da", "receita", "federal"], ["contratos", "da", "#receita federal"]),
        (["ministerio", "da", "saude"], ["#ministerio da saude"]),
        (["a", "saude"], ["a", "#saude"]),
        (["receita", "de", "bolo"], ["receita", "de", "bolo"]),
        (["receita"], ["receita"]),
        ([], []),
    ],
)
def test_the_longest_known_name_becomes_one_word(said: list[str], joined: list[str]) -> None:
    assert Lexicon(NAMES).join(said) == joined


def test_without_names_every_word_stays() -> None:
    assert Lexicon(()).join(["contratos", "da", "saude"]) == ["contratos", "da", "saude"]


def test_all_names_have_the_same_features_and_no_letters_of_their_own() -> None:
    assert count_features(["gastos", "#ibge"]) == count_features(["gastos", "#receita federal"])
    assert not [feature for feature in count_features(["#ibge"]) if "ibg" in feature]


@pytest.mark.parametrize("name", ["Receita Federal", "ministério da saúde", "ibge"])
def test_a_name_that_no_example_has_is_understood_like_the_one_that_they_have(name: str, index: Index) -> None:
    known, other = index.rank("quero os gastos da saúde"), index.rank(f"quero os gastos da {name}")

    assert other.candidates[0].script_id == SPENDING
    assert other.candidates[0].confidence == known.candidates[0].confidence


def test_a_typing_error_in_a_name_is_forgiven(index: Index) -> None:
    right, wrong = index.rank("gastos da receita federal em junho"), index.rank("gastos da receita fedreal em junho")

    assert wrong.candidates[0].confidence == right.candidates[0].confidence


def test_the_evidence_shows_a_name_as_it_was_said(index: Index) -> None:
    carried = index.rank("gastos da receita federal").candidates[0].evidence

    assert "receita federal" in carried


def test_names_are_kept_in_the_index(index: Index) -> None:
    assert index.entries == a_catalogue_of_organs()


def test_a_catalogue_without_lists_ranks_as_before() -> None:
    plain = read_index(compile_index(SMALL))

    assert plain.rank("bati o carro").decision == MATCH
    assert not any(entry.names for entry in plain.entries)
