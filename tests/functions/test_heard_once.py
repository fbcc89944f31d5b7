"""What a person said is told once to a client that follows the events, and a closing text only while it is true."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness import STAFF, Customer

CHAT = "/api/v1/chat"
CLOSED = "Este atendimento foi encerrado."
Desk = Callable[..., TestResponse]


@pytest.fixture
def desk(client: FlaskClient, customer: Customer, staff: Callable[..., dict[str, str]]) -> Desk:
    """Let Bia act on the conversation of a customer who asked for a person."""
    bia = staff("Bia Souza", "desk", "scripts:read")
    customer.say("quero falar com um atendente")

    def act(deed: str, **body: Any) -> TestResponse:
        return client.post(f"/api/v1/desk/conversations/{customer.session}/{deed}", json=body, headers=bia)

    return act


def write(customer: Customer, message: str, **body: Any) -> TestResponse:
    return customer.client.post(f"{CHAT}/message", json={"message": message, "session_id": customer.session, **body})


def shown(customer: Customer) -> int:
    """Return how far a page that follows has shown the conversation."""
    seq: int = customer.client.get(f"{CHAT}/events?session_id={customer.session}").json["seq"]
    return seq


def test_what_a_page_has_shown_is_not_told_again(customer: Customer, desk: Desk) -> None:
    desk("takeover")
    desk("reply", message="Oi, sou a Bia.")
    seq = shown(customer)
    desk("reply", message="Pode me dizer a placa?")

    answer = write(customer, "ABC1D23", seen_seq=seq, client_message_id="m1")
    again = write(customer, "ABC1D23", seen_seq=seq, client_message_id="m1")

    assert answer.json["message"].startswith("Pode me dizer a placa?\n\nSua mensagem chegou")
    assert again.json["message"] == answer.json["message"]


@pytest.mark.parametrize("body", [{}, {"seen_seq": None}, {"seen_seq": -1}])
def test_who_says_nothing_of_what_was_shown_is_told_everything(
    customer: Customer, desk: Desk, body: dict[str, Any]
) -> None:
    desk("takeover")
    desk("reply", message="Oi, sou a Bia.")
    shown(customer)

    assert write(customer, "oi", **body).json["message"].startswith("Oi, sou a Bia.\n\n")


def test_a_conversation_closed_twice_says_so_once(customer: Customer, desk: Desk) -> None:
    desk("takeover")
    desk("close", outcome="pending")
    desk("takeover")
    desk("close", outcome="pending")

    assert write(customer, "obrigado").json["message"].count(CLOSED) == 1


def test_who_is_taken_up_again_is_not_told_that_it_is_over(customer: Customer, desk: Desk) -> None:
    desk("takeover")
    desk("close", outcome="pending")
    desk("takeover")

    assert CLOSED not in write(customer, "voltei").json["message"]


def test_thanks_after_a_closing_that_was_shown_repeat_nothing(customer: Customer, desk: Desk) -> None:
    desk("takeover")
    desk("close", outcome="pending")

    assert CLOSED not in write(customer, "obrigado", seen_seq=shown(customer)).json["message"]


def test_an_impossible_place_is_refused(customer: Customer) -> None:
    assert write(customer, "oi", seen_seq=-2).status_code == 422


def test_a_conversation_that_nobody_holds_is_closed_and_audited(customer: Customer, desk: Desk) -> None:
    closed = desk("close", outcome="duplicate")
    again = desk("close", outcome="duplicate")

    told = [one["who"] for one in customer.client.get("/api/v1/audit", headers=STAFF).json["items"]]
    assert (closed.json["status"], again.json["code"]) == ("closed", "stale")
    assert "Bia Souza" in told


def test_the_customers_answer_has_no_braces_where_their_name_was_meant(customer: Customer, desk: Desk) -> None:
    desk("takeover")

    assert desk("reply", message="Olá {{nome}}").json["message"] == "Olá Ana"
