from dataclasses import replace

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Owner, Status
from roteiro.domain.turn.advising import advise, topic_of
from tests.factories import OCCASION, a_catalogue, a_choice, a_script, a_state

CLAIM = replace(a_script(steps=3), knowledge=(("O que é franquia?", "Franquia é a parte que fica por sua conta."),))
CANCELLING = a_script(steps=2, script=105, title="Cancelamento")


@pytest.mark.parametrize("step", [1, 2])
def test_a_side_question_is_answered_from_the_running_script_and_the_step_stays(step: int) -> None:
    state = a_state(CLAIM, step=step)

    verdict = advise(state, "o que é a franquia?", OCCASION, a_catalogue(CLAIM))

    assert (verdict.state, verdict.reply) == (state, "Franquia é a parte que fica por sua conta.")
    assert verdict.choice.decision is Decision.ANSWER


def test_a_question_the_script_cannot_answer_offers_a_person_and_repeats_the_step() -> None:
    verdict = advise(a_state(CLAIM, step=2), "vai chover amanhã?", OCCASION, a_catalogue(CLAIM))

    assert verdict.reply is not None
    assert "“atendente”" in verdict.reply
    assert verdict.reply.endswith("Sinistro Automotivo, passo 2.")


def test_after_the_last_step_an_unanswerable_question_offers_a_person() -> None:
    ended = a_state(CLAIM, step=3, status=Status.ENDED)

    verdict = advise(ended, "vai chover amanhã?", OCCASION, a_catalogue(CLAIM))

    assert verdict.state == ended
    assert verdict.reply is not None
    assert "“atendente”" in verdict.reply


def test_before_any_script_a_question_is_answered_from_the_script_it_matches_and_starts_none() -> None:
    catalogue = a_catalogue(CLAIM, CANCELLING, choice=a_choice(Decision.MATCH, 101))

    verdict = advise(a_state(), "o que é franquia?", OCCASION, catalogue)

    assert verdict.reply == "Franquia é a parte que fica por sua conta."
    assert verdict.state == a_state()
    assert not verdict.is_new_demand
    assert verdict.choice.confidence == 0.9


def test_before_any_script_a_matched_question_without_passage_gets_the_first_step() -> None:
    catalogue = a_catalogue(CLAIM, CANCELLING, choice=a_choice(Decision.MATCH, 105))

    assert advise(a_state(), "como funciona?", OCCASION, catalogue).reply == "Cancelamento, passo 1."


@pytest.mark.parametrize(
    ("choice", "reply"),
    [
        (a_choice(Decision.CLARIFY, 101, 105), "É Sinistro Automotivo ou Cancelamento?"),
        (a_choice(Decision.OUT_OF_SCOPE), "Só Sinistro Automotivo, Cancelamento ou Reclamação."),
    ],
)
def test_before_any_script_an_unmatched_question_gets_the_topics(choice: Choice, reply: str) -> None:
    catalogue = a_catalogue(CLAIM, CANCELLING, choice=choice, clarify="É {topics}?", out_of_scope="Só {topics}.")

    verdict = advise(a_state(), "vocês atendem?", OCCASION, catalogue)

    assert verdict.reply == reply
    assert verdict.state.script is None


def test_a_greeting_is_greeted() -> None:
    verdict = advise(a_state(CLAIM), "boa tarde", OCCASION, a_catalogue(CLAIM, smalltalk="Olá!"))

    assert (verdict.reply, verdict.choice.decision) == ("Olá!", Decision.SMALLTALK)


def test_asking_for_a_person_hands_off_instead_of_answering() -> None:
    verdict = advise(a_state(CLAIM), "quero falar com uma pessoa", OCCASION, a_catalogue(CLAIM))

    assert verdict.state.status is Status.WAITING
    assert verdict.choice.decision is Decision.HANDOFF


def test_the_bot_is_silent_while_a_person_owns_the_conversation() -> None:
    verdict = advise(a_state(CLAIM, owner=Owner.HUMAN), "o que é franquia?", OCCASION, a_catalogue(CLAIM))

    assert verdict.reply is None


def test_the_topic_is_the_running_script_without_matching() -> None:
    catalogue = a_catalogue(CLAIM, CANCELLING, choice=a_choice(Decision.MATCH, 105))

    script, _ = topic_of(a_state(CLAIM), "e o cancelamento?", catalogue)

    assert script is CLAIM
    assert catalogue.ranked == []
