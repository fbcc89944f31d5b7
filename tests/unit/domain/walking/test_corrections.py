"""Corrections as people make them: two at once, by name, in the middle of a summary, after the end."""

from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, State
from roteiro.domain.script import Script
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.verdict import Verdict
from tests.factories import OCCASION, a_catalogue, a_choice, a_state, a_written_script

SLOTS: dict[str, Any] = {
    "cpf": {"type": "cpf", "label": "CPF", "prompt": "Qual é o seu CPF?"},
    "dia": {"type": "date", "label": "Dia da compra", "prompt": "Que dia foi?"},
    "motivo": {"type": "choice", "label": "Motivo", "choices": ["tamanho", "defeito", "arrependimento"]},
    "defeito": {"type": "text", "label": "Defeito", "required": False},
    "valor": {"type": "money_brl", "label": "Valor", "prompt": "Qual foi o valor?"},
    "telefone": {"type": "phone_br", "label": "Telefone"},
    "email": {"type": "email", "label": "E-mail"},
    "tem_nota": {"type": "bool", "label": "Nota fiscal"},
    "obs": {"type": "text", "label": "Observação", "required": False},
}
EXCHANGE = a_written_script(
    {"message": "CPF e dia?", "collect": ["cpf", "dia"]},
    {"message": "Motivo?", "collect": ["motivo"]},
    {"message": "Qual o defeito?", "collect": ["defeito"], "when": "motivo == 'defeito'"},
    {"message": "Valor?", "collect": ["valor"]},
    {"message": "Contato?", "collect": ["telefone", "email"], "need": "any"},
    {"message": "Tem nota?", "collect": ["tem_nota"]},
    {"message": "Algo mais?", "collect": ["obs"]},
    {"message": "Confere?\n{summary}", "kind": "confirm"},
    "Registrado.",
    script=1001,
    title="Troca",
    slots=SLOTS,
)
FILLED = {
    "cpf": "52998224725",
    "dia": "2026-11-19",
    "motivo": "tamanho",
    "valor": "100.00",
    "telefone": "+5511987654321",
    "tem_nota": True,
}
ORDER = {name: at for at, name in enumerate(FILLED)}


def at(step: int, script: Script = EXCHANGE, **slots: Any) -> State:
    """Return the state at a step, with everything before the summary told, newest last."""
    told = {name: value for name, value in (FILLED | slots).items() if value is not ...}
    sources = {name: ORDER.get(name, 9) for name in told}
    return a_state(script, step=step, slots=told, sources=sources, path=tuple(range(1, step + 1)))


def say(state: State, *messages: str, script: Script = EXCHANGE, **known: Any) -> Verdict:
    verdict = None
    for message in messages:
        verdict = decide(state, message, OCCASION, a_catalogue(script, **known))
        state = verdict.state
    assert verdict is not None
    return verdict


def changed(verdict: Verdict) -> dict[str, Any]:
    """Return the slots that differ from what was told before."""
    return {name: value for name, value in verdict.state.slots.items() if FILLED.get(name) != value}


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        (
            "na verdade o valor é R$ 1.250,00 e o telefone é 11 91234-5678",
            {"valor": "1250.00", "telefone": "+5511912345678"},
        ),
        ("na verdade o cpf é 111.444.777-35 e o dia é 10/11", {"cpf": "11144477735", "dia": "2026-11-10"}),
        ("não, é anteontem", {"dia": "2026-11-18"}),
        ("não, o valor é R$ 1.300,00", {"valor": "1300.00"}),
        ("não, o dia foi anteontem", {"dia": "2026-11-18"}),
        ("sim, mas o valor é 120 reais", {"valor": "120.00"}),
        ("o motivo certo é defeito", {"motivo": "defeito"}),
        ("errei, é arrependimento", {"motivo": "arrependimento"}),
        ("errei o dia, foi anteontem e custou R$ 90,00", {"dia": "2026-11-18"}),
        ("na verdade não tenho a nota", {"tem_nota": False}),
        ("email também: ana@exemplo.com.br", {"email": "ana@exemplo.com.br"}),
        ("o telefone tá errado: 11 91111-2222", {"telefone": "+5511911112222"}),
    ],
)
def test_what_is_wrong_in_the_summary_is_changed_and_summed_up_again(words: str, slots: dict[str, Any]) -> None:
    verdict = say(at(8), words)

    assert slots.items() <= changed(verdict).items()
    assert set(changed(verdict)) <= {*slots, "valor"}
    assert (verdict.state.step in (3, 8), verdict.state.is_final) == (True, False)


