"""What an attendant does to a conversation: choose, adjust, take over, hand back, close."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.conversation import Edit, Owner, State, Status
from roteiro.domain.desk import desking
from roteiro.domain.script import Script
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.heard import running
from roteiro.errors import InvalidRequest, NotYours, Stale, Taken
from tests.factories import OCCASION, FakeCatalogue, a_catalogue, a_state, a_written_script

HOOK = {"type": "webhook", "url": "https://crm.example.com/h", "secret_ref": "CRM"}
CPF, DAY = {"type": "cpf", "label": "CPF"}, {"type": "date", "label": "Dia"}
CLAIM = a_written_script("Sinto muito.", "Conte.", "Feito.", slots={"cpf": CPF, "dia": DAY})
CANCEL = a_written_script(
    "Vamos cancelar.",
    {"message": "Qual CPF?", "collect": ["cpf"]},
    "Pedido feito.",
    script=105,
    title="Cancelamento",
    slots={"cpf": CPF, "dia": {"type": "text"}},
    translations={"en": {"script.2.message": "Which CPF?"}},
)
ALL = a_catalogue(CLAIM, CANCEL)


def held(script: Script | None = CLAIM, who: str = "ana", **changes: Any) -> State:
    """Return a conversation that an attendant holds."""
    return a_state(script, **({"status": Status.HUMAN, "owner": Owner.HUMAN, "assigned": who, "control": 3} | changes))


def waiting(script: Script | None = CLAIM, **changes: Any) -> State:
    return held(script, **({"status": Status.WAITING, "assigned": None} | changes))


def test_a_waiting_conversation_is_taken_by_whoever_comes_first() -> None:
    act = desking.take_over(waiting(), "ana")

    assert (act.state.status, act.state.owner, act.state.assigned) == (Status.HUMAN, Owner.HUMAN, "ana")
    assert (act.state.control, act.reply) == (4, None)


def test_the_second_attendant_is_told_who_was_first() -> None:
    with pytest.raises(Taken) as refused:
        desking.take_over(held(who="ana"), "rui")

    assert refused.value.facts == {"who": "ana"}


def test_who_holds_a_conversation_is_told_by_name_and_never_by_an_old_one() -> None:
    taken = desking.take_over(waiting(), "key:1", "Ana").state
    back = desking.hand_back(taken, "key:1", "", None, OCCASION, ALL).state

    with pytest.raises(Taken) as refused:
        desking.take_over(taken, "key:2", "Rui")

    assert (refused.value.facts, taken.holder, back.holder) == ({"who": "Ana"}, "Ana", "")
    assert desking.take_over(back, "operator").state.holder == "operator"


def test_the_bots_conversation_may_be_taken_over_too() -> None:
    assert desking.take_over(a_state(CLAIM), "ana").state.assigned == "ana"


@pytest.mark.parametrize("state", [a_state(CLAIM), waiting(), held(who="rui")], ids=["bot", "waiting", "another's"])
def test_only_who_holds_it_may_answer_and_hand_back(state: State) -> None:
    with pytest.raises(NotYours):
        desking.reply(state, "ana", "Oi.")
    with pytest.raises(NotYours):
        desking.hand_back(state, "ana", "", None, OCCASION, ALL)


def test_a_persons_reply_moves_nothing() -> None:
    act = desking.reply(held(), "ana", "Oi, aqui é a Ana.")

    assert (act.state, act.reply) == (held(), "Oi, aqui é a Ana.")


def test_another_script_keeps_slots_of_the_same_name_and_type_and_says_what_it_drops() -> None:
    state = waiting(slots={"cpf": "52998224725", "dia": "2026-11-19"}, step=2)

    act = desking.choose_script(state, CLAIM, CANCEL, None, OCCASION)

    assert act.state.slots == {"cpf": "52998224725"}
    assert (act.state.script, act.state.step, act.state.status) == (105, 1, Status.WAITING)
    assert (act.detail["kept"], act.detail["dropped"], act.reply) == (["cpf"], ["dia"], None)


def test_a_chosen_script_takes_what_was_said_newest_first_and_never_over_what_is_kept() -> None:
    said = ("meu CPF é 529.982.247-25", "meu cpf é 111.444.777-35")

    fresh = desking.choose_script(held(slots={}), CLAIM, CANCEL, None, OCCASION, said)
    kept = desking.choose_script(held(slots={"cpf": "11144477735"}), CLAIM, CANCEL, None, OCCASION, said)

    assert (fresh.state.slots["cpf"], fresh.detail["read"]) == ("52998224725", ["cpf"])
    assert (kept.state.slots["cpf"], kept.detail["read"]) == ("11144477735", [])


def test_while_the_bot_owns_the_conversation_the_chosen_step_is_said_at_once() -> None:
    act = desking.choose_script(a_state(CLAIM), CLAIM, CANCEL, 2, OCCASION)

    assert (act.reply, act.state.step, act.state.status) == ("Qual CPF?", 2, Status.BOT)


def test_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        desking.choose_script(a_state(CLAIM), CLAIM, CANCEL, 9, OCCASION)


def test_conversation_four_goes_on_with_the_edited_step_after_the_hand_back() -> None:
    chosen = desking.choose_script(held(), CLAIM, CANCEL, None, OCCASION).state
    edited = desking.adjust_step(chosen, "edit", 2, "Me passe o CPF do titular.", OCCASION, ALL).state
    back = desking.hand_back(edited, "ana", "", None, OCCASION, ALL)

    on = decide(back.state, "ok", OCCASION, ALL)

    assert back.reply == "Vamos cancelar."
    assert on.reply == "Me passe o CPF do titular."
    assert CANCEL.steps[1].message == "Qual CPF?"


def test_an_edited_step_is_said_in_no_other_language() -> None:
    edited = desking.adjust_step(a_state(CANCEL, locale="en"), "edit", 2, "CPF do titular?", OCCASION, ALL).state

    assert decide(edited, "ok", OCCASION, ALL).reply == "CPF do titular?"


def walked(state: State, catalogue: FakeCatalogue = ALL) -> list[str]:
    """Return what the bot says until the end, whatever is answered."""
    said = []
    for _ in range(9):
        verdict = decide(state, "529.982.247-25", OCCASION, catalogue)
        state = verdict.state
        said.append(verdict.reply or "")
        if state.is_final:
            break
    return said


@pytest.mark.parametrize(
    ("action", "step", "said"),
    [
        ("skip", 2, ["Feito."]),
        ("insert", 2, ["Novo.", "Conte.", "Feito."]),
        ("insert", 3, ["Conte.", "Novo.", "Feito."]),
        ("edit", 3, ["Conte.", "Novo."]),
    ],
)
def test_steps_are_changed_for_one_conversation_alone(action: str, step: int, said: list[str]) -> None:
    act = desking.adjust_step(a_state(CLAIM), action, step, "Novo.", OCCASION, ALL)

    assert walked(act.state) == said
    assert walked(a_state(CLAIM)) == ["Conte.", "Feito."]
    assert act.state.steps == (4 if action == "insert" else 3)


def test_several_edits_add_up_and_a_reset_takes_one_step_back() -> None:
    state = a_state(CLAIM)
    for action, step in (("insert", 2), ("edit", 3), ("skip", 4)):
        state = desking.adjust_step(state, action, step, f"{action}.", OCCASION, ALL).state

    reset = desking.adjust_step(state, "reset", 2, "", OCCASION, ALL).state

    assert walked(state)[:2] == ["insert.", "edit."]
    assert reset.edits == (Edit("edit", 2, "edit."), Edit("skip", 3, "skip."))


def test_branches_lead_past_an_inserted_step_to_where_they_led() -> None:
    script = a_written_script({"message": "A.", "next": [{"when": "locale == 'pt-BR'", "goto": 3}]}, "B.", "C.", "D.")
    catalogue = a_catalogue(script)

    act = desking.adjust_step(a_state(script), "insert", 2, "Novo.", OCCASION, catalogue)

    assert walked(act.state, catalogue) == ["C.", "D."]


def test_going_to_a_step_says_it_when_the_bot_owns_the_conversation() -> None:
    act = desking.adjust_step(a_state(CLAIM), "goto", 2, "", OCCASION, ALL)

    assert (act.reply, act.state.step) == ("Conte.", 2)


def test_what_was_answered_by_other_means_is_not_asked_for() -> None:
    act = desking.adjust_step(a_state(CANCEL, step=2), "answered", 2, "", OCCASION, ALL)

    assert (act.reply, act.state.is_final, act.state.slots) == ("Pedido feito.", True, {"cpf": None})


@pytest.mark.parametrize(
    ("state", "action", "step", "code"),
    [
        (a_state(), "skip", 1, "no_script"),
        (a_state(CLAIM), "edit", 4, "unknown_step"),
        (a_state(CLAIM, step=2), "edit", 1, "step_passed"),
        (a_state(CLAIM, step=2), "skip", 2, "step_passed"),
    ],
)
def test_what_cannot_be_adjusted_is_refused(state: State, action: str, step: int, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        desking.adjust_step(state, action, step, "x", OCCASION, ALL)

    assert [fault.code for fault in refused.value.faults] == [code]


def test_corrected_slots_remember_the_desk_and_move_no_step() -> None:
    state = held(slots={"cpf": "1", "dia": "2026-11-19"})

    act = desking.correct_slots(state, {"cpf": "52998224725", "dia": None}, OCCASION)

    assert (act.state.slots, act.state.sources) == ({"cpf": "52998224725"}, {"cpf": OCCASION.seq})
    assert act.state.step == state.step


def test_the_hand_back_says_the_message_and_then_the_step() -> None:
    act = desking.hand_back(held(step=2), "ana", "Prontinho, Bia.", None, OCCASION, ALL)

    assert act.reply == "Prontinho, Bia.\n\nConte."
    assert (act.state.status, act.state.owner, act.state.assigned) == (Status.BOT, Owner.BOT, None)


def test_a_hand_back_without_a_script_says_that_the_bot_is_there() -> None:
    assert desking.hand_back(held(None), "ana", "", None, OCCASION, ALL).reply


def test_a_script_that_had_ended_is_not_completed_twice() -> None:
    script = a_written_script("A.", "B.", completion={"action": HOOK})
    ended = decide(a_state(script), "ok", OCCASION, a_catalogue(script)).state
    asked = decide(ended, "quero falar com um atendente", OCCASION, a_catalogue(script)).state

    back = desking.hand_back(desking.take_over(asked, "ana").state, "ana", "", None, OCCASION, a_catalogue(script))

    assert (back.outbox, back.state.status) == ((), Status.ENDED)


def test_a_script_chosen_and_ended_by_the_hand_back_tells_other_systems() -> None:
    script = a_written_script("Só isto.", script=107, completion={"action": HOOK})
    catalogue = a_catalogue(CLAIM, script)
    chosen = desking.choose_script(held(), CLAIM, script, None, OCCASION)

    back = desking.hand_back(chosen.state, "ana", "", None, OCCASION, catalogue)

    assert (chosen.outbox, [one.type for one in back.outbox]) == ((), ["script.completed"])


def test_a_silent_bot_records_and_says_nothing_until_it_may_again() -> None:
    off = desking.switch_bot(a_state(CLAIM), is_off=True).state

    silent = decide(off, "ok", OCCASION, ALL)
    spoken = decide(desking.switch_bot(off, is_off=False).state, "ok", OCCASION, ALL)

    assert (silent.reply, silent.state.step, spoken.reply) == (None, 1, "Conte.")


def test_a_silent_bot_still_calls_a_person() -> None:
    off = desking.switch_bot(a_state(CLAIM), is_off=True).state

    assert decide(off, "quero um atendente", OCCASION, ALL).state.status is Status.WAITING


def test_a_closed_conversation_says_how_and_a_customer_who_writes_on_waits_again() -> None:
    act = desking.close(held(), "ana", "resolved", "Resolvido.", {"conclusion": {"asked": "x"}})

    again = decide(act.state, "ainda não funcionou", OCCASION, ALL)

    assert (act.state.status, act.state.outcome, act.detail["outcome"]) == (Status.CLOSED, "resolved", "resolved")
    assert (again.state.status, again.state.reason, again.reply) == (Status.WAITING, "reopened", None)


def test_who_takes_a_closed_conversation_up_again_takes_back_only_the_closing_text() -> None:
    closed = a_state(CLAIM, status=Status.CLOSED, unheard=(4, 6), answered=6)

    assert desking.take_over(closed, "ana").state.unheard == (4,)
    assert desking.take_over(replace(closed, status=Status.WAITING), "ana").state.unheard == (4, 6)


@pytest.mark.parametrize("status", [Status.BOT, Status.ENDED, Status.WAITING])
def test_a_conversation_that_nobody_holds_may_be_closed(status: Status) -> None:
    owner = Owner.HUMAN if status is Status.WAITING else Owner.BOT
    free = a_state(CLAIM, status=status, owner=owner)

    assert desking.close(free, "ana", "duplicate", "Encerrado.", {}).state.status is Status.CLOSED


def test_another_attendants_conversation_is_not_closed() -> None:
    with pytest.raises(NotYours):
        desking.close(held(who="rui"), "ana", "resolved", "Resolvido.", {})


DEEDS: list[Callable[[State], desking.Act]] = [
    lambda state: desking.take_over(state, "ana"),
    lambda state: desking.choose_script(state, CLAIM, CANCEL, None, OCCASION),
    lambda state: desking.adjust_step(state, "edit", 3, "x", OCCASION, ALL),
    lambda state: desking.hand_back(state, "ana", "", None, OCCASION, ALL),
    lambda state: desking.correct_slots(state, {"cpf": None}, OCCASION),
    lambda state: desking.switch_bot(state, is_off=True),
    lambda state: desking.close(state, "ana", "pending", "x", {}),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_every_decision_of_a_person_makes_earlier_replies_void(deed: Callable[[State], desking.Act]) -> None:
    assert deed(held()).state.control == held().control + 1


def test_a_running_script_without_edits_is_the_published_one() -> None:
    assert running(a_state(CLAIM), ALL) is CLAIM


def test_a_reset_takes_back_the_step_that_now_has_the_number() -> None:
    state = a_state(CLAIM)
    for action, step, message in (("insert", 2, "A."), ("insert", 2, "B."), ("edit", 5, "C.")):
        state = desking.adjust_step(state, action, step, message, OCCASION, ALL).state

    one = desking.adjust_step(state, "reset", 2, "", OCCASION, ALL).state

    assert walked(state) == ["B.", "A.", "Conte.", "C."]
    assert walked(one) == ["A.", "Conte.", "C."]
    assert walked(desking.adjust_step(one, "reset", 4, "", OCCASION, ALL).state) == ["A.", "Conte.", "Feito."]


def test_an_edit_with_a_name_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        desking.adjust_step(a_state(CLAIM), "edit", 2, "Olá, {inexistente}.", OCCASION, ALL)


def test_edits_of_one_conversation_have_an_end() -> None:
    state = a_state(CLAIM)
    for _ in range(30):
        state = desking.adjust_step(state, "edit", 2, "x", OCCASION, ALL).state

    with pytest.raises(InvalidRequest):
        desking.adjust_step(state, "edit", 2, "x", OCCASION, ALL)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.HUMAN])
def test_what_a_colleague_holds_or_closed_is_not_changed(status: Status) -> None:
    owner = Owner.HUMAN if status is Status.HUMAN else Owner.BOT
    state = a_state(CLAIM, status=status, owner=owner, assigned="rui" if owner is Owner.HUMAN else None)

    with pytest.raises((NotYours, Stale)):
        desking.check_free(state, "ana")


def test_a_hand_back_goes_to_the_first_step_that_waits_again() -> None:
    state = held(CANCEL, step=3, path=(1, 2, 3), slots={})

    assert desking.hand_back(state, "ana", "", None, OCCASION, ALL).reply == "Qual CPF?"


def test_whoever_is_hurt_while_waiting_is_told_whom_to_call() -> None:
    verdict = decide(waiting(), "tem gente ferida aqui, socorro", OCCASION, ALL)

    assert "192" in (verdict.reply or "")
    assert (verdict.state.status, verdict.state.reason) == (Status.WAITING, "emergency")


def test_thanks_to_a_closed_conversation_call_nobody() -> None:
    closed = desking.close(held(), "ana", "pending", "Até.", {}).state

    verdict = decide(closed, "obrigada!", OCCASION, ALL)

    assert verdict.state == closed
    assert verdict.reply


def test_a_bot_that_is_off_says_no_chosen_script_either() -> None:
    off = desking.switch_bot(a_state(CLAIM), is_off=True).state

    assert desking.choose_script(off, CLAIM, CANCEL, None, OCCASION).reply is None


@pytest.mark.parametrize(
    ("reason", "status"),
    [("off", Status.BOT), ("asked", Status.WAITING)],
    ids=["waits for the bot", "asked for a person"],
)
def test_switching_the_bot_on_takes_back_only_who_waits_because_it_was_off(reason: str, status: Status) -> None:
    waiting = a_state(status=Status.WAITING, owner=Owner.HUMAN, is_off=True, reason=reason)

    after = desking.switch_bot(waiting, is_off=False).state

    assert (after.status, after.is_off) == (status, False)
