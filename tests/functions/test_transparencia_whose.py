"""Whose contracts an answer tells: never those of another organ than was asked for, and never all without a word."""

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.sample

PATH = "/api/v1/chat/message"
SAUDE, DEFESA, CULTURA = "26000", "36000", "42000"
Y2024, Y2025 = (f"{year}-01-01..{year}-12-31" for year in (2024, 2025))
SPENT = "quanto a saúde gastou em 2025?"
# What may have been told before, one of each script that knows organs and periods.
BEFORE = [SPENT, "anomalias da saúde em 2025", "quero investigar a saúde em 2025", "contratos da saúde"]
UNKNOWN = ["o Banco do Brasil", "o senado", "a Petrobras", "o ministério da pesca", "a câmara dos deputados", "a Xerox"]
DEMANDS = [
    "quanto {the} gastou em 2025?",
    "maiores contratos {of} em 2024",
    "fornecedores {of} em 2025",
    "quantos contratos {the} fez em 2024?",
    "agora quero investigar {the} em 2025",
    "investigue {the} em 2024",
    "mostre anomalias {of} em 2024",
    "e {the} em 2024?",
    "compare {the} com a educação em 2024",
]
COMPANY = re.compile(r"CNPJ (99\.[0-9./-]+)")
Talk = Callable[..., dict[str, Any]]


def heard(body: dict[str, Any]) -> tuple[int, bool, dict[str, Any]]:
    return body["script_id"], body["is_final_step"], body["slots"]


def tells(body: dict[str, Any]) -> bool:
    """Say whether an answer holds figures or the number of a record."""
    return re.search(r"R\$|INV-|contratos com", body["message"]) is not None


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("demand", DEMANDS)
def test_who_asks_for_an_unknown_organ_never_gets_the_numbers_of_another(demand: str, before: str, talk: Talk) -> None:
    place = (DEMANDS.index(demand) + BEFORE.index(before)) % len(UNKNOWN)
    for name in (UNKNOWN[place], UNKNOWN[place - 3]):
        article, bare = name.split(" ", 1)

        body = talk(before, demand.format(the=name, of=f"d{article} {bare}"))

        assert not tells(body), body["message"]
        assert "organ" not in body["slots"]


@pytest.mark.parametrize("words", ["largest contracts of Petrobras in 2025", "how much did the senate spend in 2025?"])
def test_in_english_too_an_unknown_agency_is_told_to_be_one(words: str, talk: Talk) -> None:
    body = talk("how much did the ministry of health spend in 2025?", words, tongue="en")

    assert heard(body) == (210, False, {"period": [Y2025]})
    assert body["message"].startswith("I did not find that agency")


def test_after_an_unknown_organ_the_next_words_do_not_bring_the_old_one_back(talk: Talk) -> None:
    body = talk("anomalias da saúde em 2025", "e a petrobras?", "e em 2024?")

    assert heard(body) == (202, False, {"period": [Y2024]})
    assert body["message"].endswith("Informe o órgão que você quer analisar")


@pytest.mark.parametrize("first", ["anomalias da petrobras", "maiores contratos do senado"])
def test_a_year_is_no_answer_to_the_question_which_organ(first: str, talk: Talk) -> None:
    body = talk(first, "2025")

    assert not body["is_final_step"]
    assert body["slots"] == {"period": [Y2025]}
    assert body["message"].startswith("Informe o órgão")
    assert talk(first, "2025", "todos")["is_final_step"]


def test_who_wants_another_thing_done_gets_that(talk: Talk) -> None:
    body = talk(SPENT, "agora quero investigar a defesa em 2024")

    assert heard(body) == (201, True, {"organ": DEFESA, "period": Y2024})


def test_a_time_that_cannot_be_read_is_not_answered_for_the_one_before(talk: Talk) -> None:
    body = talk(SPENT, "quanto a saúde gastou em 2031?")

    assert heard(body) == (210, False, {"organ": [SAUDE]})
    assert "ainda não chegou" in body["message"]


