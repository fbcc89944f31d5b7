"""Which answer of a script's knowledge a question that begins a conversation gets."""

import pytest

from roteiro.domain.knowing import known
from tests.factories import a_script

KNOWLEDGE = (
    ("o que é dispensa de licitação? qual o limite da dispensa?", "Dispensa é compra direta. Há um limite. E mais."),
    ("o que é licitação?", "Licitação é disputa aberta."),
    ("o que é LAI? como peço uma informação?", "A lei de acesso à informação."),
    ("onde denuncio uma irregularidade?", "Na ouvidoria."),
)
KNOWING = a_script(1, knowledge=KNOWLEDGE)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("o que é dispensa?", "Dispensa"),
        ("quando a licitação pode ser dispensada?", "Dispensa"),
        ("o que é licitação?", "Licitação"),
        ("me explica o que quer dizer licitações", "Licitação"),
        ("o que é a lai", "A lei"),
        ("como eu peço informações?", "A lei"),
        ("quero denunciar uma irregularidade", "Na ouvidoria"),
    ],
)
def test_a_question_gets_the_answer_written_under_the_one_most_like_it(question: str, begins: str) -> None:
    told = known(KNOWING, question)

    assert told is not None
    assert told.answer.startswith(begins)


@pytest.mark.parametrize(
    "question",
    ["o que é fiscal de licitação de obras?", "o que é convênio?", "o que é o fim?", "o que é isso?", "", "👍", "PIX"],
)
def test_a_question_that_only_shares_a_word_gets_none(question: str) -> None:
    assert known(KNOWING, question) is None


def test_a_script_that_knows_nothing_answers_nothing() -> None:
    assert known(a_script(1), "o que é licitação?") is None


def test_an_answer_is_at_most_two_sentences() -> None:
    told = known(KNOWING, "o que é dispensa?")

    assert told is not None
    assert told.answer == "Dispensa é compra direta. Há um limite."
