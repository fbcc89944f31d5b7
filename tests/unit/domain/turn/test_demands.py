"""More than one demand: two in a message, another one in mid-script, and what comes after the end."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Asking, Candidate, Later, Question, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.demands import other_demand, two_demands
from roteiro.domain.turn.heard import Heard
from tests.factories import OCCASION, FakeCatalogue, a_script, a_state

CLAIM = a_script(3, 101, "Sinistro")
HOME = a_script(2, 102, "Casa")
DATA = a_script(2, 103, "Dados")
CANCEL = a_script(2, 105, "Cancelamento", protected="cancel")
GREETED = a_script(1, 106, "Cumprimento", intent="greeting")
WORDS = {"bati": 101, "casa": 102, "endereço": 103, "cancelar": 105, "chamo": 106}


@dataclass
class WordCatalogue(FakeCatalogue):
    """Matches the first script whose word stands in the message."""

    choice: Choice = field(default_factory=lambda: Choice(Decision.OUT_OF_SCOPE))

    def rank(self, message: str, among: Collection[ScriptId] | None = None) -> Choice:
        found = [ScriptId(script) for word, script in WORDS.items() if word in message.lower()]
        if not found:
            return Choice(Decision.OUT_OF_SCOPE)
        return Choice(Decision.MATCH, (Candidate(found[0], "título", 0.9),))


@pytest.fixture
def catalogue() -> WordCatalogue:
    return WordCatalogue((CLAIM, HOME, DATA, CANCEL, GREETED))


def walked(catalogue: WordCatalogue, *messages: str, state: State | None = None) -> State:
    state = state or a_state()
    for message in messages:
        state = decide(state, message, OCCASION, catalogue).state
    return state


def test_who_introduces_himself_first_has_one_demand(catalogue: WordCatalogue) -> None:
    found = two_demands("me chamo Rosa. bati o carro na esquina", catalogue)

    assert found is None


@pytest.mark.parametrize(
    "message",
    [
        "bati o carro e também quero mudar meu endereço",
        "bati meu carro ontem. preciso trocar o endereço do cadastro",
        "Bati o carro hoje, e preciso atualizar meu endereço",
        "bati o carro agora; aproveitando quero corrigir meu endereço",
        "bati o carro ontem\nquero mudar meu endereço",
    ],
)
def test_the_second_demand_of_a_message_is_remembered(catalogue: WordCatalogue, message: str) -> None:
    found = two_demands(message, catalogue)

    assert found is not None
    assert (found[0].candidates[0].script, found[1]) == (101, Later(ScriptId(103)))


@pytest.mark.parametrize(
    "message",
    [
        "bati o carro ontem",
        "bati o carro e o outro fugiu",
        "bati o carro. foi feio. ninguém se machucou. e agora. endereço",
        "bati o carro, foi na rua do meu endereço",
        "bati. casa.",
        "não quero cancelar, mas quero mudar o endereço",
        "bati o carro. é, bati o carro.",
    ],
)
def test_one_demand_is_not_taken_for_two(catalogue: WordCatalogue, message: str) -> None:
    assert two_demands(message, catalogue) is None


def test_the_first_demand_starts_and_the_second_is_said_to_follow(catalogue: WordCatalogue) -> None:
    verdict = decide(a_state(), "bati o carro e também quero mudar meu endereço", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.later) == (101, (Later(ScriptId(103)),))
    assert verdict.reply == "Sinistro, passo 1.\n\nDepois disso, vemos também Dados."


def test_the_second_demand_is_offered_after_the_last_step(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "bati o carro e também quero mudar meu endereço", "ok")

    verdict = decide(state, "ok", OCCASION, catalogue)

    assert verdict.state.is_final
    assert verdict.state.asked == Question(Asking.NEXT, (ScriptId(103),))
    assert verdict.reply == (
        "Sinistro, passo 3.\n\nVocê também precisava de Dados. Quer seguir com isso agora? Responda sim ou não."
    )


def test_a_yes_begins_the_second_demand_as_a_new_one(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "bati o carro e também quero mudar meu endereço", "ok", "ok")

    verdict = decide(state, "sim, por favor", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step, verdict.state.later) == (103, 1, ())
    assert verdict.is_new_demand


def test_a_no_ends_politely_and_forgets_it(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "bati o carro e também quero mudar meu endereço", "ok", "ok")

    verdict = decide(state, "não, obrigado", OCCASION, catalogue)

    assert (verdict.state.later, verdict.state.asked, verdict.state.status) == ((), None, Status.ENDED)
    assert "concluído" in (verdict.reply or "")


def test_another_demand_in_mid_script_is_asked_about_and_the_step_waits(catalogue: WordCatalogue) -> None:
    verdict = decide(a_state(CLAIM), "quero um seguro pra minha casa", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step) == (101, 1)
    assert verdict.state.asked == Question(Asking.SWITCH, (ScriptId(102),), said="quero um seguro pra minha casa")
    assert verdict.reply == "Você quer deixar Sinistro e tratar de Casa? Responda sim ou não."


def test_a_yes_switches_and_the_left_script_is_resumed_where_it_was(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "quero um seguro pra minha casa", "sim", "ok", state=a_state(CLAIM, step=2))

    verdict = decide(state, "sim", OCCASION, catalogue)

    assert state.asked == Question(Asking.NEXT, (ScriptId(101),))
    assert (verdict.state.script, verdict.state.step, verdict.reply) == (101, 2, "Sinistro, passo 2.")
    assert not verdict.is_new_demand


def test_a_no_takes_what_was_said_as_the_answer_to_the_step(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "quero um seguro pra minha casa", state=a_state(CLAIM))

    verdict = decide(state, "não", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step, verdict.state.asked) == (101, 2, None)


def test_other_words_after_the_question_are_an_answer_to_the_step(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "quero um seguro pra minha casa", state=a_state(CLAIM))

    assert walked(catalogue, "foi na avenida central", state=state).step == 2


def test_cancelling_is_a_right_and_is_entered_from_any_script_without_asking(catalogue: WordCatalogue) -> None:
    verdict = decide(a_state(CLAIM, step=2), "quero cancelar meu seguro", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step, verdict.state.asked) == (105, 1, None)
    assert verdict.state.later == (Later(ScriptId(101), 1, 2),)


@pytest.mark.parametrize("answer", ["casa", "na casa"])
def test_short_answers_in_mid_script_are_no_demand(catalogue: WordCatalogue, answer: str) -> None:
    assert other_demand(Heard(a_state(CLAIM), answer, OCCASION, catalogue)) is None


@pytest.mark.parametrize("question", ["e a minha casa?", "a casa também entra nesse seguro?"])
def test_a_question_in_mid_script_is_no_demand_and_moves_no_step(catalogue: WordCatalogue, question: str) -> None:
    verdict = decide(a_state(CLAIM, step=2), question, OCCASION, catalogue)

    assert (verdict.state.step, verdict.state.asked, verdict.choice.decision) == (2, None, Decision.ANSWER)


def test_words_that_only_begin_like_a_question_are_an_answer(catalogue: WordCatalogue) -> None:
    verdict = decide(a_state(CLAIM, step=1), "como eu disse, foi ontem", OCCASION, catalogue)

    assert verdict.state.step == 2


def test_the_running_script_is_no_other_demand(catalogue: WordCatalogue) -> None:
    assert other_demand(Heard(a_state(CLAIM), "é que eu bati o carro ontem", OCCASION, catalogue)) is None


def test_none_of_the_offered_topics_is_an_answer_too(catalogue: WordCatalogue) -> None:
    asked = a_state(asked=Question(Asking.WHICH, (ScriptId(101), ScriptId(102))))

    verdict = decide(asked, "nenhuma dessas", OCCASION, catalogue)

    assert (verdict.state.asked, verdict.state.script) == (None, None)
    assert verdict.choice.decision is Decision.OUT_OF_SCOPE


@pytest.mark.parametrize("words", ["deixa pra lá", "esquece", "quero parar", "never mind"])
def test_who_wants_to_leave_a_script_is_asked_once_and_a_yes_ends_it(catalogue: WordCatalogue, words: str) -> None:
    asked = decide(a_state(CLAIM, step=2), words, OCCASION, catalogue)
    ended = decide(asked.state, "sim", OCCASION, catalogue)

    assert (asked.state.step, asked.state.asked) == (2, Question(Asking.STOP, (ScriptId(101),)))
    assert (ended.state.script, ended.state.step, ended.state.status) == (None, 0, Status.BOT)
    assert "sem registrar nada" in (ended.reply or "")


@pytest.mark.parametrize("words", ["começar de novo", "quero recomeçar"])
def test_who_wants_to_begin_anew_is_asked_once_and_begins_without_what_was_told(
    catalogue: WordCatalogue, words: str
) -> None:
    asked = decide(a_state(CLAIM, step=2, slots={"dia": "2026-11-19"}), words, OCCASION, catalogue)
    begun = decide(asked.state, "sim", OCCASION, catalogue)

    assert (asked.state.step, asked.state.asked) == (2, Question(Asking.RESTART, (ScriptId(101),)))
    assert (begun.state.script, begun.state.step, begun.state.slots) == (101, 1, {})


def test_a_no_to_leaving_says_the_step_again(catalogue: WordCatalogue) -> None:
    asked = walked(catalogue, "deixa pra lá", state=a_state(CLAIM, step=2))

    verdict = decide(asked, "não", OCCASION, catalogue)

    assert (verdict.reply, verdict.state.step, verdict.state.asked) == ("Sinistro, passo 2.", 2, None)


@pytest.mark.parametrize("words", ["não", "não quero mais cancelar", "mudei de ideia", "não cancela"])
def test_a_cancellation_that_is_taken_back_is_never_walked_on(catalogue: WordCatalogue, words: str) -> None:
    verdict = decide(a_state(CANCEL, step=1), words, OCCASION, catalogue)

    assert verdict.state.asked == Question(Asking.STOP, (ScriptId(105),))
    assert verdict.state.step == 1


def test_what_was_remembered_is_offered_after_a_script_was_left(catalogue: WordCatalogue) -> None:
    state = a_state(CLAIM, step=2, later=(Later(ScriptId(103)),))

    verdict = decide(walked(catalogue, "deixa pra lá", "sim", state=state), "quero", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.step) == (103, 1)


def test_both_of_the_offered_topics_are_served_in_order(catalogue: WordCatalogue) -> None:
    asked = a_state(asked=Question(Asking.WHICH, (ScriptId(103), ScriptId(101))))

    verdict = decide(asked, "os dois", OCCASION, catalogue)

    assert (verdict.state.script, verdict.state.later) == (103, (Later(ScriptId(101)),))


@pytest.mark.parametrize("words", ["tem gente ferida", "socorro, meu filho desmaiou", "my wife is bleeding"])
def test_when_somebody_is_hurt_the_customer_is_told_whom_to_call_and_gets_a_person(
    catalogue: WordCatalogue, words: str
) -> None:
    verdict = decide(a_state(CLAIM), words, OCCASION, catalogue)

    assert verdict.state.status is Status.WAITING
    assert (verdict.reply or "").startswith("Se há alguém ferido, ligue agora para o 192")


@pytest.mark.parametrize("words", ["ninguém se machucou", "não teve ninguém ferido", "cobre motorista ferido?"])
def test_nobody_hurt_is_no_emergency(catalogue: WordCatalogue, words: str) -> None:
    assert decide(a_state(CLAIM), words, OCCASION, catalogue).state.status is Status.BOT


def archived(catalogue: WordCatalogue, script: int) -> WordCatalogue:
    """The same catalogue after an admin archived a script."""
    return WordCatalogue([one for one in catalogue.scripts if one.id != script])


def test_a_remembered_demand_that_was_archived_is_dropped_and_the_script_ends(catalogue: WordCatalogue) -> None:
    state = a_state(CLAIM, step=2, later=(Later(ScriptId(103)),))

    verdict = decide(state, "ok", OCCASION, archived(catalogue, 103))

    assert (verdict.state.is_final, verdict.state.later, verdict.state.asked) == (True, (), None)


def test_a_yes_to_a_demand_archived_meanwhile_is_answered_politely(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "ok", state=a_state(CLAIM, step=2, later=(Later(ScriptId(103)),)))

    verdict = decide(state, "sim", OCCASION, archived(catalogue, 103))

    assert (verdict.state.status, verdict.state.later) == (Status.ENDED, ())


def test_a_yes_to_a_script_archived_meanwhile_goes_on_with_the_step(catalogue: WordCatalogue) -> None:
    state = walked(catalogue, "quero um seguro pra minha casa", state=a_state(CLAIM))

    assert decide(state, "sim", OCCASION, archived(catalogue, 102)).state.step == 2


def test_a_stale_glance_at_an_archived_script_is_no_other_demand(catalogue: WordCatalogue) -> None:
    heard = Heard(a_state(CLAIM), "quero um seguro pra minha casa", OCCASION, archived(catalogue, 102))

    assert other_demand(heard) is None
