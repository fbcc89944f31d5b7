from dataclasses import replace

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Asking, Owner, Question, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Completion
from roteiro.domain.turn.deciding import decide, urgent_verdict
from roteiro.domain.turn.topics import topics_text
from tests.factories import OCCASION, a_catalogue, a_choice, a_script, a_state

CLAIM = a_script(steps=3, script=101, title="Sinistro Automotivo")
HOUSE = a_script(steps=2, script=102, title="Seguro Residencial")
CANCELLING = a_script(steps=2, script=105, title="Cancelamento de Seguro")
ALL = (CLAIM, HOUSE, CANCELLING)
ASKED_WHICH = Question(Asking.WHICH, (ScriptId(101), ScriptId(105)))


def test_a_conversation_that_a_person_owns_is_recorded_in_silence() -> None:
    state = a_state(CLAIM, status=Status.HUMAN, owner=Owner.HUMAN)
    catalogue = a_catalogue(*ALL)

    verdict = decide(state, "quero falar com um atendente", OCCASION, catalogue)

    assert (verdict.state, verdict.reply, verdict.choice.decision) == (state, None, Decision.SILENT)
    assert catalogue.ranked == []


@pytest.mark.parametrize(
    "state",
    [
        a_state(),
        a_state(CLAIM),
        a_state(CLAIM, step=3, status=Status.ENDED),
        a_state(asked=ASKED_WHICH),
    ],
    ids=["new", "walking", "ended", "asked which"],
)
@pytest.mark.parametrize("words", ["quero falar com um atendente", "Reclamação", "talk to a person"])
def test_whoever_asks_for_a_person_gets_one_in_every_state(state: State, words: str) -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 102))

    verdict = decide(state, words, OCCASION, catalogue)

    assert verdict.choice.decision is Decision.HANDOFF
    assert (verdict.state.status, verdict.state.owner, verdict.state.assigned) == (Status.WAITING, Owner.HUMAN, None)
    assert catalogue.ranked == []


def test_a_hand_off_keeps_the_step_shows_the_protocol_and_drops_replies_begun_before() -> None:
    before = a_state(CLAIM, step=2, control=4, asked=ASKED_WHICH)

    verdict = decide(before, "atendente", OCCASION, a_catalogue(*ALL))

    assert (verdict.state.script, verdict.state.step) == (CLAIM.id, 2)
    assert (verdict.state.control, verdict.state.asked) == (5, None)
    assert verdict.reply is not None
    assert "20261121-4839201-75" in verdict.reply


def test_a_matched_demand_starts_its_script_at_the_first_step() -> None:
    choice = a_choice(Decision.MATCH, 105, 101)

    verdict = decide(a_state(), "quero cancelar", OCCASION, a_catalogue(*ALL, choice=choice))

    assert verdict.reply == CANCELLING.steps[0].message
    assert (verdict.state.script, verdict.state.step, verdict.state.steps) == (105, 1, 2)
    assert verdict.is_new_demand
    assert verdict.choice is choice


def test_while_a_script_runs_each_message_is_one_step_unless_it_clearly_asks_for_another() -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.CLARIFY, 105))

    verdict = decide(a_state(CLAIM), "foi ontem, na BR-101", OCCASION, catalogue)

    assert (verdict.reply, verdict.state.step) == (CLAIM.steps[1].message, 2)
    assert verdict.choice.decision is Decision.WALK
    assert not verdict.is_new_demand


def test_inside_a_script_a_greeting_is_an_ordinary_answer() -> None:
    verdict = decide(a_state(CLAIM), "obrigado", OCCASION, a_catalogue(*ALL))

    assert verdict.state.step == 2


def test_a_running_script_is_walked_in_the_version_it_was_pinned_to() -> None:
    newer = replace(CLAIM, version=2, steps=CLAIM.steps[:1])

    verdict = decide(a_state(CLAIM, version=1), "ok", OCCASION, a_catalogue(newer, CLAIM))

    assert verdict.reply == CLAIM.steps[1].message


def test_an_unsure_match_asks_which_and_waits_for_the_answer() -> None:
    choice = a_choice(Decision.CLARIFY, 105, 101)

    verdict = decide(a_state(), "meu seguro", OCCASION, a_catalogue(*ALL, choice=choice, clarify="É {topics}?"))

    assert verdict.reply == "É Cancelamento de Seguro ou Sinistro Automotivo?"
    assert verdict.state.asked == Question(Asking.WHICH, (ScriptId(105), ScriptId(101)), said="meu seguro")
    assert verdict.state.script is None


@pytest.mark.parametrize(
    ("answer", "chosen"), [("sim", 101), ("a segunda", 105), ("sinistro", 101), ("o último", 105), ("1", 101)]
)
def test_the_answer_to_a_question_starts_the_named_script_without_matching(answer: str, chosen: int) -> None:
    catalogue = a_catalogue(*ALL)

    verdict = decide(a_state(asked=ASKED_WHICH), answer, OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step, verdict.state.asked) == (chosen, 1, None)
    assert verdict.is_new_demand
    assert catalogue.ranked == []


def test_another_demand_instead_of_an_answer_is_matched() -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 102))

    verdict = decide(a_state(asked=ASKED_WHICH), "na verdade quero o seguro da minha casa", OCCASION, catalogue)

    assert verdict.state.script == 102
    assert catalogue.ranked == ["na verdade quero o seguro da minha casa"]


