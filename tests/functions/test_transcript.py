"""The transcript that a customer may keep: all of their conversation, for whoever holds an id that nobody can guess."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer, TestClock

SAMPLE = "550e8400-e29b-41d4-a716-446655440000"


def transcript(customer: Customer, form: str = "json", session: str = "", **headers: str) -> Any:
    path = f"/api/v1/chat/transcript/{session or customer.session}"
    return customer.client.get(path, query_string={"format": form}, headers=headers)


def test_a_transcript_is_the_whole_conversation_in_order(customer: Customer) -> None:
    replies = [customer.say(words).json["answer"] for words in ("bati o carro", "D'Ávila & Cia")]

    answer = transcript(customer)

    contents = [line["content"] for line in answer.json["messages"]]
    assert contents[1:] == ["bati o carro", replies[0], "D'Ávila & Cia", replies[1]]
    assert answer.json["messages"][0]["role"] == "assistant"
    assert (answer.json["locale"], answer.json["opened_at"]) == ("pt-BR", "2026-11-20T18:00:00.000Z")


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("html", "text/html"), ("txt", "text/plain")])
def test_a_transcript_is_a_file_named_after_the_protocol(customer: Customer, form: str, kind: str) -> None:
    number = customer.say("bati o carro").headers["Roteiro-Protocol"]

    answer = transcript(customer, form)

    assert answer.content_type == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.{form}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "bati o carro" in answer.text


def test_what_a_customer_wrote_is_shown_and_never_run(customer: Customer) -> None:
    customer.say("<script>alert(1)</script>")

    page = transcript(customer, "html").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page


@pytest.mark.parametrize(("language", "you"), [("pt-BR", "Você"), ("en", "You"), ("es", "Usted")])
def test_a_transcript_speaks_the_language_of_its_conversation(client: FlaskClient, language: str, you: str) -> None:
    customer = Customer(client)
    customer.open(**{"Accept-Language": language})
    customer.say("hola")

    assert f"] {you}: hola" in transcript(customer, "txt", **{"Accept-Language": "fr"}).text


def test_the_conversations_own_token_may_come_with_it_and_no_other(customer: Customer) -> None:
    other = Customer(customer.client)
    other.open()

    own = transcript(customer, Authorization=f"Bearer {customer.token}")
    foreign = transcript(customer, Authorization=f"Bearer {other.token}")

    assert own.status_code == 200
    assert_refused(foreign, 404, "session_not_found")
    assert_refused(transcript(customer, Authorization="Bearer rt1.x.y"), 401, "token_invalid")


@pytest.mark.parametrize(
    ("session", "status", "code"),
    [
        ("00000000-0000-4000-8000-000000000000", 404, "session_not_found"),
        (SAMPLE, 404, "session_not_found"),
        ("session-1763661600000", 404, "session_not_found"),
        ("session_1763661600000_k3j9x2a", 404, "session_not_found"),
        ("short", 422, "bad_session_id"),
        ("u-0123456789abcdef0123456789abcdef", 422, "bad_session_id"),
    ],
)
def test_an_id_that_is_unknown_or_can_be_guessed_has_no_transcript(
    customer: Customer, session: str, status: int, code: str
) -> None:
    assert_refused(transcript(customer, session=session), status, code)


def test_unknown_ids_are_counted(customer: Customer) -> None:
    unknown = [f"00000000-0000-4000-8000-{number:012d}" for number in range(21)]

    answers = [transcript(customer, session=session).status_code for session in unknown]

    assert answers == [404] * 20 + [429]


@pytest.mark.parametrize("form", ["docx", "", "JSON", "../etc"])
def test_another_form_is_refused(customer: Customer, form: str) -> None:
    assert_refused(transcript(customer, form), 422, "invalid")


def test_an_expired_and_an_erased_conversation_have_no_transcript(customer: Customer, clock: type[TestClock]) -> None:
    clock.time += timedelta(hours=24)
    expired = transcript(customer)
    clock.time -= timedelta(hours=24)
    customer.client.delete("/api/v1/message", headers=STAFF)

    assert_refused(expired, 404, "session_not_found")
    assert_refused(transcript(customer), 404, "session_not_found")


def test_a_long_conversation_comes_whole(customer: Customer) -> None:
    for number in range(300):
        customer.say(f"mensagem {number}", "/chat_ai")

    written = transcript(customer, "txt").text

    assert [int(one) for one in re.findall(r"Você: mensagem (\d+)$", written, re.MULTILINE)] == list(range(300))
