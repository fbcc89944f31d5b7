"""Greetings, thanks and goodbyes in a pack that has scripts of its own for them, and what such scripts know."""

from dataclasses import replace

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import State, Status
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.demands import two_demands
from tests.factories import OCCASION, a_catalogue, a_choice, a_script, a_state, a_written_script

GREETING = a_script(1, 206, "Cumprimento", intent="greeting")
THANKS = a_script(1, 208, "Agradecimento", intent="thanks")
GOODBYE = a_script(1, 209, "Despedida", intent="goodbye")
DEMAND = a_script(2, 201, "Investigação", intent="investigate")
QUESTION = a_script(1, 207, "Dúvida", intent="question", knowledge=(("o que é empenho?", "Empenho é reserva."),))
ALL = (DEMAND, GREETING, QUESTION, THANKS, GOODBYE)
WALKING = a_state(DEMAND)
ENDED = a_state(DEMAND, step=2, status=Status.ENDED)


def started(state: State, words: str, choice: Choice) -> int | None:
    return decide(state, words, OCCASION, a_catalogue(*ALL, choice=choice)).state.script


@pytest.mark.parametrize(
    ("state", "words", "script"),
    [
        (a_state(), "oi", 206),
        (a_state(), "obrigado", 208),
        (a_state(), "tchau", 209),
        (ENDED, "obrigado", 208),
        (ENDED, "tchau", 209),
        (WALKING, "obrigado, tchau", 209),
    ],
)
def test_a_courtesy_starts_the_packs_own_script(state: State, words: str, script: int) -> None:
    assert started(state, words, a_choice(Decision.MATCH, script)) == script


def test_a_courtesy_that_is_nearly_two_of_them_starts_the_nearest() -> None:
    assert started(a_state(), "boa noite, obrigado", a_choice(Decision.CLARIFY, 208, 206)) == 208


@pytest.mark.parametrize(
    ("state", "words", "script"),
    [(WALKING, "oi", 206), (WALKING, "obrigado", 208), (ENDED, "blz", 206)],
    ids=["greeting inside", "thanks inside", "greeting after the end"],
)
def test_other_courtesies_leave_the_script_where_it_is(state: State, words: str, script: int) -> None:
    assert started(state, words, a_choice(Decision.MATCH, script)) == DEMAND.id


def test_words_that_only_resemble_a_courtesy_are_left_to_the_matcher() -> None:
    assert started(a_state(), "obrigado por nada, ladrões", a_choice(Decision.OUT_OF_SCOPE, 208)) is None


def test_a_courtesy_script_that_is_no_longer_published_is_not_started() -> None:
    catalogue = a_catalogue(DEMAND, choice=a_choice(Decision.MATCH, 206), smalltalk="Olá!")

    verdict = decide(a_state(), "oi", OCCASION, catalogue)

    assert (verdict.reply, verdict.state.script) == ("Olá!", None)


def test_a_greeting_before_a_demand_is_no_demand_of_its_own() -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 206))

    assert two_demands("Bom dia. Boa tarde. Oi", catalogue) is None


@pytest.mark.parametrize(
    ("words", "reply"),
    [("o que é empenho?", "Empenho é reserva."), ("o que é um aditivo?", "Dúvida, passo 1.")],
    ids=["known", "unknown"],
)
def test_a_question_is_answered_from_what_the_script_knows_that_it_starts(words: str, reply: str) -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 207))

    assert decide(a_state(), words, OCCASION, catalogue).reply == reply


def test_a_script_that_goes_on_says_its_first_step_whatever_it_knows() -> None:
    longer = a_script(2, 207, "Dúvida", knowledge=(("o que é empenho?", "Empenho é reserva."),))
    catalogue = a_catalogue(longer, choice=a_choice(Decision.MATCH, 207))

    assert decide(a_state(), "o que é empenho?", OCCASION, catalogue).reply == "Dúvida, passo 1."


def test_what_is_said_with_a_new_demand_counts_more_than_what_was_said_before() -> None:
    slots = {"email": {"type": "email"}}
    old, new = (a_written_script({"message": "Qual?", "collect": ["email"]}, script=n, slots=slots) for n in (101, 102))
    before = a_state(old, status=Status.ENDED, slots={"email": "ana@exemplo.com"})
    catalogue = a_catalogue(old, new, choice=a_choice(Decision.MATCH, 102))

    after = decide(before, "outro pedido, agora com bia@exemplo.com", OCCASION, catalogue).state

    assert (after.script, after.slots) == (102, {"email": "bia@exemplo.com"})


ASKING = a_written_script(
    {"message": "Qual o e-mail?", "collect": ["email"]},
    script=201,
    slots={"email": {"type": "email", "prompt": "Informe o e-mail"}},
)


@pytest.mark.parametrize(
    ("words", "tier", "reply"),
    [("quero investigar", 0, "Informe o e-mail"), ("quero investigar", 1, None), ("ana@exemplo.com", 0, None)],
    ids=["said once more", "only alike", "holds the answer"],
)
def test_the_running_demand_said_once_more_is_no_failed_answer(words: str, tier: int, reply: str | None) -> None:
    choice = replace(a_choice(Decision.MATCH, 201), tier=tier)

    verdict = decide(a_state(ASKING), words, OCCASION, a_catalogue(ASKING, choice=choice))

    assert (verdict.reply == "Informe o e-mail") is (reply is not None)
    assert bool(verdict.state.attempts) is (tier == 1)


ABOUT_A_PERIOD = a_written_script(
    {"message": "Qual período?", "collect": ["period"]}, script=201, slots={"period": {"type": "period"}}
)


@pytest.mark.parametrize(
    ("words", "script"),
    [("e em março de 2025?", 201), ("em 2025", 201), ("quero outra coisa em 2025", 209)],
    ids=["and", "the value alone", "another demand"],
)
def test_a_new_value_after_the_end_goes_on_with_what_was_answered(words: str, script: int) -> None:
    slots = {"period": "2024-01-01..2024-12-31"}
    before = a_state(ABOUT_A_PERIOD, status=Status.ENDED, is_done=True, slots=slots)
    catalogue = a_catalogue(ABOUT_A_PERIOD, GOODBYE, choice=a_choice(Decision.MATCH, 209))

    assert decide(before, words, OCCASION, catalogue).state.script == script


@pytest.mark.parametrize(
    ("words", "is_answered"),
    [("o que é empenho?", True), ("o que é um aditivo?", False), ("quero empenho", False)],
    ids=["known", "unknown", "no question"],
)
def test_a_question_on_the_side_may_be_answered_by_a_script_that_only_answers(words: str, *, is_answered: bool) -> None:
    catalogue = a_catalogue(ASKING, QUESTION, choice=a_choice(Decision.MATCH, 207))

    verdict = decide(a_state(ASKING), words, OCCASION, catalogue)

    assert (verdict.reply == "Empenho é reserva.\n\nInforme o e-mail") is is_answered
    assert verdict.state.script == ASKING.id
