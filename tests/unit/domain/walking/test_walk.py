from dataclasses import replace

import pytest

from roteiro.domain.conversation import Asking, Question, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.walking.walk import arrive, begin, go_on, open_slots
from tests.factories import OCCASION, a_script, a_state, a_written_script

WHEN = {"dia": {"type": "date", "label": "Dia"}}
PLATE = {"placa": {"type": "plate", "label": "Placa", "required": False}}


def test_a_script_begins_at_its_first_step_pinned_to_its_version() -> None:
    script = a_script(steps=3, version=7)

    state, said, *_ = begin(a_state(asked=Question(Asking.WHICH, (ScriptId(1),))), script, OCCASION)

    assert (state.script, state.version, state.step, state.steps, state.asked) == (script.id, 7, 1, 3, None)
    assert said == "Sinistro Automotivo, passo 1."


@pytest.mark.parametrize("steps", [2, 3, 7, 100])
def test_each_message_is_one_step_and_only_the_last_one_ends_the_script(steps: int) -> None:
    script = a_script(steps)
    state, said, *_ = begin(a_state(), script, OCCASION)
    walked = [(state.step, said, state.status)]

    while state.status is Status.BOT:
        state, said, *_ = go_on(state, script, OCCASION)
        walked.append((state.step, said, state.status))

    assert [step for step, _, _ in walked] == list(range(1, steps + 1))
    assert [said for _, said, _ in walked] == [step.message for step in script.steps]
    assert [status for *_, status in walked] == [Status.BOT] * (steps - 1) + [Status.ENDED]


def test_a_script_of_one_step_ends_as_it_begins() -> None:
    assert begin(a_state(), a_script(steps=1), OCCASION).state.is_final


def test_walking_keeps_the_collected_slots_and_everything_else() -> None:
    before = a_state(slots={"apolice": "123456"}, name="Ana", locale="es", epoch=4, control=2, answered=9)

    state, *_ = begin(before, a_script(steps=2), OCCASION)
    state, *_ = go_on(state, a_script(steps=2), OCCASION)

    assert replace(state, script=None, version=0, step=0, steps=0, status=Status.BOT, path=(), is_done=False) == before


def test_a_script_begun_after_another_starts_from_its_own_first_step() -> None:
    ended, *_ = begin(a_state(), a_script(steps=1), OCCASION)

    state, said, *_ = begin(ended, a_script(steps=2, script=105, title="Cancelamento"), OCCASION)

    assert (state.script, state.step, state.is_final, state.path) == (105, 1, False, (1,))
    assert said == "Cancelamento, passo 1."


def test_a_last_step_that_waits_for_a_value_does_not_end_the_script() -> None:
    script = a_written_script("Olá.", {"message": "Quando foi?", "collect": ["dia"]}, slots=WHEN)

    state, *_ = arrive(begin(a_state(), script, OCCASION).state, script, 2, OCCASION)

    assert not state.is_final
    assert open_slots(script.step(2), state, script) == ["dia"]


def test_a_script_that_ends_with_an_answer_closes_with_its_own_words() -> None:
    script = a_written_script(
        {"message": "Quando foi?", "collect": ["dia"]}, slots=WHEN, completion={"message": "Anotei {dia}."}
    )
    told = replace(begin(a_state(), script, OCCASION).state, slots={"dia": "2026-11-19"})

    state, said, *_ = go_on(told, script, OCCASION)

    assert (state.is_final, state.step, said) == (True, 1, "Anotei 19/11/2026.")


def test_without_closing_words_of_its_own_a_script_tells_the_protocol() -> None:
    script = a_written_script({"message": "Quando foi?", "collect": ["dia"]}, slots=WHEN)
    told = replace(begin(a_state(), script, OCCASION).state, slots={"dia": "2026-11-19"})

    assert "20261121-4839201-75" in go_on(told, script, OCCASION).reply


