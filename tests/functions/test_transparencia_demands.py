"""Another demand while a script asks, and look-ups that need no question: over the real routes and the sample."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.contracts.records import Source
from roteiro.domain.texts import text
from roteiro.stores.sqlite import SqliteStore

pytestmark = pytest.mark.sample

PATH = "/api/v1/chat/message"
SAUDE, EDUCACAO = "26000", "25000"
Y2024, Y2025 = (f"{year}-01-01..{year}-12-31" for year in (2024, 2025))
NUMBER, CNPJ = "5000632025", "99.000.000/0038-40"
Talk = Callable[..., dict[str, Any]]


@pytest.fixture
def store(database: Path) -> Iterator[SqliteStore]:
    """The conversation's store, with the sample loaded."""
    one = SqliteStore(str(database))
    yield one
    one.close()


@pytest.fixture
def talk(client: FlaskClient, store: SqliteStore) -> Talk:
    """Say things in a conversation of its own; return the last answer."""

    def said(*messages: str, tongue: str = "pt-BR") -> dict[str, Any]:
        session: dict[str, str] = {}
        body: dict[str, Any] = {}
        for message in messages:
            answer = client.post(PATH, json={"message": message, **session}, headers={"Accept-Language": tongue})
            body = answer.json or {}
            session = {"session_id": body["session_id"]}
        return body

    return said


def heard(body: dict[str, Any]) -> tuple[int, bool, dict[str, Any]]:
    return body["script_id"], body["is_final_step"], body["slots"]


HEALTH = {"organ": [SAUDE], "period": [Y2025]}


@pytest.mark.parametrize(
    ("before", "words", "then"),
    [
        ("maiores contratos", "mostre anomalias da saúde em 2025", (202, True, HEALTH)),
        ("maiores contratos", "anomalias da saúde em 2025", (202, True, HEALTH)),
        ("maiores contratos", "quero investigar a saúde em 2025", (201, True, {"organ": SAUDE, "period": Y2025})),
        ("maiores contratos", "investigue a saúde", (201, False, {"organ": SAUDE})),
        ("mostre anomalias", "quero investigar a saúde em 2025", (201, True, {"organ": SAUDE, "period": Y2025})),
        ("mostre anomalias", "quanto a saúde gastou em 2025?", (210, True, HEALTH)),
        ("quero investigar", "quem são os fornecedores da saúde em 2025?", (210, True, HEALTH)),
        ("quero investigar", "maiores contratos da saúde em 2025", (210, True, HEALTH)),
        ("quero investigar", f"contrato {NUMBER}", (210, True, {})),
    ],
)
def test_another_demand_is_served_at_once_while_nothing_is_lost_by_it(
    before: str, words: str, then: tuple[int, bool, dict[str, Any]], talk: Talk
) -> None:
    assert heard(talk(before, words)) == then


def test_what_was_told_before_goes_with_the_other_demand(talk: Talk) -> None:
    assert heard(talk("quero investigar", "a saúde", "quem são os fornecedores?")) == (210, True, {"organ": [SAUDE]})


@pytest.mark.parametrize(
    "words",
    [
        "contratos da saúde em 2025",
        "quero ver os contratos da saúde em 2025",
        "quero a saúde em 2025",
        "compras da saúde em 2025",
        "ministério da saúde, 2025",
        "pode ser a saúde em 2025",
    ],
)
@pytest.mark.parametrize(("before", "script"), [("maiores contratos", 210), ("mostre anomalias", 202)])
def test_an_answer_to_what_a_script_asks_is_no_other_demand(before: str, script: int, words: str, talk: Talk) -> None:
    assert heard(talk(before, words)) == (script, True, HEALTH)


@pytest.mark.parametrize(
    ("before", "script"), [("maiores contratos", 210), ("mostre anomalias", 202), ("quero investigar", 201)]
)
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("ajuda", "Aqui você investiga contratos públicos"),
        ("gere um relatório", "Ainda não há investigação"),
        ("qual o andamento?", "Ainda não há investigação"),
        ("o que é dispensa?", "Dispensa é quando"),
    ],
)
def test_help_report_and_status_are_told_beside_what_is_asked(
    before: str, script: int, words: str, says: str, talk: Talk
) -> None:
    body = talk(before, words)

    assert heard(body) == (script, False, {})
    assert says in body["message"]
    assert "Não achei esse órgão" not in body["message"]


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("pt-BR", f"contrato {NUMBER}"),
        ("pt-BR", "contrato 500063/2025"),
        ("pt-BR", f"nº {NUMBER}"),
        ("pt-BR", f"ver contrato {NUMBER}"),
        ("pt-BR", f"quem ganhou o contrato {NUMBER}?"),
        ("pt-BR", f"investigue o contrato {NUMBER}"),
        ("pt-BR", "contrato n.º 500063/2025"),
        ("en", f"contract number {NUMBER}"),
        ("es", f"contrato número {NUMBER}"),
        ("pt-BR", CNPJ),
        ("pt-BR", f"contratos da empresa {CNPJ}"),
        ("pt-BR", f"quem é a empresa {CNPJ}?"),
        ("pt-BR", "contratos do CNPJ 99000000003840"),
        ("en", f"contracts of company {CNPJ}"),
        ("es", f"contratos de la empresa {CNPJ}"),
    ],
)
def test_a_number_alone_is_looked_up_at_once(tongue: str, words: str, talk: Talk) -> None:
    body = talk(words, tongue=tongue)

    assert (body["script_id"], body["is_final_step"]) == (210, True)
    assert f"{NUMBER}, Empresa Fictícia 0038 (dado sintético) (CNPJ {CNPJ})" in body["message"]


