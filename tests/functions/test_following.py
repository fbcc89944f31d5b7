"""What a customer reads of a person: in the next answer, where nothing is pushed, and in the feed of a page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness import STAFF, Customer, TestClock

EVENTS = "/api/v1/chat/events"
Desk = Callable[..., TestResponse]


@pytest.fixture
def desk(client: FlaskClient, customer: Customer, staff: Callable[..., dict[str, str]]) -> Desk:
    """Let Bia act on the customer's conversation."""
    bia = staff("Bia Souza", "desk", "scripts:read")

    def act(deed: str, **body: Any) -> TestResponse:
        return client.post(f"/api/v1/desk/conversations/{customer.session}/{deed}", json=body, headers=bia)

    return act


@pytest.fixture
def taken(customer: Customer, desk: Desk) -> Desk:
    """The customer has asked for a person, and Bia has come."""
    customer.say("quero falar com um atendente")
    desk("takeover")
    return desk


def feed(customer: Customer, after: int = -1, seen: TestResponse | None = None) -> TestResponse:
    url = f"{EVENTS}?session_id={customer.session}&after={after}"
    return customer.client.get(url, headers={"If-None-Match": seen.headers["ETag"]} if seen else {})


def test_the_next_answer_begins_with_what_a_person_said_meanwhile(customer: Customer, taken: Desk) -> None:
    taken("reply", message="Oi, sou a Bia.")
    taken("reply", message="Pode me dizer a placa?")

    answers = [customer.say(words).json["answer"] for words in ("ABC1D23", "e agora?")]

    waiting = "Sua mensagem chegou ao atendente. Ele responde por aqui."
    assert answers == [f"Oi, sou a Bia.\n\nPode me dizer a placa?\n\n{waiting}", waiting]


def test_a_repeated_message_is_answered_with_the_same_words_of_the_person(customer: Customer, taken: Desk) -> None:
    taken("reply", message="Oi, sou a Bia.")

    first = customer.say("oi", client_message_id="m1")
    taken("reply", message="Ainda aí?")
    again = customer.say("oi", client_message_id="m1")

    assert (again.json, again.headers["Roteiro-Replayed"]) == (first.json, "1")
    assert first.json["answer"].startswith("Oi, sou a Bia.")


def test_after_a_hand_back_the_answer_tells_the_persons_last_words_and_walks_on(
    customer: Customer, taken: Desk
) -> None:
    taken("reply", message="Resolvi o cadastro.")
    taken("handback", message="Devolvo ao assistente.")

    answer = customer.say("Bati o carro ontem na BR-101")

    first, second, *walked = answer.json["answer"].split("\n\n")
    assert (first, second) == ("Resolvi o cadastro.", "Devolvo ao assistente.")
    assert walked
    assert (answer.headers["Roteiro-Status"], answer.headers["Roteiro-Step"]) == ("bot", "1")


def test_a_side_question_and_a_backends_customer_hear_the_person_too(customer: Customer, taken: Desk) -> None:
    taken("reply", message="Oi, sou a Bia.")

    assert customer.ask("e o prazo?").json["answer"].startswith("Oi, sou a Bia.\n\n")


def test_the_feed_tells_who_said_what_in_order_and_no_notes(customer: Customer, taken: Desk) -> None:
    taken("note", text="cliente nervoso")
    taken("reply", message="Oi, sou a Bia.")

    answer = feed(customer)

    said = [(one["role"], one["author"], one["name"]) for one in answer.json["events"]]
    bot, customers = ("assistant", "bot", None), ("user", "customer", None)
    assert said == [bot, customers, bot, ("assistant", "human", "Bia")]
    assert (answer.json["status"], answer.json["owner"], answer.json["position"]) == ("human", "human", None)
    assert "nervoso" not in answer.text


def test_the_feed_goes_on_after_the_event_that_is_known(customer: Customer, taken: Desk) -> None:
    known = feed(customer).json["seq"]
    taken("reply", message="Oi.")

    news = feed(customer, after=known).json

    assert [one["content"] for one in news["events"]] == ["Oi."]
    assert feed(customer, after=news["seq"]).json["events"] == []


def test_a_feed_without_news_is_nothing_at_all(customer: Customer, taken: Desk) -> None:
    first = feed(customer)

    same = feed(customer, seen=first)
    taken("reply", message="Oi.")
    other = feed(customer, seen=first)

    assert (same.status_code, same.data, other.status_code) == (304, b"", 200)


def test_a_place_in_the_queue_that_changes_is_news(
    client: FlaskClient, customer: Customer, clock: type[TestClock]
) -> None:
    before = Customer(client)
    before.open()
    for one in (before, customer):
        client.post("/api/v1/chat/handoff", json={"session_id": one.session})
        clock.time += timedelta(seconds=1)
    second = feed(customer)

    client.post(f"/api/v1/desk/conversations/{before.session}/takeover", json={}, headers=STAFF)

    assert second.json["position"] == 2
    assert feed(customer, seen=second).json["position"] == 1


def test_the_answer_says_from_which_event_a_page_follows(customer: Customer, taken: Desk) -> None:
    seq = customer.say("oi").headers["Roteiro-Seq"]
    taken("reply", message="Oi.")

    assert [one["content"] for one in feed(customer, after=int(seq)).json["events"]] == ["Oi."]


@pytest.mark.parametrize(
    ("query", "bearer", "status", "code"),
    [
        ("", "", 404, "session_required"),
        ("?session_id=x", "", 422, "bad_session_id"),
        ("?session_id=0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21", "", 404, "session_not_found"),
        ("?session_id=u-0123456789abcdef0123456789abcdef", "", 422, "bad_session_id"),
        ("", "rt1.a.b", 401, "token_invalid"),
        ("?session_id=0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21", "own", 404, "session_not_found"),
        ("?after=x", "own", 422, "invalid"),
    ],
)
def test_a_feed_is_only_for_who_holds_the_conversation(
    customer: Customer, query: str, bearer: str, status: int, code: str
) -> None:
    token = customer.token if bearer == "own" else bearer
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    answer = customer.client.get(EVENTS + query, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_an_expired_conversation_has_no_feed(customer: Customer, clock: type[TestClock]) -> None:
    clock.time += timedelta(hours=24)

    assert feed(customer).json["code"] == "session_not_found"


def test_a_page_that_shows_its_token_needs_no_id(customer: Customer) -> None:
    answer = customer.client.get(EVENTS, headers={"Authorization": f"Bearer {customer.token}"})

    assert [one["author"] for one in answer.json["events"]] == ["bot"]
