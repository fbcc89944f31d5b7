"""A script that waits for values: asked again, corrected, confirmed, left and ended, as a customer meets it."""

from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Later, Owner, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Script
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.verdict import Verdict
from tests.factories import OCCASION, a_catalogue, a_choice, a_state, a_written_script

HOOK = {"type": "webhook", "url": "https://crm.example.com/h", "secret_ref": "CRM"}
SLOTS: dict[str, Any] = {
    "cpf": {"type": "cpf", "label": "CPF", "prompt": "Qual é o seu CPF?"},
    "dia": {"type": "date", "label": "Dia", "reprompts": ["Que dia foi?", "Escreva o dia, como 12/03."]},
    "valor": {"type": "money_brl", "label": "Valor", "confirm": True},
    "obs": {"type": "text", "label": "Observação", "required": False, "on_max_attempts": "skip"},
}


def a_claim(**changes: Any) -> Script:
    steps = (
        "Vamos registrar. Escreva ok.",
        {"message": "Informe CPF e dia.", "collect": ["cpf", "dia"]},
        {"message": "Confere?\n{summary}", "kind": "confirm"},
        "Registrado: {protocol}.",
    )
    slots = {name: SLOTS[name] for name in ("cpf", "dia")}
    return a_written_script(*steps, **({"slots": slots} | changes))


def one_slot(name: str, **changes: Any) -> Script:
    slots = {name: SLOTS[name] | changes}
    return a_written_script({"message": f"Diga {name}.", "collect": [name]}, "Obrigado.", slots=slots)


def said(verdict: Verdict) -> str:
    assert verdict.reply is not None
    return verdict.reply


def talk(script: Script, *messages: str, state: State | None = None, **known: Any) -> Verdict:
    """Say messages one after the other, beginning at the script's first step; return the last verdict."""
    catalogue = a_catalogue(script, **known)
    verdict = None
    at = state or a_state(script, path=(1,))
    for message in messages:
        verdict = decide(at, message, OCCASION, catalogue)
        at = verdict.state
    assert verdict is not None
    return verdict


def test_a_step_waits_until_all_its_slots_are_filled_and_asks_only_what_is_open() -> None:
    asked = talk(a_claim(), "ok", "foi ontem")

    assert (asked.reply, asked.state.step) == ("Qual é o seu CPF?", 2)
    assert asked.state.slots == {"dia": "2026-11-19"}


def test_both_slots_in_one_message_lead_to_the_summary() -> None:
    summed = talk(a_claim(), "ok", "529.982.247-25, ontem")

    assert summed.reply == "Confere?\nCPF: ***.982.247-**\nDia: 19/11/2026"
    assert not summed.state.is_final


def test_nothing_is_asked_that_was_told_before() -> None:
    summed = talk(a_claim(), "ok, meu CPF é 529.982.247-25 e foi ontem")

    assert summed.state.step == 3


@pytest.mark.parametrize("yes", ["sim", "confirmo", "isso mesmo", "correto"])
def test_a_yes_to_the_summary_ends_the_script(yes: str) -> None:
    ended = talk(a_claim(), "ok", "529.982.247-25, ontem", yes)

    assert (ended.state.is_final, ended.reply) == (True, "Registrado: 20261121-4839201-75.")


def test_a_no_to_the_summary_asks_what_to_change_and_sums_up_again() -> None:
    asked = talk(a_claim(), "ok", "529.982.247-25, ontem", "não")
    again = talk(a_claim(), "foi anteontem", state=asked.state)

    assert (asked.state.asked.kind, asked.state.step) == (Asking.CHANGE, 3)
    assert said(again).startswith("Anotado: Dia agora é 18/11/2026.\n\nConfere?")
    assert again.state.slots["dia"] == "2026-11-18"


