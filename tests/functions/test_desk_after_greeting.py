"""An attendant who opens a conversation that began with a greeting sees what the customer wants, not the greeting."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.both_packs
WISH = "meu cpf é 529.982.247-25, quero saber dos contratos da educaçao"
DESK = "/api/v1/desk/conversations"
Headers = dict[str, str]


def talk(client: FlaskClient, *messages: str, session: str = "") -> Any:
    """Say something on the second seed's route; return the last answer."""
    answer: Any = None
    for message in messages:
        answer = client.post("/api/v1/chat/message", json={"message": message, "session_id": session}).json
        session = answer["session_id"]
    return answer


@pytest.fixture
def ana(staff: Callable[..., Headers]) -> Headers:
    return staff("Ana", "desk", "scripts:read")


@pytest.fixture
def session(client: FlaskClient) -> str:
    """A customer who greeted, said what they want, was asked for the period, and called a person."""
    session: str = talk(client, "oi", WISH, "quero falar com um atendente")["session_id"]
    return session


def test_the_summary_and_the_candidates_are_of_what_the_customer_wants(
    client: FlaskClient, session: str, ana: Headers
) -> None:
    opened = client.get(f"{DESK}/{session}", headers=ana).json

    assert "Roteiro: Investigação de contratos, passo 2" in opened["summary"]
    assert "Órgão: Ministério da Educação" in opened["summary"]
    assert "529.982" not in opened["summary"]
    assert opened["choice"]["decision"] == "match"
    assert opened["candidates"][0]["script_id"] == 201


def test_the_queue_shows_the_same_candidates(client: FlaskClient, session: str, ana: Headers) -> None:
    items = client.get("/api/v1/desk/queue", headers=ana).json["items"]

    (line,) = (item for item in items if item["id"] == session)
    assert line["candidates"][0]["script_id"] == 201


def test_a_draft_is_about_the_wish_and_no_second_greeting(client: FlaskClient, session: str, ana: Headers) -> None:
    client.post(f"{DESK}/{session}/takeover", json={}, headers=ana)
    talk(client, "oi bia! quero 2025", session=session)

    drafted = client.post(f"{DESK}/{session}/suggest", json={}, headers=ana).json["message"]

    assert "Eu sou o Abaporu" not in drafted
    assert "investigação: Ministério da Educação. Qual período" in drafted


def test_a_script_that_a_person_chooses_takes_what_the_customer_has_said(
    client: FlaskClient, session: str, ana: Headers
) -> None:
    client.post(f"{DESK}/{session}/takeover", json={}, headers=ana)
    talk(client, "oi bia! quero 2025", session=session)

    chosen = client.post(f"{DESK}/{session}/script", json={"script_id": 202}, headers=ana).json
    client.post(f"{DESK}/{session}/handback", json={}, headers=ana)
    after = talk(client, "e em março?", session=session)

    assert chosen["detail"]["read"] == ["period"]  # the organ was collected and goes along
    assert "2025-03-01..2025-03-31" in after["slots"]["period"]
    assert "25000" in after["slots"]["organ"]
