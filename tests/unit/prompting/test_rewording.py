"""A step's text in other words: the prompt, and what must survive."""

from dataclasses import replace

import pytest

from roteiro.domain.script import Step
from roteiro.prompting.rewording import rewording
from roteiro.prompting.survival import what_is_lost
from roteiro.prompting.talk import Talk
from tests.factories import a_script, a_state

SCRIPT = replace(a_script(steps=1), steps=(Step(1, "Qual é o CPF?", ("acolha antes",)),))


def test_the_text_is_masked_and_the_customers_words_come_last() -> None:
    talk = Talk(SCRIPT, a_state(SCRIPT, name="Ana"), [("customer", "bati")])

    prompt = rewording(talk, "sou eu, a Ana", "Ana, confirma o CPF 529.982.247-25?", "f00")

    assert [role for role, _ in prompt.messages] == ["system", "system", "user", "user"]
    assert "<NAME_1>, confirma o CPF <CPF_1>?" in prompt.messages[1][1]
    assert "ORIENTAÇÃO: acolha antes" in prompt.messages[1][1]
    assert prompt.messages[-1][1] == "<cliente f00>\nsou eu, a <NAME_1>\n</cliente f00>"
    assert prompt.wording_of == "<NAME_1>, confirma o CPF <CPF_1>?"


def test_the_rules_are_the_same_for_every_step_so_that_a_cache_applies() -> None:
    first = rewording(Talk(SCRIPT, a_state(SCRIPT)), "oi", "Qual é o CPF?", "f00")
    second = rewording(Talk(None, a_state()), "sim", "Registrado.", "b4r")

    assert first.messages[0] == second.messages[0]


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Qual é o seu CPF?", "Pode me dizer o seu CPF?"),
        ("O prazo é de 30 dias.", "Temos um prazo de 30 dias."),
        ("Pedido registrado. Protocolo <NUMBER_1>.", "Tudo certo: o protocolo do pedido é <NUMBER_1>."),
        ("Procure o Procon de São Paulo.", "Você pode procurar o Procon em São Paulo."),
        ("Entendi.", "Compreendo, vamos ver isso juntos."),
        ("Pague R$ 1.500,00 até 12/03.", "O valor é R$ 1.500,00, com vencimento em 12/03."),
    ],
)
def test_other_words_that_say_the_same_are_kept(text: str, reply: str) -> None:
    assert what_is_lost(text, reply) == ""


@pytest.mark.parametrize(
    ("text", "reply", "what"),
    [
        ("O prazo é de 30 dias.", "O prazo é de 3 dias.", "numbers"),
        ("O prazo é de 30 dias.", "O prazo é curto.", "numbers"),
        ("O prazo é curto.", "O prazo é de 5 dias.", "numbers"),
        ("Pague R$ 1.500,00.", "Pague R$ 1.500.", "numbers"),
        ("Protocolo <NUMBER_1>.", "Protocolo anotado.", "placeholders"),
        ("Anotado.", "Anotado, <CPF_1>.", "placeholders"),
        ("Procure o Procon.", "Procure um órgão de defesa.", "names"),
        ("Qual é o seu CPF?", "Informe o CPF.", "question"),
        ("Entendi.", "Entendi. " * 30, "length"),
    ],
)
def test_other_words_that_change_something_tell_what(text: str, reply: str, what: str) -> None:
    assert what_is_lost(text, reply) == what