@pytest.mark.parametrize("words", ["não", "o valor está errado", "talvez", "hum"])
def test_an_unclear_answer_to_the_summary_registers_nothing(words: str) -> None:
    verdict = say(at(8), words)

    assert (verdict.state.is_final, changed(verdict), verdict.state.step) == (False, {}, 8)


@pytest.mark.parametrize("words", ["tudo certo", "tá bom", "pode confirmar", "isso mesmo", "👍", "Sim!", "aham"])
def test_people_agree_in_many_words(words: str) -> None:
    assert say(at(8), words).state.is_final


def test_a_slot_that_is_only_named_is_asked_for_and_its_value_taken() -> None:
    asked = say(at(8), "não", "o dia")
    told = say(asked.state, "10/11/2026")

    assert (asked.reply, asked.state.asked.slot) == ("Que dia foi?", "dia")
    assert changed(told) == {"dia": "2026-11-10"}
    assert (told.reply or "").startswith("Anotado: Dia da compra agora é 10/11/2026.")


def test_a_second_no_changes_no_yes_or_no_that_was_told_before() -> None:
    assert changed(say(at(8), "não", "não")) == {}


@pytest.mark.parametrize("words", ["cpf errado", "o cpf está errado", "quero corrigir o cpf", "preciso mudar o cpf"])
def test_naming_what_is_wrong_is_no_failed_attempt_at_another_slot(words: str) -> None:
    asked = say(at(2, motivo=...), words)
    told = say(asked.state, "111.444.777-35")

    assert (asked.state.attempts, asked.reply) == ({}, "Qual é o seu CPF?")
    assert told.state.slots["cpf"] == "11144477735"


def test_a_correction_with_a_wrong_digit_is_explained() -> None:
    verdict = say(at(2, motivo=...), "na verdade é 529.982.247-24")

    assert (verdict.state.attempts, "CPF" in (verdict.reply or "")) == ({}, True)


@pytest.mark.parametrize("words", ["cancelar", "quero cancelar a troca", "deixa pra lá"])
def test_calling_it_off_is_asked_about(words: str) -> None:
    verdict = say(at(2, motivo=...), words)

    assert verdict.state.asked is not None
    assert (verdict.state.asked.kind, verdict.state.attempts) == (Asking.STOP, {})


@pytest.mark.parametrize("words", ["pular", "nada", "nenhuma", "não, obrigado", "sem observações", "nada a declarar"])
def test_nothing_to_say_is_not_stored_as_text(words: str) -> None:
    verdict = say(at(7), words)

    assert (verdict.state.slots.get("obs"), verdict.state.step) == (None, 8)


def test_a_text_that_names_another_slot_corrects_that_one() -> None:
    verdict = say(at(3, motivo="defeito", defeito=...), "ops, o dia foi anteontem")

    assert verdict.state.slots["dia"] == "2026-11-18"
    assert "defeito" not in verdict.state.slots


def test_another_subject_is_no_text() -> None:
    verdict = say(at(3, motivo="defeito"), "antes disso, quero saber do meu boleto")

    assert "defeito" not in verdict.state.slots
    assert verdict.state.step == 3


def test_a_value_alone_fills_its_slot_and_no_text() -> None:
    verdict = say(at(3, motivo="defeito", valor=...), "100 reais")

    assert verdict.state.slots.get("valor") == "100.00"
    assert "defeito" not in verdict.state.slots


def test_a_number_beside_a_date_is_read_as_the_number() -> None:
    table = a_written_script(
        {"message": "Dia e pessoas?", "collect": ["dia", "pessoas"]},
        "Feito.",
        slots={"dia": {"type": "date"}, "pessoas": {"type": "integer"}},
    )

    verdict = say(a_state(table), "24/12 para cinco pessoas", script=table)

    assert verdict.state.slots == {"dia": "2025-12-24", "pessoas": 5}


def test_the_sentence_about_a_wrong_value_speaks_of_the_slot_that_was_meant() -> None:
    reply = say(at(1, cpf=..., dia=...), "31/02").reply or ""

    assert "CPF" not in reply


