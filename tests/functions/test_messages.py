"""What an admin reads of all conversations, and the end of them all."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer

PATH = "/api/v1/message"
WORDS = ["Bati o carro ontem", "ok", "certo"]


def pages(client: FlaskClient, limit: int) -> list[list[dict[str, Any]]]:
    """Read every page, following the cursors."""
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(PATH, query_string={"limit": limit, "cursor": cursor}, headers=STAFF).json
        found.append(page["items"])
        cursor = page["next_cursor"]
    return found


def test_every_message_is_listed_with_its_conversation_and_pack(customer: Customer) -> None:
    customer.say("Bati o carro ontem")

    items = customer.client.get(PATH, headers=STAFF).json["items"]

    assert [item["role"] for item in items] == ["assistant", "user", "assistant"]
    assert items[1].keys() == {"id", "session_id", "seq", "timestamp", "role", "content", "conversation", "pack"}
    assert {(item["conversation"], item["session_id"], item["pack"]) for item in items} == {
        (customer.session, customer.session, "seguros")
    }
    assert items[1]["timestamp"] == "2026-11-20T18:00:00.000Z"


def test_the_list_is_also_there_as_the_text_that_existing_clients_parse(customer: Customer) -> None:
    customer.say("D'Ávila & Cia 👍")

    answer = customer.client.get(PATH, headers=STAFF)

    assert json.loads(answer.json["messages"]) == answer.json["items"]
    assert "D'Ávila & Cia 👍" in answer.text


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_page_by_page_nothing_is_missed_or_shown_twice(client: FlaskClient, limit: int) -> None:
    for _ in range(3):
        customer = Customer(client)
        customer.open()
        for words in WORDS:
            customer.say(words)

    found = [item["id"] for page in pages(client, limit) for item in page]

    assert len(found) == len(set(found)) == 3 * (1 + 2 * len(WORDS))
    assert found == [item["id"] for item in client.get(PATH, headers=STAFF).json["items"]]


def test_without_conversations_the_list_is_empty(client: FlaskClient) -> None:
    answer = client.get(PATH, headers=STAFF)

    assert answer.json == {"messages": "[]", "items": [], "next_cursor": None}


def test_erasing_everything_leaves_no_word_and_the_scripts_alone(
    customer: Customer, client: FlaskClient, stored: Callable[[], list[tuple[str, str]]]
) -> None:
    customer.say("meu segredo é 4711")
    client.post("/api/v1/chat", json={"user_id": "1", "message": "meu segredo é 4711"})

    answer = client.delete(PATH, headers=STAFF)

    assert (answer.status_code, answer.json) == (200, {"message": "All messages deleted successfully."})
    assert client.get(PATH, headers=STAFF).json["items"] == []
    assert not any("4711" in body for _, body in stored())
    assert len(client.get("/api/v1/script", headers=STAFF).json["items"]) == 5


def test_erasing_twice_is_harmless(customer: Customer) -> None:
    answers = [customer.client.delete(PATH, headers=STAFF) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("how", ["cookie", "session_id"])
@pytest.mark.parametrize("path", ["/chat", "/chat_ai"])
def test_an_erased_conversation_is_gone_for_its_customer_who_can_begin_anew(
    customer: Customer, how: str, path: str
) -> None:
    old = customer.session
    customer.client.delete(PATH, headers=STAFF)

    gone = customer.say("oi", path, **({"session_id": old} if how == "session_id" else {}))
    customer.open()
    anew = customer.say("Bati o carro ontem")

    assert_refused(gone, 400, "session_not_found")
    assert (anew.json["steps"], anew.headers["Roteiro-Step"]) == (7, "1")
    assert customer.session != old


def test_unknown_expired_and_erased_are_one_answer(customer: Customer) -> None:
    customer.client.delete(PATH, headers=STAFF)
    same = {"X-Request-Id": "same-for-both"}

    bodies = [
        customer.client.post("/chat", json={"message": "oi", "session_id": session}, headers=same).data
        for session in (customer.session, "00000000-0000-4000-8000-000000000000")
    ]

    assert bodies[0] == bodies[1]


def test_an_erased_queue_is_empty(client: FlaskClient) -> None:
    first, second = Customer(client), Customer(client)
    first.open()
    first.say("atendente")
    client.delete(PATH, headers=STAFF)

    second.open()
    second.say("atendente")

    assert second.say("oi").json["answer"].startswith("Recebi. Você é o 1º da fila.")


@pytest.mark.parametrize("query", ["", "?confirm=", "?confirm=yes", "?confirm=ALL"])
def test_a_deployed_function_erases_nothing_without_a_clear_word(
    serve_production: Callable[..., FlaskClient], stored: Callable[[], object], query: str
) -> None:
    client = serve_production()
    Customer(client).open()
    before = stored()

    refused = client.delete(f"{PATH}{query}", headers=STAFF)

    assert_refused(refused, 409, "confirmation_required")
    assert stored() == before


def test_a_deployed_function_erases_everything_when_told_clearly(
    serve_production: Callable[..., FlaskClient],
) -> None:
    client = serve_production()
    Customer(client).open()

    answer = client.delete(f"{PATH}?confirm=all", headers=STAFF)

    assert answer.status_code == 200
    assert client.get(PATH, headers=STAFF).json["items"] == []
