"""A protocol number looked up: anybody sees where it stands, who holds its key or session sees the words."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.protocol import issue, plain
from roteiro.stores.sqlite import SqliteStore
from tests.functions.refusals import assert_refused
from tests.harness import Customer, TestClock

STATUS = {"protocol", "status", "opened_at", "answered_at", "closed_at", "due_at"}
CONTENT = STATUS | {"title", "transcript"}


class Caller(Customer):
    """A customer who keeps number and key of the first answer, as they may be written on paper."""

    number = ""
    key = ""

    def open(self, name: str = "Ana", **headers: str) -> Any:
        answer = super().open(name, **headers)
        self.number, self.key = answer.headers["Roteiro-Protocol"], answer.headers["Roteiro-Protocol-Key"]
        return answer

    def look_up(self, number: str = "", **query: str) -> Any:
        return self.client.get(f"/api/v1/protocol/{number or self.number}", query_string=query)


@pytest.fixture
def caller(client: FlaskClient) -> Caller:
    one = Caller(client)
    one.open()
    return one


def test_the_key_comes_with_the_number_and_never_again(caller: Caller) -> None:
    assert re.fullmatch("[0-9A-Z]{5}-[0-9A-Z]{5}", caller.key)
    assert "Roteiro-Protocol-Key" not in caller.say("bati o carro").headers


def test_anybody_sees_where_a_number_stands_and_nothing_that_was_said(caller: Caller) -> None:
    answer = caller.look_up()

    assert answer.json == {
        "protocol": caller.number,
        "status": "bot",
        "opened_at": "2026-11-20T18:00:00.000Z",
        "answered_at": None,
        "closed_at": None,
        "due_at": "2026-11-28T02:59:59.000Z",
    }


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", " ")]
)
def test_with_its_key_the_number_tells_what_was_said(caller: Caller, write: Callable[[str], str]) -> None:
    caller.say("bati o carro")

    answer = caller.look_up(key=write(caller.key))

    assert answer.json.keys() == CONTENT
    assert answer.json["title"]
    assert [line["content"] for line in answer.json["transcript"] if line["role"] == "user"] == ["bati o carro"]


def test_the_sessions_own_token_opens_the_number_too(caller: Caller) -> None:
    answer = caller.client.get(f"/api/v1/protocol/{caller.number}", headers={"Authorization": f"Bearer {caller.token}"})

    assert answer.json.keys() == CONTENT
    assert answer.json["title"] is None


def test_somebody_elses_token_shows_no_more_than_none(caller: Caller) -> None:
    other = Caller(caller.client)
    other.open()

    answer = caller.client.get(f"/api/v1/protocol/{caller.number}", headers={"Authorization": f"Bearer {other.token}"})

    assert answer.json.keys() == STATUS


def test_the_key_of_another_number_is_refused(caller: Caller) -> None:
    other = Caller(caller.client)
    other.open()

    assert_refused(caller.look_up(key=other.key), 404, "not_found")


@pytest.mark.parametrize(("key", "status"), [("ABCDE-FGHJK", 404), ("x", 404), ("ção", 422), ("a" * 41, 422)])
def test_a_wrong_key_is_refused(caller: Caller, key: str, status: int) -> None:
    assert caller.look_up(key=key).status_code == status


def test_a_forged_token_is_refused(caller: Caller) -> None:
    answer = caller.client.get(f"/api/v1/protocol/{caller.number}", headers={"Authorization": "Bearer rt1.x.y"})

    assert_refused(answer, 401, "token_invalid")


@pytest.mark.parametrize("form", ["{}", "{} ", "{}.", " {}"])
def test_a_number_is_read_with_any_separators(caller: Caller, form: str) -> None:
    assert caller.look_up(form.format(caller.number)).json["protocol"] == caller.number
    assert caller.look_up(form.format(plain(caller.number))).json["protocol"] == caller.number


def test_a_wrong_check_digit_is_refused_before_anything_is_read(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = plain(caller.number)
    monkeypatch.setattr(SqliteStore, "holder", lambda *_: pytest.fail("the store was asked"))

    for place in range(17):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert_refused(caller.look_up(wrong), 400, "bad_id")


def test_a_number_that_was_never_issued_is_not_found(caller: Caller, clock: type[TestClock]) -> None:
    assert_refused(caller.look_up(issue(clock.time.date(), 1)), 404, "not_found")


def test_look_ups_are_counted_whether_they_find_anything_or_not(serve: Callable[..., FlaskClient]) -> None:
    caller = Caller(serve(ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE="3"))
    caller.open()

    answers = [caller.look_up(key=key).status_code for key in ("", "ABCDE-FGHJK", caller.key, caller.key)]

    assert answers == [200, 404, 200, 429]


def test_an_erased_conversation_leaves_no_number(caller: Caller) -> None:
    caller.client.delete("/api/v1/message", headers={"X-API-Key": "an-admin-key-of-the-tests-only"})

    assert_refused(caller.look_up(key=caller.key), 404, "not_found")


def test_a_key_outlives_the_session_and_its_token_does_not(caller: Caller, clock: type[TestClock]) -> None:
    clock.time += timedelta(hours=25)

    with_key = caller.look_up(key=caller.key)
    with_token = caller.client.get(
        f"/api/v1/protocol/{caller.number}", headers={"Authorization": f"Bearer {caller.token}"}
    )

    assert (with_key.json["status"], with_key.json["closed_at"]) == ("expired", "2026-11-21T18:00:00.000Z")
    assert with_key.json.keys() == CONTENT
    assert with_token.json.keys() == STATUS


def test_keys_given_before_the_signing_key_was_changed_still_open(serve: Callable[..., FlaskClient]) -> None:
    old, new = "o" * 32, "n" * 32
    caller = Caller(serve(ROTEIRO_TOKEN_KEYS=old))
    caller.open()

    caller.client = serve(ROTEIRO_TOKEN_KEYS=f"{new},{old}")
    later = caller.look_up(key=caller.key)
    caller.client = serve(ROTEIRO_TOKEN_KEYS=new)

    assert later.json.keys() == CONTENT
    assert_refused(caller.look_up(key=caller.key), 404, "not_found")


def test_a_backends_customer_gets_a_number_and_no_key(client: FlaskClient) -> None:
    answer = client.post("/api/v1/chat", json={"user_id": "ana", "message": "bati o carro"})

    assert "Roteiro-Protocol" in answer.headers
    assert "Roteiro-Protocol-Key" not in answer.headers
    assert client.get(f"/api/v1/protocol/{answer.headers['Roteiro-Protocol']}").json["status"] == "bot"