def test_a_step_whose_slots_are_filled_is_passed_over() -> None:
    script = a_written_script({"message": "Quando foi?", "collect": ["dia"]}, "Obrigado.", slots=WHEN)

    state, said, *_ = begin(a_state(slots={"dia": "2026-11-19"}), script, OCCASION)

    assert (state.step, said, state.path) == (2, "Obrigado.", (1, 2))


def test_a_filled_step_is_said_when_the_script_wants_it() -> None:
    asking = {"message": "Quando foi?", "collect": ["dia"], "skip_if_filled": False}
    script = a_written_script(asking, "Obrigado.", slots=WHEN)

    assert begin(a_state(slots={"dia": "2026-11-19"}), script, OCCASION).state.step == 1


def test_any_one_of_the_slots_is_enough_where_the_step_says_so() -> None:
    slots = WHEN | {"placa": {"type": "plate"}}
    asking = {"message": "Dia ou placa?", "collect": ["dia", "placa"], "need": "any"}
    script = a_written_script(asking, "Obrigado.", slots=slots)

    assert open_slots(script.step(1), a_state(), script) == ["dia", "placa"]
    assert open_slots(script.step(1), a_state(slots={"placa": "ABC1D23"}), script) == []
    assert begin(a_state(slots={"placa": "ABC1D23"}), script, OCCASION).state.step == 2


def test_a_step_whose_condition_does_not_hold_is_passed_over() -> None:
    script = a_written_script("Olá.", {"message": "Com placa.", "when": "placa is not None"}, "Fim.", slots=PLATE)

    without = go_on(begin(a_state(), script, OCCASION).state, script, OCCASION)
    with_one = go_on(begin(a_state(slots={"placa": "ABC1D23"}), script, OCCASION).state, script, OCCASION)

    assert (without.reply, with_one.reply) == ("Fim.", "Com placa.")


@pytest.mark.parametrize(("locale", "said"), [("pt-BR", "Por aqui."), ("en", "Por ali.")])
def test_the_first_branch_that_holds_leads_on(locale: str, said: str) -> None:
    branches = [{"when": "locale == 'en'", "goto": "ali"}, {"goto": 2}]
    script = a_written_script(
        {"message": "Olá.", "next": branches},
        {"message": "Por aqui.", "next": "END"},
        {"id": "ali", "message": "Por ali."},
    )

    walked = go_on(begin(a_state(locale=locale), script, OCCASION).state, script, OCCASION)

    assert walked.reply == said
    assert walked.state.is_final


def test_a_step_before_the_end_may_be_the_last_one() -> None:
    script = a_written_script({"message": "Vai?", "next": [{"when": "locale == 'pt-BR'", "goto": "END"}]}, "Mais.")

    assert begin(a_state(), script, OCCASION).state.is_final


def test_texts_that_go_on_by_themselves_are_one_reply_of_three_at_most() -> None:
    on = [{"message": f"Texto {n}.", "auto_advance": True} for n in range(1, 5)]
    script = a_written_script(*on, "Fim.")

    state, said, *_ = begin(a_state(), script, OCCASION)

    assert (state.step, said) == (3, "Texto 1.\n\nTexto 2.\n\nTexto 3.")


def test_a_script_may_lead_to_a_person() -> None:
    script = a_written_script({"message": "Um momento.", "auto_advance": True, "next": "HANDOFF"})

    assert begin(a_state(), script, OCCASION).is_handoff


def test_a_loop_without_new_input_ends_with_a_person() -> None:
    asking = {"message": "Quando?", "collect": ["dia"], "next": [{"when": "dia != '2020-01-01'", "goto": 1}]}
    script = a_written_script(asking, "Fim.", slots=WHEN)

    assert begin(a_state(slots={"dia": "2026-11-19"}), script, OCCASION).is_handoff


def test_a_script_speaks_the_customers_language_where_it_is_translated() -> None:
    script = a_written_script("Olá.", "Fim.", translations={"en": {"script.1.message": "Hello."}})

    state, said, *_ = begin(a_state(locale="en"), script, OCCASION)

    assert (said, go_on(state, script, OCCASION).reply) == ("Hello.", "Fim.")
