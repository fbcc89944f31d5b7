"""How it went, as the customer says it."""

from collections.abc import Callable
from typing import Any

import pytest

from roteiro.domain.conversation import Event
from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from tests.harness import Customer

Rate = Callable[..., Any]


@pytest.fixture
def rate(customer: Customer) -> Rate:
    def send(**body: Any) -> Any:
        return customer.client.post("/api/v1/chat/rating", json={"session_id": customer.session, **body})

    return send


@pytest.fixture
def newest(customer: Customer, database: Any) -> Callable[[], Event]:
    def read() -> Event:
        store = SqliteStore(str(database))
        (event,) = store.load(ConversationId(customer.session), 1)
        store.close()
        return event

    return read


def test_a_rating_is_an_event_of_the_customer_and_no_message(
    customer: Customer, rate: Rate, newest: Callable[[], Event]
) -> None:
    customer.say("Bati o carro ontem na BR-101")

    answer = rate(solved=True, score=4, comment=" Rápido. ")

    event = newest()
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert (event.by, event.action, event.text, event.reply) == ("customer", "rating", None, None)
    assert event.detail == {"solved": True, "score": 4, "comment": "Rápido."}
    assert (event.state.count, event.state.rating, event.state.step) == (1, 4, 1)


def test_the_last_rating_counts_and_a_missing_score_keeps_the_one_before(
    rate: Rate, newest: Callable[[], Event]
) -> None:
    rate(solved=False, score=1)
    rate(solved=True)

    assert newest().detail == {"solved": True}
    assert newest().state.rating == 1


def test_a_rating_interrupts_nothing(customer: Customer, rate: Rate) -> None:
    customer.say("Bati o carro ontem na BR-101")
    rate(solved=True, score=5)

    assert customer.say("ok").headers["Roteiro-Step"] == "2"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "solved"),
        ({"solved": "sim"}, "solved"),
        ({"solved": True, "score": 6}, "score"),
        ({"solved": True, "score": 0}, "score"),
        ({"solved": True, "comment": "a" * 501}, "comment"),
    ],
)
def test_what_is_no_rating_is_refused_by_field(rate: Rate, body: dict[str, Any], path: str) -> None:
    answer = rate(**body)

    assert answer.status_code == 422
    assert [field["path"] for field in answer.json["fields"]] == [path]


def test_a_conversation_that_nobody_knows_is_not_rated(customer: Customer, rate: Rate) -> None:
    answer = rate(solved=True, session_id="0b7c6d1e-6c55-4a4e-9a0e-3f1b6f0a7c21")

    assert (answer.status_code, answer.json["code"]) == (404, "session_not_found")