@pytest.mark.parametrize("before", [(), (SPENT,)], ids=["first", "after"])
@pytest.mark.parametrize(
    "words",
    ["quantos contratos a defesa fez em 2024?", "maiores contratos defesa 2024", "quem mais vendeu pra defesa em 2024"],
)
def test_a_name_that_needs_a_context_is_the_organ_of_a_look_up(words: str, before: tuple[str, ...], talk: Talk) -> None:
    body = talk(*before, words)

    assert heard(body) == (210, True, {"organ": [DEFESA], "period": [Y2024]})
    assert "Ministério da Defesa, 2024: 23 contratos" in body["message"]


def test_an_investigation_takes_such_a_name_in_spanish(talk: Talk) -> None:
    body = talk("quiero investigar defensa en 2024", tongue="es")

    assert heard(body) == (201, True, {"organ": DEFESA, "period": Y2024})


@pytest.mark.parametrize("before", [(), (SPENT,)], ids=["first", "after"])
@pytest.mark.parametrize(
    ("answers", "organs"),
    [(("sim",), [CULTURA]), (("a defesa",), [DEFESA]), (("todos",), None), (("não", "todos os órgãos"), None)],
)
def test_what_may_be_an_organ_is_asked_about(
    answers: tuple[str, ...], organs: list[str] | None, before: tuple[str, ...], talk: Talk
) -> None:
    asked = talk(*before, "quanto foi gasto com cultura em 2024?")
    settled = talk(*before, "quanto foi gasto com cultura em 2024?", *answers)

    assert "Você quer dizer Ministério da Cultura?" in asked["message"]
    assert heard(settled) == (210, True, {"period": [Y2024]} | ({"organ": organs} if organs else {}))


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("quanto o governo todo gastou em 2025?", Y2025),
        ("e o governo inteiro em 2024?", Y2024),
        ("fornecedores do governo em 2025", Y2025),
        ("e todos os órgãos?", Y2025),
        ("todos", Y2025),
        ("de todos os órgãos", Y2025),
        ("and the whole government?", Y2025),
        ("all agencies", Y2025),
        ("y todos los organismos?", Y2025),
        ("y todo el gobierno?", Y2025),
    ],
)
def test_the_whole_government_takes_an_organ_back(words: str, period: str, talk: Talk) -> None:
    body = talk(SPENT, words)

    assert heard(body) == (210, True, {"period": [period]})
    assert "Todos os órgãos da minha lista" in body["message"]


@pytest.mark.parametrize("answer", ["todos", "de todos os órgãos", "all agencies", "todos los organismos"])
@pytest.mark.parametrize("asked", ["quais os maiores contratos?", "maiores contratos da petrobras"])
def test_all_of_them_is_an_answer_to_the_question_for_an_organ(asked: str, answer: str, talk: Talk) -> None:
    body = talk(asked, answer)

    assert heard(body) == (210, True, {})
    assert body["message"].startswith("Todos os órgãos da minha lista")


def test_an_investigation_of_everybody_is_asked_of_whom(talk: Talk) -> None:
    body = talk("quero investigar a saúde em 2025", "e o governo todo?")

    assert heard(body) == (201, False, {"period": Y2025})


def test_who_was_everybody_can_be_narrowed_again(talk: Talk) -> None:
    assert heard(talk(SPENT, "todos", "e em 2024?")) == (210, True, {"period": [Y2024]})
    assert heard(talk(SPENT, "todos", "e a defesa?")) == (210, True, {"organ": [DEFESA], "period": [Y2025]})


@pytest.mark.parametrize(
    "words",
    [
        "e o maior contrato dela?",
        "e quanto ela recebeu?",
        "o maior contrato desse fornecedor",
        "e os contratos dessa empresa?",
        "what is its largest contract?",
        "¿cuál es su mayor contrato?",
    ],
)
def test_a_pronoun_after_a_company_keeps_it(words: str, talk: Talk) -> None:
    found = COMPANY.search(talk("maiores fornecedores da saúde em 2025")["message"])
    assert found is not None

    body = talk(found[1], words)

    assert found[1] in body["message"].partition("\n")[0]


def test_a_pronoun_after_an_organ_is_the_organ(talk: Talk) -> None:
    found = COMPANY.search(talk("maiores fornecedores da saúde em 2025")["message"])
    assert found is not None

    body = talk(found[1], "e a defesa em 2025?", "qual o maior contrato dela?")

    assert body["message"].startswith("Ministério da Defesa, 2025")
