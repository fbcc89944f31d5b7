"""Short answers to "A ou B?"."""

import pytest

from roteiro.matching.answering import NONE_OF_THEM, named, position


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("o primeiro", 0),
        ("a segunda opção", 1),
        ("2", 1),
        ("opção 1, por favor", 0),
        ("sim", 0),
        ("sim, o primeiro", 0),
        ("sim, a segunda", 1),
        ("o último", 1),
        ("the second one", 1),
        ("la primera", 0),
        ("isso", 0),
    ],
)
def test_a_short_answer_names_a_place_in_the_question(answer: str, place: int) -> None:
    assert position(answer, 2) == place


@pytest.mark.parametrize("answer", ["nenhum", "não", "nenhuma das duas", "neither", "ninguno", "outro"])
def test_none_of_them_is_understood(answer: str) -> None:
    assert position(answer, 2) == NONE_OF_THEM


@pytest.mark.parametrize("answer", ["boleto", "quero cancelar o seguro", "o terceiro", "", "🙂", "não quero cancelar"])
def test_other_words_are_left_to_the_ranking(answer: str) -> None:
    assert position(answer, 2) is None


def test_a_word_of_one_title_alone_names_it() -> None:
    titles = ["Segunda via de boleto", "Cancelamento de seguro"]

    assert named("boleto", titles) == 0
    assert named("o do seguro", titles) == 1


def test_a_word_that_both_titles_share_names_neither() -> None:
    assert named("seguro", ["Seguro auto", "Seguro de vida"]) is None
