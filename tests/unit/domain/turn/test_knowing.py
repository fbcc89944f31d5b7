"""Which answer of a script's knowledge a question that begins a conversation gets."""

import pytest

from roteiro.domain.turn.knowing import SAME, house_knows, known, least_for, only_answers
from tests.factories import a_catalogue, a_script

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


@pytest.mark.parametrize("words", ["onde denuncio uma irregularidade", "ONDE DENUNCIO UMA IRREGULARIDADE?!"])
def test_the_question_itself_is_known_as_the_same(words: str) -> None:
    told = known(KNOWING, words)

    assert told is not None
    assert told.likeness == SAME


def test_short_spellings_of_phones_are_the_same_question() -> None:
    asked = a_script(1, knowledge=(("quem é você?", "Sou um robô."),))

    assert known(asked, "qm eh vc?") == ("Sou um robô.", 101, SAME)


def test_an_address_in_a_question_says_nothing_of_it() -> None:
    asked = a_script(1, knowledge=(("manda por email?", "Não consigo."),))

    assert known(asked, "manda por email para joao.da.silva@exemplo.com.br")


def test_an_answer_is_said_in_the_customers_language_or_owns_up_to_portuguese() -> None:
    told = a_script(1, knowledge=KNOWLEDGE, translations={"en": {"knowledge.3.a": "At the ombudsman."}})
    answers = [known(told, asked, "en") for asked in ("onde denuncio uma irregularidade?", "o que é licitação?")]

    assert [one and one.answer for one in answers] == [
        "At the ombudsman.",
        "I only have this answer in Portuguese. Licitação é disputa aberta.",
    ]


def test_only_scripts_that_ask_for_nothing_and_end_at_once_answer_for_the_house() -> None:
    walking, answering = a_script(2, 101, knowledge=KNOWLEDGE), a_script(1, 207, knowledge=KNOWLEDGE)
    told = house_knows("o que é licitação?", a_catalogue(walking, answering), "pt-BR")

    assert (only_answers(walking), only_answers(answering)) == (False, True)
    assert told is not None
    assert told.script == 207


def test_words_that_ask_nothing_must_be_more_like_a_question() -> None:
    assert least_for("mandei errado, apaga") > least_for("como apago?")