def test_where_one_of_several_is_enough_all_of_them_are_offered() -> None:
    asked = say(at(5, telefone=...), "ana@x", "oi")

    assert asked.reply == "Preciso de pelo menos um destes dados: Telefone ou E-mail."


@pytest.mark.parametrize("words", ["não tenho telefone", "meu nome é Carlos Silva", "não sei o número"])
def test_an_answer_that_looks_like_another_demand_proposes_none(words: str) -> None:
    verdict = say(at(5, telefone=...), words, choice=a_choice(Decision.MATCH, 1001))

    assert verdict.state.asked is None


@pytest.mark.parametrize("words", ["pode continuar", "pode seguir", "pode começar", "pode falar"])
def test_go_ahead_is_no_question(words: str) -> None:
    plain = a_written_script("Posso começar?", "Pode mandar os documentos.", "Fim.")

    assert say(a_state(plain), words, script=plain).state.step == 2


CONFIRMING = a_written_script(
    {"message": "E-mail?", "collect": ["email"]},
    "Feito.",
    slots={"email": {"type": "email", "label": "E-mail", "confirm": True}},
)


@pytest.mark.parametrize("words", ["talvez", "hum", "como assim"])
def test_a_value_that_was_asked_about_waits_for_its_yes(words: str) -> None:
    asked = say(a_state(CONFIRMING), "ana@exemplo.com", words, script=CONFIRMING)

    assert (asked.state.step, asked.state.is_final, asked.state.asked.kind) == (1, False, Asking.VALUE)


def test_another_value_is_asked_about_too() -> None:
    asked = say(a_state(CONFIRMING), "ana@exemplo.com", "não, é bia@exemplo.com", script=CONFIRMING)

    assert "bia@exemplo.com. Está certo?" in (asked.reply or "")


def test_a_question_of_theirs_leaves_ours_open() -> None:
    aside = say(a_state(CONFIRMING), "ana@exemplo.com", "isso tem custo?", script=CONFIRMING)

    assert aside.state.asked is not None
    assert say(aside.state, "sim", script=CONFIRMING).state.is_final


DATA = a_written_script(
    "Claro.",
    {"message": "O que mudou?", "collect": ["endereco", "telefone", "email"]},
    "Confere?\n{summary}",
    "Feito.",
    script=103,
    slots={
        "endereco": {"type": "text", "label": "Endereço", "min": 8, "required": False},
        "telefone": {"type": "phone_br", "label": "Telefone", "required": False},
        "email": {"type": "email", "label": "E-mail", "required": False},
    },
)


def test_several_contacts_are_no_address() -> None:
    told = say(
        a_state(DATA, step=2), "telefone (11) 98765-4321 e o email é bruno@exemplo.com.br", script=DATA
    ).state.slots

    assert told == {"telefone": "+5511987654321", "email": "bruno@exemplo.com.br"}


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("errei, o telefone é 11 91234-5678", "telefone", "+5511912345678"),
        ("na verdade o email é b@exemplo.com", "email", "b@exemplo.com"),
        ("o endereço certo é Rua das Rosas, 50", "endereco", "Rua das Rosas, 50"),
    ],
)
def test_a_correction_lands_in_the_slot_that_it_names(words: str, name: str, value: str) -> None:
    slots = {"endereco": "Rua A, número 1", "telefone": "+5511987654321", "email": "a@exemplo.com"}
    state = a_state(DATA, step=3, slots=slots, sources={"telefone": 1, "email": 1, "endereco": 2})

    assert say(state, words, script=DATA).state.slots == slots | {name: value}


RATED = a_written_script("Oi.", "Feito.", slots={"dia": {"type": "date"}}, completion={"csat": True})


@pytest.mark.parametrize(("words", "rating"), [("5", 5), ("nota 4", 4), ("0", 0), ("10", 0), ("na verdade é 01/11", 0)])
def test_only_a_mark_is_a_rating(words: str, rating: int) -> None:
    assert say(a_state(RATED), "ok", words, script=RATED).state.rating == rating


def test_a_correction_after_the_end_asks_what_it_makes_necessary() -> None:
    ended = say(at(8), "sim").state

    again = say(ended, "na verdade o motivo foi defeito")

    assert (again.state.step, again.state.is_final) == (3, False)
    assert (again.reply or "").endswith("Qual o defeito?")
