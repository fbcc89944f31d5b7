"""Two instances on one database: together they let in what one would, and the rest costs nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functions.refusals import assert_refused
from tests.harness import ADMIN_KEY, STAFF, Customer, TestClock
from tests.issuer import bearer, id_token, serving_keys

Serve = Callable[..., FlaskClient]
Stored = Callable[[], list[tuple[str, str]]]

NEW_DAY = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@pytest.fixture
def two(serve: Serve) -> Callable[..., list[Customer]]:
    """Start two instances with settings of the test's own, and one customer who comes to either by turns."""

    def start(**settings: str) -> list[Customer]:
        customers = [Customer(serve(**settings)) for _ in range(2)]
        customers[0].open()
        customers[1].session = customers[0].session
        return customers

    return start


def say(customers: list[Customer], times: int) -> list[int]:
    return [customers[number % 2].say("oi", session_id=customers[0].session).status_code for number in range(times)]


def test_the_61st_message_is_refused_whichever_instance_it_comes_to(
    two: Callable[..., list[Customer]], stored: Stored, clock: type[TestClock]
) -> None:
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="60")
    clock.time += timedelta(seconds=20)
    answered = say(customers, 59)  # the name was the first of the sixty
    before = stored()

    refused = [one.say("oi", session_id=customers[0].session) for one in customers]

    assert answered == [200] * 59
    for answer in refused:
        assert_refused(answer, 429, "rate_limited")
        assert answer.headers["Retry-After"] == "40"
        assert answer.json["message"] == "Muitas mensagens em pouco tempo. Tente de novo em 40 segundos."
    assert stored() == before


def test_where_each_instance_counts_for_itself_two_let_in_twice_as_much(two: Callable[..., list[Customer]]) -> None:
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="3", ROTEIRO_RATE_LIMIT="instance")

    assert say(customers, 8).count(200) == 5


def test_thirty_conversations_begin_in_a_minute_on_both_together(serve: Serve, stored: Stored) -> None:
    clients = [serve(ROTEIRO_LIMIT_SESSIONS_PER_MINUTE="30") for _ in range(2)]
    begun = [clients[number % 2].post("/initial-message", json={"message": "Ana"}) for number in range(30)]
    before = stored()

    refused = [client.post("/initial-message", json={"message": "Ana"}) for client in clients]

    assert [answer.status_code for answer in begun] == [200] * 30
    assert [answer.status_code for answer in refused] == [429] * 2
    assert stored() == before


def test_midnight_opens_no_second_minute(two: Callable[..., list[Customer]], clock: type[TestClock]) -> None:
    clock.time = NEW_DAY - timedelta(seconds=20)
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="4")
    before = say(customers, 3)

    clock.time = NEW_DAY + timedelta(seconds=10)
    at_once = say(customers, 2)
    clock.time += timedelta(seconds=30)
    after_the_wait = say(customers, 5)

    assert (before, at_once) == ([200] * 3, [429] * 2)
    assert after_the_wait == [200] * 4 + [429]


def test_a_companys_customer_is_counted_on_both_instances(serve: Serve) -> None:
    clients = [serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="2") for _ in range(2)]

    def say_as(user: str, number: int) -> int:
        body = {"user_id": user, "message": "oi"}
        return clients[number % 2].post("/api/v1/chat", json=body, headers={"X-API-Key": ADMIN_KEY}).status_code

    assert [say_as("1", number) for number in range(4)] == [200, 200, 429, 429]
    assert say_as("2", 0) == 200


def test_a_repeated_message_is_answered_again_above_the_limit(two: Callable[..., list[Customer]]) -> None:
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="2")
    first = customers[0].say("oi", client_message_id="m-1")

    again = customers[1].say("oi", session_id=customers[0].session, client_message_id="m-1")

    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.json, again.headers["Roteiro-Replayed"]) == (first.json, "1")


def test_no_list_of_messages_shows_a_ticket_and_no_key_tells_an_address(
    two: Callable[..., list[Customer]], stored: Stored
) -> None:
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="60")
    say(customers, 2)

    listed: Any = customers[0].client.get("/api/v1/message", headers=STAFF).json
    tickets = [body for key, body in stored() if key.startswith("~t:")]

    assert {item["conversation"] for item in listed["items"]} == {customers[0].session}
    assert len(tickets) == 3
    assert "127.0.0.1" not in "".join(tickets)


def test_tickets_are_forgotten_after_two_minutes(
    two: Callable[..., list[Customer]], stored: Stored, clock: type[TestClock]
) -> None:
    customers = two(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="60")
    say(customers, 3)
    clock.time += timedelta(seconds=121)

    customers[0].say("oi", session_id=customers[0].session).close()  # the sweep comes after the answer

    assert len([key for key, _ in stored() if key.startswith("~t:")]) == 1


def send(client: FlaskClient, path: str, session: str = "", **headers: str) -> TestResponse:
    return client.post(f"/api/v1/chat/{path}", json={"message": "oi", "session_id": session}, headers=headers)


def test_messages_and_streams_of_the_second_seed_count_together_on_both(serve: Serve, stored: Stored) -> None:
    clients = [serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="4") for _ in range(2)]
    session = send(clients[0], "message").json["session_id"]
    for path in ("stream", "message", "stream"):
        send(clients[1], path, session).close()
    before = stored()

    refused = [send(client, path, session) for client in clients for path in ("message", "stream")]

    for answer in refused:
        assert_refused(answer, 429, "rate_limited")
        assert answer.headers["Retry-After"] == "60"
    assert stored() == before


def test_only_messages_that_open_a_session_count_as_openings(serve: Serve) -> None:
    clients = [serve(ROTEIRO_LIMIT_SESSIONS_PER_MINUTE="2") for _ in range(2)]
    session = send(clients[0], "message").json["session_id"]

    goes_on = [send(client, "message", session).status_code for client in clients]
    opens = [send(client, "message").status_code for client in clients]

    assert goes_on == [200, 200]
    assert opens == [200, 429]


def test_a_customer_who_signed_in_is_counted_wherever_they_write_from(serve: Serve) -> None:
    with serving_keys() as keys:
        settings = keys.settings | {"ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "2", "ROTEIRO_TRUSTED_HOPS": "1"}
        clients = [serve(**settings) for _ in range(2)]
        signed_in = bearer(id_token())

        own = [
            send(clients[number % 2], "message", **signed_in, **{"X-Forwarded-For": f"10.0.0.{number}"}).status_code
            for number in range(3)
        ]
        stranger = send(clients[0], "message", **{"X-Forwarded-For": "10.0.0.9"}).status_code

    assert (own, stranger) == ([200, 200, 429], 200)
