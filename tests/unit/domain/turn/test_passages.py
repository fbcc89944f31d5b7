import pytest

from roteiro.domain.script import Script
from roteiro.domain.turn.passages import best_passage, first_sentences, passages
from tests.factories import a_script

FACTS = (
    ("Tem multa para cancelar?", "A multa depende do contrato. A análise informa antes. Nada é cobrado sem aviso."),
    ("O que é franquia?", "Franquia é a parte do conserto que fica por sua conta."),
    ("Quem pode dirigir o carro?", "Os condutores que constam na apólice."),
)


def a_knowing_script() -> Script:
    return a_script(steps=2, knowledge=FACTS)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("tem multa?", "A multa depende"),
        ("MULTA", "A multa depende"),
        ("multas?", "A multa depende"),
        ("e o cancelamento?", "A multa depende"),
        ("vou pagar alguma multa se eu cancelar", "A multa depende"),
        ("o que é essa franquia", "Franquia é"),
        ("minha irmã pode dirigir meu carro?", "Os condutores"),
        ("quais condutores", "Os condutores"),
    ],
)
def test_a_question_is_answered_by_the_passage_that_shares_its_words(question: str, begins: str) -> None:
    answer = best_passage(a_knowing_script(), question)

    assert answer is not None
    assert answer.startswith(begins)


@pytest.mark.parametrize("question", ["qual a previsão do tempo amanhã?", "?", "e aí", "", "👍", "posso ir a pé?"])
def test_a_question_that_no_passage_answers_has_no_answer(question: str) -> None:
    assert best_passage(a_knowing_script(), question) is None


def test_a_word_of_four_letters_may_decide_and_a_shorter_one_may_not() -> None:
    script = a_script(knowledge=(("Tem taxa ou IOF?", "Não há taxa nem IOF."),))

    assert best_passage(script, "e a taxa?") == "Não há taxa nem IOF."
    assert best_passage(script, "e o iof?") is None


def test_the_text_of_a_step_may_answer_too() -> None:
    assert best_passage(a_script(steps=2), "sinistro automotivo") == "Sinistro Automotivo, passo 1."


def test_knowledge_comes_before_the_steps() -> None:
    found = passages(a_knowing_script())

    assert found[:3] == list(FACTS)
    assert found[3] == ("", "Sinistro Automotivo, passo 1.")


def test_an_answer_is_at_most_two_sentences() -> None:
    assert best_passage(a_knowing_script(), "multa") == "A multa depende do contrato. A análise informa antes."


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("Um. Dois. Três.", 2, "Um. Dois."),
        ("Um? Dois! Três.", 1, "Um?"),
        ("Sem ponto final", 2, "Sem ponto final"),
        ("Custa R$ 1.500,00 por mês. Fim.", 1, "Custa R$ 1.500,00 por mês."),
        ("  Um.   Dois.  ", 2, "Um. Dois."),
        ("", 2, ""),
        ("a" * 500, 2, "a" * 400),
    ],
)
def test_first_sentences_end_where_sentences_end(text: str, count: int, first: str) -> None:
    assert first_sentences(text, count) == first


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("is there a penalty?", "It depends on the contract. The review tells you."),
        ("tem multa?", "It depends on the contract. The review tells you."),
        ("e o sinistro automotivo?", "Car claim, step one."),
        (
            "e a franquia?",
            "I only have this answer in Portuguese. Franquia é a parte do conserto que fica por sua conta.",
        ),
    ],
)
def test_a_passage_is_found_and_said_in_the_customers_language(question: str, told: str) -> None:
    english = {
        "knowledge.0.q": "is there a penalty?",
        "knowledge.0.a": "It depends on the contract. The review tells you. Nothing is charged unseen.",
        "script.1.message": "Car claim, step one.",
    }
    script = a_script(steps=2, knowledge=FACTS, translations={"en": english})

    assert best_passage(script, question, "en") == told


def test_questions_of_another_language_find_nothing_in_ones_own() -> None:
    script = a_script(steps=2, knowledge=FACTS, translations={"en": {"knowledge.0.q": "is there a penalty?"}})

    assert best_passage(script, "is there a penalty?", "pt-BR") is None
