"""Times and amounts in a demand over the real routes: what was read is what is looked at, what was not is asked."""

import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.sample

Y2025 = "2025-01-01..2025-12-31"


def said(client: FlaskClient, *messages: str, tongue: str = "pt-BR") -> dict[str, Any]:
    session = str(uuid.uuid4())
    for message in messages:
        body = {"message": message, "session_id": session}
        answer = client.post("/api/v1/chat/message", json=body, headers={"Accept-Language": tongue})
    return answer.json or {}


@pytest.mark.parametrize(
    ("tongue", "words", "period"),
    [
        ("en", "in the second quarter of 2025", "2025-04-01..2025-06-30"),
        ("en", "from March to May 2025", "2025-03-01..2025-05-31"),
        ("en", "until June 2025", "2025-01-01..2025-06-30"),
        ("es", "primer semestre de 2025", "2025-01-01..2025-06-30"),
        ("es", "hasta junio de 2025", "2025-01-01..2025-06-30"),
        ("pt-BR", "últimos 3 meses de 2025", "2025-10-01..2025-12-31"),
        ("pt-BR", "segunda quinzena de março de 2025", "2025-03-16..2025-03-31"),
        ("pt-BR", "15/03/2025", "2025-03-15..2025-03-15"),
    ],
)
def test_an_investigation_takes_the_part_that_was_named(
    tongue: str, words: str, period: str, client: FlaskClient
) -> None:
    body = said(client, "Quero investigar contratos do MEC", words, tongue=tongue)

    assert body["slots"] == {"organ": "25000", "period": period}


@pytest.mark.parametrize("words", ["fim de 2025", "meados de 2025", "até 2025", "antes de junho de 2025", "ontem"])
def test_an_investigation_asks_again_for_a_time_that_it_cannot_read(words: str, client: FlaskClient) -> None:
    body = said(client, "Quero investigar contratos do MEC", words)

    assert (body["slots"], list(body["requires_input"])) == ({"organ": "25000"}, ["period"])
    assert "Não entendi o período" in body["message"]


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("de 500 mil para cima", "valor final a partir de R$ 500.000,00"),
        ("de valor igual ou superior a 955 mil", "valor final a partir de R$ 955.000,00"),
        ("que não passam de 1 milhão", "valor final até R$ 1.000.000,00"),
        ("acima de 500 mil", "valor final acima de R$ 500.000,00"),
    ],
)
def test_an_analysis_tells_between_which_values_it_looked(words: str, bounds: str, client: FlaskClient) -> None:
    body = said(client, f"anomalias nos contratos da saúde em 2025 {words}")

    assert body["slots"]["period"] == [Y2025]
    assert bounds in body["message"]