def test_a_script_unpublished_since_it_was_offered_cannot_be_chosen() -> None:
    verdict = decide(a_state(asked=Question(Asking.WHICH, (ScriptId(999),))), "sim", OCCASION, a_catalogue(*ALL))

    assert verdict.state.script is None
    assert verdict.choice.decision is Decision.OUT_OF_SCOPE


def test_a_question_that_got_no_answer_is_asked_only_once() -> None:
    verdict = decide(a_state(asked=ASKED_WHICH), "quero uma pizza", OCCASION, a_catalogue(*ALL))

    assert verdict.state.asked is None


def test_a_demand_out_of_scope_never_starts_a_script_and_names_what_can_be_done() -> None:
    verdict = decide(
        a_state(), "quero uma pizza", OCCASION, a_catalogue(*ALL, out_of_scope="Posso ajudar com {topics}.")
    )

    assert verdict.state == a_state()
    assert verdict.reply == "Posso ajudar com Sinistro Automotivo, Seguro Residencial, Cancelamento ou Reclamação."


def test_at_most_three_topics_and_the_customers_rights_are_named() -> None:
    scripts = [a_script(script=number, title=f"Assunto {number}") for number in range(1, 10)]

    said = topics_text(a_state(), Choice(Decision.OUT_OF_SCOPE), a_catalogue(*scripts, out_of_scope="{topics}"))

    assert said == "Assunto 1, Assunto 2, Assunto 3, Cancelamento ou Reclamação"


def test_an_empty_catalogue_offers_a_person_only() -> None:
    verdict = decide(a_state(), "bati o carro", OCCASION, a_catalogue())

    assert verdict.reply == "Ainda não há assuntos publicados. Escreva “atendente” para falar com uma pessoa."


@pytest.mark.parametrize("words", ["oi", "Bom dia!", "obrigado"])
def test_a_greeting_alone_is_greeted_and_starts_nothing_that_is_no_script_for_it(words: str) -> None:
    catalogue = a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 101), smalltalk="Oi! Como posso ajudar?")

    verdict = decide(a_state(), words, OCCASION, catalogue)

    assert (verdict.reply, verdict.choice.decision) == ("Oi! Como posso ajudar?", Decision.SMALLTALK)
    assert verdict.state == a_state()


@pytest.mark.parametrize("words", ["obrigado, tchau", "ainda com dúvida sobre a pizza"])
def test_after_the_last_step_thanks_and_other_words_get_the_closing_text(words: str) -> None:
    ended = a_state(CLAIM, step=3, status=Status.ENDED)

    verdict = decide(ended, words, OCCASION, a_catalogue(*ALL, closing="Já concluímos."))

    assert (verdict.state, verdict.reply) == (ended, "Já concluímos.")


def test_a_scripts_own_closing_text_comes_before_the_packs() -> None:
    closing = replace(CLAIM, completion=Completion("Seu aviso já está registrado."))
    ended = a_state(closing, step=3, status=Status.ENDED)

    verdict = decide(ended, "obrigado", OCCASION, a_catalogue(closing, closing="Já concluímos."))

    assert verdict.reply == "Seu aviso já está registrado."


def test_after_the_last_step_a_new_demand_starts_its_own_script() -> None:
    ended = a_state(CLAIM, step=3, status=Status.ENDED)

    verdict = decide(ended, "agora quero cancelar", OCCASION, a_catalogue(*ALL, choice=a_choice(Decision.MATCH, 105)))

    assert (verdict.state.script, verdict.state.step, verdict.state.is_final) == (105, 1, False)
    assert verdict.is_new_demand


def test_after_the_last_step_an_unsure_demand_is_asked_about() -> None:
    ended = a_state(CLAIM, step=3, status=Status.ENDED)

    verdict = decide(ended, "e o seguro?", OCCASION, a_catalogue(*ALL, choice=a_choice(Decision.CLARIFY, 102, 105)))

    assert verdict.state.asked == Question(Asking.WHICH, (ScriptId(102), ScriptId(105)), said="e o seguro?")
    assert verdict.choice.decision is Decision.CLARIFY


def test_a_matcher_that_wants_a_person_hands_off_and_keeps_its_ranking() -> None:
    choice = a_choice(Decision.HANDOFF, 101)

    verdict = decide(a_state(), "caso estranho", OCCASION, a_catalogue(*ALL, choice=choice))

    assert verdict.state.status is Status.WAITING
    assert verdict.choice is choice


@pytest.mark.parametrize(("locale", "begins"), [("pt-BR", "Certo"), ("en", "All right"), ("es", "De acuerdo")])
def test_the_engine_answers_in_the_language_of_the_conversation(locale: str, begins: str) -> None:
    verdict = decide(a_state(locale=locale), "atendente", OCCASION, a_catalogue(*ALL))

    assert verdict.reply is not None
    assert verdict.reply.startswith(begins)


@pytest.mark.parametrize("words", ["oi", "quero cancelar", "não quero falar com atendente", "sim"])
def test_nothing_is_urgent_while_the_bot_owns_the_conversation_and_nobody_is_asked_for(words: str) -> None:
    assert urgent_verdict(a_state(CLAIM), words, OCCASION, a_catalogue(*ALL)) is None


def test_a_choice_without_candidates_has_no_confidence() -> None:
    assert Choice(Decision.OUT_OF_SCOPE).confidence == 0
    assert a_choice(Decision.MATCH, 101).confidence == 0.9
