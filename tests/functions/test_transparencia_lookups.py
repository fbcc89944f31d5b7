"""Look-ups of contracts in a chat, over the real routes and the pack's made-up contracts."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from roteiro.domain.texts import text

pytestmark = pytest.mark.sample

PATH = "/api/v1/chat/message"
SAUDE, EDUCACAO, DEFESA = "26000", "25000", "36000"
Y2024, Y2025 = (f"{year}-01-01..{year}-12-31" for year in (2024, 2025))
DEMO = text("acting.demo", "pt-BR")
Talk = Callable[..., dict[str, Any]]


def heard(body: dict[str, Any]) -> tuple[int, bool, dict[str, Any]]:
    return body["script_id"], body["is_final_step"], body["slots"]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            "quais os maiores contratos da saúde em 2025?",
            r"Maiores contratos \(5 de \d+\):\n• nº \d+, Empresa Fictícia",
        ),
        ("qual o maior contrato da defesa em 2024?", r"Maior contrato \(1 de \d+\):\n• nº "),
        (
            "quanto o MEC gastou em 2024?",
            r"Educação, 2024: \d+ contratos com \d+ fornecedores, R\$ .* não o que já foi",
        ),
        ("quantos contratos tem a Defesa?", r"Defesa, todo o período disponível: \d+ contratos"),
        ("quais fornecedores mais receberam da Defesa?", r"Maiores fornecedores \(5 de \d+\):\n• .* % do total\)"),
        ("liste os contratos da justiça em 2025", r"Maiores contratos \(5 de \d+\):"),
        ("quem gastou mais, saúde ou educação", r"\(2 de 2\):\n1\. Ministério da .*\n2\. Ministério da "),
        ("qual ministério mais gastou em 2025?", r"Órgãos por valor contratado, 2025 \(5 de 5\):\n1\. "),
        ("contratos do CNPJ 11.222.333/0001-81", r"não há contratos do CNPJ 11\.222\.333/0001-81"),
        ("contrato 12/2025 do MEC", r"Não achei o contrato nº 12/2025"),
        (
            "liste os contratos do MCTI",
            r"não há contratos para: Ministério da Ciência.*\nOs dados de demonstração têm:",
        ),
    ],
)
def test_a_direct_question_gets_a_direct_answer_that_is_called_made_up(message: str, says: str, talk: Talk) -> None:
    body = talk(message)

    assert (body["script_id"], body["metadata"]["intent_type"]) == (210, "investigate")
    assert re.search(says, body["message"], re.DOTALL)
    assert body["message"].endswith(DEMO)


def test_a_number_that_was_shown_finds_its_contract(talk: Talk) -> None:
    shown = re.search(r"nº (\S+), ", talk("qual o maior contrato da saúde em 2025?")["message"])
    assert shown is not None

    body = talk("maiores contratos da saúde em 2025", f"contrato {shown[1]}")

    assert f"Contrato com esse número (1 de 1):\n• nº {shown[1]}, " in body["message"]


def test_a_company_that_was_shown_is_looked_up_by_its_cnpj(talk: Talk) -> None:
    first = ("fornecedores da saúde em 2025",)
    shown = re.search(r"CNPJ (\S+)\)", talk(*first)["message"])
    assert shown is not None

    body = talk(*first, f"contratos do CNPJ {shown[1]}")

    assert re.search(rf"\(CNPJ {re.escape(shown[1])}\), Ministério da Saúde, 2025: \d+ contrato", body["message"])


@pytest.mark.parametrize(
    ("words", "slots", "says"),
    [
        ("e em 2024?", {"organ": [SAUDE], "period": [Y2024]}, "Maiores contratos"),
        ("e da educação?", {"organ": [EDUCACAO], "period": [Y2025]}, "Maiores contratos"),
        ("quantos contratos tem a Defesa?", {"organ": [DEFESA], "period": [Y2025]}, "Ministério da Defesa, 2025: "),
        ("e os fornecedores?", {"organ": [SAUDE], "period": [Y2025]}, "Maiores fornecedores"),
        ("qual o maior?", {"organ": [SAUDE], "period": [Y2025]}, "Maior contrato (1 de "),
        ("e quanto gastaram?", {"organ": [SAUDE], "period": [Y2025]}, "não o que já foi pago"),
    ],
)
def test_a_look_up_goes_on_with_what_was_said(words: str, slots: dict[str, Any], says: str, talk: Talk) -> None:
    body = talk("quais os maiores contratos da saúde em 2025?", words)

    assert heard(body) == (210, True, slots)
    assert says in body["message"]


@pytest.mark.parametrize("before", ["anomalias da saúde em 2025", "investigar saúde em 2025"])
@pytest.mark.parametrize("words", ["qual o maior?", "quem são os fornecedores?", "10 maiores", "tem o CNPJ deles?"])
def test_after_an_answer_its_contracts_are_looked_up(before: str, words: str, talk: Talk) -> None:
    assert heard(talk(before, words)) == (210, True, {"organ": [SAUDE], "period": [Y2025]})


@pytest.mark.parametrize(
    ("words", "says"), [("maiores contratos da petrobras", "na minha lista"), ("e em 2031?", "ainda não")]
)
def test_what_cannot_be_read_is_not_answered_for_what_was_asked_before(words: str, says: str, talk: Talk) -> None:
    body = talk("quais os maiores contratos da saúde em 2025?", words)

    assert says in body["message"]
    assert "Maiores contratos" not in body["message"]


def test_what_was_asked_before_the_organ_is_answered_after_it(talk: Talk) -> None:
    body = talk("quem são os fornecedores?", "defesa em 2024")

    assert "Ministério da Defesa, 2024: " in body["message"]
    assert "Maiores fornecedores (" in body["message"]


@pytest.mark.parametrize(
    ("tongue", "words", "says"),
    [
        ("en", "how much did the ministry of education spend in 2024?", "Ministério da Educação, 2024: "),
        ("en", "what are the largest contracts of the ministry of health in 2025?", "Largest contracts (5 of "),
        ("es", "cuáles son los mayores contratos de salud en 2025?", "Mayores contratos (5 de "),
    ],
)
def test_look_ups_are_answered_in_three_languages(tongue: str, words: str, says: str, talk: Talk) -> None:
    body = talk(words, tongue=tongue)

    assert says in body["message"]
    assert body["message"].endswith(text("acting.demo", tongue))


@pytest.mark.parametrize("words", ["qual o maior?", "certo, e quem sao os fornecedores?", "tem o cnpj deles?"])
def test_a_question_for_contracts_while_the_organ_is_asked_for_is_no_failed_answer(words: str, talk: Talk) -> None:
    body = talk("Quero investigar contratos", words)

    assert body["message"].startswith("Pode perguntar, sim.")
    assert heard(body) == (201, False, {})
