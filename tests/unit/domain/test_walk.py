from dataclasses import replace

import pytest

from roteiro.domain.conversation import Asking, Question, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.walk import advance, begin
from tests.factories import a_script, a_state


def test_a_script_begins_at_its_first_step_pinned_to_its_version() -> None:
    script = a_script(steps=3, version=7)

    state, said = begin(a_state(asked=Question(Asking.WHICH, (ScriptId(1),))), script)

    assert (state.script, state.version, state.step, state.steps, state.asked) == (script.id, 7, 1, 3, None)
    assert said == "Sinistro Automotivo, passo 1."


@pytest.mark.parametrize("steps", [2, 3, 7, 100])
def test_each_message_is_one_step_and_only_the_last_one_ends_the_script(steps: int) -> None:
    script = a_script(steps)
    state, said = begin(a_state(), script)
    walked = [(state.step, said, state.status)]

    while state.status is Status.BOT:
        state, said = advance(state, script)
        walked.append((state.step, said, state.status))

    assert [step for step, _, _ in walked] == list(range(1, steps + 1))
    assert [said for _, said, _ in walked] == [step.message for step in script.steps]
    assert [status for *_, status in walked] == [Status.BOT] * (steps - 1) + [Status.ENDED]


def test_a_script_of_one_step_ends_as_it_begins() -> None:
    state, _ = begin(a_state(), a_script(steps=1))

    assert state.is_final


def test_walking_keeps_the_collected_slots_and_everything_else() -> None:
    before = a_state(slots={"apolice": "123456"}, name="Ana", locale="es", epoch=4, control=2, answered=9)

    state, _ = begin(before, a_script(steps=2))
    state, _ = advance(state, a_script(steps=2))

    assert replace(state, script=None, version=0, step=0, steps=0, status=Status.BOT) == before


def test_a_script_begun_after_another_starts_from_its_own_first_step() -> None:
    ended, _ = begin(a_state(), a_script(steps=1))

    state, said = begin(ended, a_script(steps=2, script=105, title="Cancelamento"))

    assert (state.script, state.step, state.is_final) == (105, 1, False)
    assert said == "Cancelamento, passo 1."