def test_a_no_with_the_right_value_is_a_correction() -> None:
    again = talk(a_claim(), "ok", "529.982.247-25, ontem", "não, é 12 de março")

    assert (again.state.slots["dia"], again.state.step) == ("2026-03-12", 3)


def test_a_no_leads_where_the_script_says_even_if_all_is_filled() -> None:
    branches = [{"when": "confirmed", "goto": "fim"}, {"goto": "dados"}]
    script = a_written_script(
        {"id": "dados", "message": "Informe o dia.", "collect": ["dia"]},
        {"message": "É {dia}?", "kind": "confirm", "next": branches},
        {"id": "fim", "message": "Feito."},
        slots={"dia": SLOTS["dia"]},
    )

    asked = talk(script, "ontem", "não")

    assert (asked.reply, asked.state.step) == ("Informe o dia.", 1)


def test_neither_yes_nor_no_is_asked_again() -> None:
    asked = talk(a_claim(), "ok", "529.982.247-25, ontem", "talvez")

    assert (asked.state.step, asked.state.failed) == (3, 1)
    assert "sim ou não" in said(asked)


def test_a_value_that_cannot_be_read_goes_up_the_ladder_and_ends_with_a_person() -> None:
    script = one_slot("dia")

    first = talk(script, "talvez sim")
    second = talk(script, "talvez sim", state=first.state)
    third = talk(script, "talvez sim", state=second.state)

    assert first.reply == "Que dia foi?"
    assert said(second).startswith("Escreva o dia, como 12/03.")
    assert "atendente" in said(second)
    assert (third.state.status, third.state.owner) == (Status.WAITING, Owner.HUMAN)


def test_without_own_sentences_the_ladder_says_what_is_wrong_and_repeats_no_value() -> None:
    reply = said(talk(one_slot("cpf"), "é 529.982.247-2"))

    assert "11" in reply
    assert "529" not in reply


def test_attempts_are_forgotten_when_the_slot_is_filled() -> None:
    verdict = talk(one_slot("dia", max_attempts=5), "talvez sim", "talvez sim", "ontem")

    assert (verdict.state.attempts, verdict.state.failed, verdict.state.is_final) == ({}, 0, True)


@pytest.mark.parametrize("words", ["espera um pouco", "oi, bom dia", "pode repetir?"])
def test_what_is_no_try_at_the_question_is_no_attempt(words: str) -> None:
    verdict = talk(one_slot("cpf"), words)

    assert (verdict.state.attempts, verdict.state.step) == ({}, 1)


def test_who_does_not_know_is_offered_a_person_at_once() -> None:
    assert "atendente" in said(talk(one_slot("dia"), "não sei"))


def test_a_slot_that_may_be_skipped_is_skipped() -> None:
    slots = {"dia": SLOTS["dia"], "obs": SLOTS["obs"]}
    script = a_written_script({"message": "Dia e observação?", "collect": ["dia", "obs"]}, "Fim.", slots=slots)

    assert talk(script, "ontem").state.is_final


def test_a_script_may_give_up_without_registering_anything() -> None:
    ended = talk(one_slot("dia", max_attempts=1, on_max_attempts="end"), "talvez sim")

    assert (ended.state.script, ended.outbox) == (None, ())
    assert "sem registrar nada" in said(ended)


def test_a_value_may_be_repeated_before_it_counts() -> None:
    asked = talk(one_slot("valor"), "1.500,00")
    agreed = talk(one_slot("valor"), "sim", state=asked.state)
    denied = talk(one_slot("valor"), "não", state=asked.state)

    assert "R$ 1.500,00" in said(asked)
    assert (asked.state.asked.kind, agreed.state.is_final) == (Asking.VALUE, True)
    assert (denied.state.slots, denied.state.is_final) == ({}, False)


def test_another_value_instead_of_a_yes_replaces_the_first() -> None:
    verdict = talk(one_slot("valor"), "1.500,00", "na verdade são 2.000,00")

    assert verdict.state.slots["valor"] == "2000.00"


