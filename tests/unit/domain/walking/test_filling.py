"""What words fill, what they correct, and where values are shown."""

from typing import Any

import pytest

from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.walking.correcting import reread
from roteiro.domain.walking.filling import Reading, carried, read
from roteiro.domain.walking.inserting import insert_values
from tests.factories import OCCASION, a_state, a_written_script

SLOTS = {
    "dia": {"type": "date", "label": "Dia", "required": False},
    "bo": {"type": "policy_number", "label": "Boletim", "required": False},
    "placa": {"type": "plate", "label": "Placa", "required": False},
    "email": {"type": "email", "label": "E-mail", "required": False},
    "feridos": {"type": "bool", "label": "Feridos", "required": False},
    "nome": {"type": "text", "label": "Nome", "required": False},
    "fones": {"type": "phone_br", "label": "Telefones", "many": True, "required": False},
    "uso": {"type": "choice", "label": "Uso", "choices": ["passeio", "trabalho"], "required": False},
}
CLAIM = a_written_script("Conte.", "Fim.", slots=SLOTS)


def told(words: str, *asked: str, **filled: Any) -> dict[str, Any]:
    return dict(read(a_state(CLAIM, slots=filled), CLAIM, words, OCCASION, asked).state.slots)


def corrected(words: str, *asked: str, **filled: Any) -> Reading:
    state = a_state(CLAIM, slots=filled, sources={name: at for at, name in enumerate(filled)})
    return reread(read(state, CLAIM, words, OCCASION, asked), state, CLAIM, words, OCCASION, cued=False)


def test_several_values_of_one_message_fill_several_slots() -> None:
    found = told("bati ontem, placa ABC1D23, meu e-mail é ana@exemplo.com.br")

    assert found == {"dia": "2026-11-19", "placa": "ABC1D23", "email": "ana@exemplo.com.br"}


def test_a_number_fills_the_slot_that_was_asked_for_and_no_other_time() -> None:
    assert told("Sim, BO 1234/2023", "bo")["bo"] == "1234/2023"
    assert "bo" not in told("Sim, BO 1234/2023")


def test_a_filled_slot_is_not_changed_by_the_way() -> None:
    assert told("ontem", dia="2026-11-01")["dia"] == "2026-11-01"


def test_words_without_a_value_fill_nothing() -> None:
    assert told("ainda não fiz", "bo") == {}


def test_free_text_takes_what_the_other_slots_leave() -> None:
    assert told("Ana Souza, ana@exemplo.com", "nome", "email") == {"nome": "Ana Souza", "email": "ana@exemplo.com"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("moro na Rua A, 40, e o e-mail é ana@exemplo.com", "moro na Rua A, 40"),
        ("ana@exemplo.com e Ana Souza", "e Ana Souza"),
        ("meu e-mail novo é ana@exemplo.com", None),
        ("ana@exemplo.com", None),
    ],
)
def test_words_that_only_introduce_a_value_are_no_free_text(words: str, name: str | None) -> None:
    assert told(words, "nome", "email").get("nome") == name


def test_a_slot_that_takes_many_keeps_all_that_were_named() -> None:
    assert told("(11) 98765-4321 ou 21 3456-7890", "fones") == {"fones": ["+5511987654321", "+552134567890"]}


def test_an_option_is_stored_as_its_value() -> None:
    assert told("a segunda", "uso") == {"uso": "trabalho"}


def test_a_value_remembers_the_message_it_came_from() -> None:
    assert read(a_state(CLAIM), CLAIM, "ontem", OCCASION, ()).state.sources == {"dia": OCCASION.seq}


def test_an_asked_slot_that_stays_open_says_why() -> None:
    reading = read(a_state(CLAIM), CLAIM, "talvez", OCCASION, ("email",))

    assert reading.problems["email"].code == "none"


@pytest.mark.parametrize(
    ("words", "name", "before", "after"),
    [
        ("errei, é ana.maria@exemplo.com", "email", "ana@exemplo.com", "ana.maria@exemplo.com"),
        ("na verdade foi dia 12 de março", "dia", "2026-11-19", "2026-03-12"),
        ("na verdade, é Ana Maria", "nome", "Ana", "Ana Maria"),
        ("corrigindo: a placa é XYZ1A23", "placa", "ABC1D23", "XYZ1A23"),
        ("não, é ana2@exemplo.com", "email", "ana@exemplo.com", "ana2@exemplo.com"),
    ],
)
def test_an_earlier_answer_is_corrected_after_a_cue(words: str, name: str, before: str, after: str) -> None:
    reading = corrected(words, **{name: before})

    assert reading.changed == (name,)
    assert reading.state.slots[name] == after


def test_without_a_cue_an_answer_stays() -> None:
    assert corrected("moro com ana2@exemplo.com", email="ana@exemplo.com").changed == ()


def test_the_same_value_again_is_no_correction() -> None:
    assert corrected("na verdade é ana@exemplo.com", email="ana@exemplo.com").changed == ()


def test_a_correction_is_not_taken_as_the_free_text_that_was_asked_for() -> None:
    reading = corrected("errei, o e-mail é ana2@exemplo.com", "nome", email="ana@exemplo.com")

    assert (reading.filled, reading.changed) == ((), ("email",))
    assert "nome" not in reading.state.slots


def test_the_asked_slot_wins_over_a_correction() -> None:
    reading = corrected("na verdade é dia 12 de março", "dia")

    assert (reading.filled, reading.changed) == (("dia",), ())


def test_another_script_keeps_what_it_shares() -> None:
    other = a_written_script("Oi.", script=105, slots={"email": {"type": "email"}, "placa": {"type": "text"}})
    state = a_state(CLAIM, slots={"email": "ana@exemplo.com", "placa": "ABC1D23", "dia": "2026-11-19"})

    assert carried(state, CLAIM, other) == {"email": "ana@exemplo.com"}
    assert carried(state, CLAIM, CLAIM) == {}


def test_a_slot_that_must_not_be_reused_is_asked_again() -> None:
    other = a_written_script("Oi.", script=105, slots={"email": {"type": "email", "reuse": "never"}})

    assert carried(a_state(CLAIM, slots={"email": "ana@exemplo.com"}), CLAIM, other) == {}


def shown(message: str, script: Script, state: State) -> str:
    return insert_values(message, state, script)


def test_a_script_without_slots_is_said_verbatim() -> None:
    assert shown("Use {chaves} e {{ mais.", a_written_script("Oi."), a_state()) == "Use {chaves} e {{ mais."


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        ("{customer_name}, guarde {protocol}", "Ana, guarde 20261121-4839201-75"),
        ("{{dia}", "{dia}"),
        ("{placa}", "ABC****"),
        ("{feridos}", "não"),
        ("{dia}", "19/11/2026"),
        ("{email}", "não informado"),
        ("{summary}", "Dia: 19/11/2026\nPlaca: ABC****\nFeridos: não\nUso: trabalho"),
    ],
)
def test_values_are_inserted_as_people_read_them_and_sensitive_ones_masked(message: str, seen: str) -> None:
    slots = {"placa": "ABC1D23", "feridos": False, "dia": "2026-11-19", "uso": "trabalho"}

    assert shown(message, CLAIM, a_state(CLAIM, name="Ana", slots=slots)) == seen


def test_a_customers_braces_are_not_filled() -> None:
    state = a_state(CLAIM, name="{dia}", slots={"dia": "2026-11-19"})

    assert shown("{customer_name}", CLAIM, state) == "{dia}"