@pytest.mark.parametrize("words", ["o que diz a lei nº 14.133/2021?", "meu protocolo é nº 20261399000000118"])
def test_a_number_of_something_else_is_no_contract(words: str, talk: Talk) -> None:
    assert "contrato nº" not in talk(words)["message"]


def test_a_contract_of_another_organ_than_the_one_spoken_of_is_told_as_such(talk: Talk) -> None:
    said = talk("maiores contratos da educação", f"contrato {NUMBER}")["message"]

    assert said.startswith("Não há contrato com esse número em: Ministério da Educação; o que achei é de outro órgão.")
    assert f"nº {NUMBER}" in said


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        (
            "quanto o Ministério da Saúde gastou no segundo trimestre deste ano?",
            {"organ": [SAUDE], "period": ["2026-04-01..2026-06-30"]},
        ),
        (
            "fornecedores do Ministério da Saúde em maio de 2025",
            {"organ": [SAUDE], "period": ["2025-05-01..2025-05-31"]},
        ),
    ],
)
def test_a_figure_that_is_asked_for_in_so_many_words_is_not_asked_back(
    words: str, slots: dict[str, Any], talk: Talk
) -> None:
    assert heard(talk(words)) == (210, True, slots)


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("pt-BR", "quanto a Empresa Fictícia 0038 recebeu em 2025?"),
        ("pt-BR", "contratos da empresa fictícia 3999"),
        ("pt-BR", "investigue a empresa Alfa Engenharia na saúde em 2025"),
        ("en", "how much did Acme Corp receive in 2025?"),
        ("es", "contratos de la empresa Alfa en 2025"),
    ],
)
def test_a_company_asked_for_by_name_gets_no_figures_of_others(tongue: str, words: str, talk: Talk) -> None:
    body = talk(words, tongue=tongue)

    assert "CNPJ" in body["message"]
    assert "R$" not in body["message"]


@pytest.mark.parametrize("first", ["maiores contratos da saúde em 2025", "anomalias da saúde em 2025"])
@pytest.mark.parametrize(
    ("further", "bounds"),
    [
        (("só acima de 300 mil",), "acima de R$ 300.000,00"),
        (("só acima de 300 mil", "e abaixo de 1 milhão?"), "acima de R$ 300.000,00 e abaixo de R$ 1.000.000,00"),
        (("só acima de 300 mil", "só acima de 200 mil"), "acima de R$ 200.000,00"),
        (("só acima de 300 mil", "e em 2024?"), "acima de R$ 300.000,00"),
        (("entre 200 mil e 500 mil reais",), "valor final de R$ 200.000,00 a R$ 500.000,00"),
        (("only above 300 thousand reais",), "acima de R$ 300.000,00"),
    ],
)
def test_amounts_said_afterwards_bound_what_was_told(
    first: str, further: tuple[str, ...], bounds: str, talk: Talk
) -> None:
    body = talk(first, *further)

    assert body["is_final_step"]
    assert body["slots"]["organ"] == [SAUDE]
    assert bounds in body["message"]


@pytest.mark.parametrize("words", ["sem limite de valor", "qualquer valor", "quanto o MEC gastou em 2025?"])
def test_bounds_end_when_they_are_taken_away_or_all_is_asked_anew(words: str, talk: Talk) -> None:
    said = talk("maiores contratos da saúde em 2025", "só acima de 300 mil", words)["message"]

    assert "Contei só" not in said
    assert "2025: 2" in said


def test_figures_are_not_told_as_final_while_a_file_is_half_read(store: SqliteStore, talk: Talk) -> None:
    store.ledger().note_source(Source("202509_Compras.csv", "2026-11-20T18:00:00.000Z", 0))
    warning = text("acting.half_read", "pt-BR", names="202509_Compras.csv")

    said = [talk(words)["message"] for words in ("quanto a saúde gastou em 2025?", "quero investigar a saúde em 2025")]

    assert [warning in one for one in said] == [True, True]


@pytest.mark.parametrize(
    "words",
    [
        "investigue contratos sem licitação da saúde em 2025",
        "quantas dispensas a saúde fez em 2025, contratos por dispensa",
    ],
)
def test_a_way_of_buying_that_is_not_filtered_is_never_passed_over(words: str, talk: Talk) -> None:
    assert text("lookup.way", "pt-BR") in talk(words)["message"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("isso é crime?", "Ela não prova irregularidade"),
        ("me manda o csv", "PDF, CSV e JSON"),
        ("apague meus dados", "a conversa pode ser apagada"),
    ],
)
def test_a_first_question_gets_the_answer_that_it_asks_for(words: str, says: str, talk: Talk) -> None:
    assert says in talk(words)["message"]