def test_a_correction_moves_no_step_and_names_the_new_value() -> None:
    verdict = talk(a_claim(), "ok", "foi ontem", "errei, foi anteontem")

    assert verdict.state.slots["dia"] == "2026-11-18"
    assert verdict.reply == "Anotado: Dia agora é 18/11/2026.\n\nQual é o seu CPF?"


def test_a_correction_that_changes_a_passed_condition_goes_back_there() -> None:
    script = a_written_script(
        {"message": "Que dia?", "collect": ["dia"]},
        {"message": "Dia antigo: conte por quê.", "when": "dia < '2026-11-01'"},
        "Anotado.",
        "Fim.",
        slots={"dia": SLOTS["dia"]},
    )

    verdict = talk(script, "ontem", "na verdade foi 12 de março")

    assert (verdict.state.step, verdict.state.slots["dia"]) == (2, "2026-03-12")
    assert said(verdict).endswith("Dia antigo: conte por quê.")


def test_after_the_end_a_correction_completes_the_script_again_under_its_protocol() -> None:
    script = a_claim(completion={"action": HOOK})
    ended = talk(script, "ok", "529.982.247-25, ontem", "sim")

    again = talk(script, "na verdade foi anteontem", state=ended.state)

    assert (again.state.is_final, again.state.protocol) == (True, ended.state.protocol)
    assert [one.body["slots"] for one in again.outbox] == [{"dia": "2026-11-18"}]


def test_a_side_question_is_answered_and_the_open_slot_asked_again() -> None:
    script = a_claim(knowledge=[{"q": "quanto tempo demora a análise?", "a": "Até dez dias."}])

    verdict = talk(script, "ok", "quanto tempo demora a análise?")

    assert verdict.reply == "Até dez dias.\n\nQual é o seu CPF?"
    assert (verdict.state.step, verdict.state.attempts) == (2, {})
    assert verdict.choice.decision is Decision.ANSWER


def test_a_question_is_no_free_text() -> None:
    script = a_written_script({"message": "Algo mais?", "collect": ["obs"]}, "Fim.", slots={"obs": SLOTS["obs"]})

    assert talk(script, "isso tem custo?").state.slots == {}


def test_a_handoff_word_of_the_script_calls_a_person_of_its_queue() -> None:
    script = a_claim(handoff={"keywords": ["fraude"], "queue": "antifraude"})

    verdict = talk(script, "acho que foi fraude")

    assert (verdict.state.status, verdict.state.queue) == (Status.WAITING, "antifraude")


def test_turns_without_progress_call_a_person_where_the_script_says_so() -> None:
    script = one_slot("dia", max_attempts=9)
    script = a_written_script(
        {"message": "Que dia?", "collect": ["dia"]},
        "Fim.",
        slots={"dia": SLOTS["dia"]},
        handoff={"when": ["attempts > 1"]},
    )

    assert talk(script, "talvez sim").state.status is Status.BOT
    assert talk(script, "talvez sim", "talvez sim").state.status is Status.WAITING


def test_the_end_tells_other_systems_in_the_same_event_without_sensitive_values() -> None:
    ended = talk(a_claim(completion={"action": HOOK}), "ok", "529.982.247-25, ontem", "sim")

    (told,) = ended.outbox
    assert (told.type, told.hook["url"]) == ("script.completed", HOOK["url"])
    assert told.body == {
        "protocol": ended.state.protocol,
        "script_id": 101,
        "version": 1,
        "slots": {"dia": "2026-11-19"},
        "resolution": "resolved",
    }


def test_a_sensitive_value_leaves_only_where_the_action_names_it() -> None:
    script = a_claim(completion={"action": HOOK | {"send": ["cpf"]}})

    ended = talk(script, "ok", "529.982.247-25, ontem", "sim")

    assert ended.outbox[0].body["slots"] == {"cpf": "52998224725", "dia": "2026-11-19"}


