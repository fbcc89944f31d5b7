"""What a script collects on the way, and where it is shown."""

from dataclasses import replace
from datetime import date

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.collecting import collect, insert_values, with_values
from roteiro.domain.conversation import State
from roteiro.domain.deciding import Verdict, decide
from roteiro.domain.script import Slot, Step
from tests.factories import a_catalogue, a_choice, a_script, a_state

FRIDAY = date(2026, 11, 20)
SLOTS = {
    "dia": Slot("date", "Dia"),
    "bo": Slot("policy_number", "Boletim"),
    "placa": Slot("plate", "Placa"),
    "email": Slot("email", "E-mail"),
    "feridos": Slot("bool", "Feridos"),
}
STEPS = (Step(1, "Quando foi?"), Step(2, "E o boletim?", (), ("bo",)), Step(3, "Dia {dia}, BO {bo}, {placa}."))
CLAIM = replace(a_script(), slots=SLOTS, steps=STEPS)


def told(words: str, state: State) -> Verdict:
    catalogue = a_catalogue(CLAIM, choice=a_choice(Decision.OUT_OF_SCOPE))
    return with_values(decide(state, words, catalogue), state, words, FRIDAY, catalogue)


def test_what_looks_like_nothing_else_is_read_from_any_message() -> None:
    found = collect({}, CLAIM, 0, "bati ontem, placa ABC1D23, meu e-mail é ana@exemplo.com.br", FRIDAY)

    assert found == {"dia": "2026-11-19", "placa": "ABC1D23", "email": "ana@exemplo.com.br"}


def test_a_number_fills_the_slot_that_was_asked_for_and_no_other_time() -> None:
    assert collect({}, CLAIM, 2, "Sim, BO 1234/2023", FRIDAY)["bo"] == "1234/2023"
    assert "bo" not in collect({}, CLAIM, 1, "Sim, BO 1234/2023", FRIDAY)


def test_a_filled_slot_is_not_changed_by_the_way() -> None:
    assert collect({"dia": "2026-11-01"}, CLAIM, 1, "ontem", FRIDAY)["dia"] == "2026-11-01"


def test_words_without_a_value_fill_nothing() -> None:
    assert collect({}, CLAIM, 2, "ainda não fiz", FRIDAY) == {}


def test_the_first_message_and_the_answers_fill_the_last_text() -> None:
    catalogue = a_catalogue(CLAIM, choice=a_choice(Decision.MATCH, 101))
    begun = decide(a_state(), "bati o carro ontem", catalogue)

    state = with_values(begun, a_state(), "bati o carro ontem", FRIDAY, catalogue).state
    state = told("foi na rodovia", state).state
    last = told("sim, 1234/2023", state)

    assert last.state.slots == {"dia": "2026-11-19", "bo": "1234/2023"}
    assert last.reply == "Dia 19/11/2026, BO ***023, não informado."


def test_a_script_without_slots_is_said_verbatim() -> None:
    plain = a_script(2)
    verdict = Verdict(a_state(plain), "Use {chaves}.", Choice(Decision.WALK))

    assert with_values(verdict, a_state(plain), "ontem", FRIDAY, a_catalogue(plain)) == verdict


def test_a_side_answer_collects_nothing() -> None:
    verdict = Verdict(a_state(CLAIM), "Sim.", Choice(Decision.ANSWER))

    assert with_values(verdict, a_state(CLAIM), "ontem", FRIDAY, a_catalogue(CLAIM)) == verdict


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("{customer_name}, guarde {protocol}", "Ana, guarde 20261121-4839201-75"),
        ("{{dia}", "{dia}"),
        ("{placa}", "ABC****"),
        ("{feridos}", "não"),
        ("{dia}", "19/11/2026"),
        ("{email}", "não informado"),
    ],
)
def test_values_are_inserted_as_people_read_them_and_sensitive_ones_masked(message: str, shown: str) -> None:
    state = a_state(CLAIM, name="Ana", slots={"placa": "ABC1D23", "feridos": False, "dia": "2026-11-19"})

    assert insert_values(message, state, CLAIM) == shown


def test_a_customers_braces_are_not_filled() -> None:
    state = a_state(CLAIM, name="{dia}", slots={"dia": "2026-11-19"})

    assert insert_values("{customer_name}", state, CLAIM) == "{dia}"