@pytest.mark.parametrize(
    ("legal", "types"),
    [
        ({"protected": "cancel"}, ["script.completed", "cancellation_requested"]),
        ({"dispute": "charge"}, ["script.completed", "charge_disputed"]),
    ],
)
def test_what_the_law_names_is_told_by_name(legal: dict[str, str], types: list[str]) -> None:
    script = a_written_script("Entendi.", "Feito.", legal=legal, completion={"action": HOOK})

    assert [one.type for one in talk(script, "ok").outbox] == types


def test_a_script_may_end_with_a_person() -> None:
    script = a_written_script("Entendi.", "Vou chamar alguém.", completion={"resolution": "pending_human"})

    verdict = talk(script, "ok")

    assert verdict.state.status is Status.WAITING
    assert said(verdict).startswith("Vou chamar alguém.\n\n")


def test_the_one_question_after_the_end_is_how_it_went() -> None:
    script = a_written_script("Entendi.", "Feito.", completion={"csat": True})

    asked = talk(script, "ok")
    rated = talk(script, "5", state=asked.state)
    other = talk(script, "obrigado", state=asked.state)

    assert asked.state.asked.kind is Asking.RATING
    assert (rated.state.rating, rated.state.asked) == (5, None)
    assert (other.state.rating, other.state.is_final) == (0, True)


def test_a_left_script_is_resumed_with_what_it_knew() -> None:
    claim = a_claim()
    other = a_written_script("Boleto?", "Segue o boleto.", script=102, title="Boleto")
    left = (Later(ScriptId(101), 1, 2, {"dia": "2026-11-19"}, (1, 2)),)
    running = a_state(other, later=left, path=(1,))
    catalogue = a_catalogue(claim, other)

    ended = decide(running, "ok", OCCASION, catalogue)
    resumed = decide(ended.state, "sim", OCCASION, catalogue)

    assert ended.state.asked.kind is Asking.NEXT
    assert (resumed.state.script, resumed.state.step, resumed.state.slots) == (101, 2, {"dia": "2026-11-19"})
    assert resumed.reply == "Informe CPF e dia."


def test_a_refused_switch_asks_again_what_the_step_waits_for() -> None:
    catalogue = a_catalogue(one_slot("cpf"), a_written_script("Oi.", script=102), choice=a_choice(Decision.MATCH, 102))
    asked = decide(a_state(one_slot("cpf")), "quero o boleto do seguro do carro", OCCASION, catalogue)

    verdict = decide(asked.state, "não", OCCASION, catalogue)

    assert asked.state.asked is not None
    assert asked.state.asked.kind is Asking.SWITCH
    assert (verdict.reply, verdict.state.attempts) == ("Qual é o seu CPF?", {})


def test_a_complaint_starts_the_packs_own_script_for_it() -> None:
    script = a_written_script("Conte.", "Feito.", script=109, title="Queixas", legal={"protected": "complaint"})

    verdict = decide(a_state(), "quero reclamar", OCCASION, a_catalogue(script))

    assert (verdict.state.script, verdict.state.owner) == (109, Owner.BOT)


def test_a_demand_after_the_end_has_a_protocol_of_its_own_and_keeps_shared_slots() -> None:
    ended = a_state(a_claim(), status=Status.ENDED, slots={"cpf": "52998224725", "dia": "2026-11-19"}, step=4)
    other = a_written_script({"message": "CPF?", "collect": ["cpf"]}, "Feito.", script=102, slots={"cpf": SLOTS["cpf"]})
    catalogue = a_catalogue(a_claim(), other, choice=a_choice(Decision.MATCH, 102))

    verdict = decide(ended, "quero a segunda via do boleto", OCCASION, catalogue)

    assert verdict.state.protocol == OCCASION.protocol
    assert (verdict.state.slots, verdict.state.step) == ({"cpf": "52998224725"}, 2)
