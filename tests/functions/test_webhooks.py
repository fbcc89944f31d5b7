"""A script that is completed tells another system; admins see what could not be told and send it again."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.errors import StoreUnavailable
from roteiro.web import errands
from tests.factories import a_document
from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer, TestClock
from tests.receiver import SECRET, Receiver, receiving

MESSAGE = "quero registrar a perda do meu guarda-chuva azul"


def a_telling_document(receiver: Receiver, **action: Any) -> dict[str, Any]:
    """Return a script of two steps that tells the receiver when it is completed."""
    hook = {"type": "webhook", "url": f"http://127.0.0.1:{receiver.port}/hook", "secret_ref": "CRM"}
    return a_document(
        problem={"id": 901, "description": "Guarda-chuva perdido: o cliente perdeu um guarda-chuva."},
        match={"examples": [MESSAGE, "perdi meu guarda-chuva", "meu guarda-chuva sumiu"]},
        completion={"action": hook | action},
    )


def completed(client: FlaskClient, document: dict[str, Any]) -> Customer:
    """Publish a script and walk a customer to its end."""
    assert client.post("/api/v1/script", json=document, headers=STAFF).status_code == 200
    customer = Customer(client)
    customer.open()
    for message in (MESSAGE, "foi ontem"):
        with customer.say(message) as answer:
            assert answer.status_code == 200
    return customer


@pytest.fixture
def hooked(serve: Callable[..., FlaskClient]) -> FlaskClient:
    return serve(ROTEIRO_HOOK_CRM=SECRET)


def test_a_completed_script_tells_the_other_system_once_the_answer_has_left(hooked: FlaskClient) -> None:
    with receiving() as receiver:
        completed(hooked, a_telling_document(receiver))

    ((path, _, body),) = receiver.requests
    told = json.loads(body)
    assert path == "/hook"
    assert (told["type"], told["script_id"], told["version"], told["slots"]) == ("script.completed", 901, 1, {})
    assert len(told["protocol"]) >= 17


@pytest.mark.parametrize(
    ("action", "path", "code"),
    [
        ({"secret_ref": "ERP"}, "completion.action.secret_ref", "hook_secret"),
        ({"url": "https://crm.example.com:8443/hook"}, "completion.action.url", "hook_port"),
    ],
)
def test_a_script_whose_hook_could_never_work_is_not_published(
    hooked: FlaskClient, action: dict[str, str], path: str, code: str
) -> None:
    with receiving() as receiver:
        answer = hooked.post("/api/v1/script", json=a_telling_document(receiver, **action), headers=STAFF)

    (check,) = [one for one in answer.json["report"]["checks"] if one["name"] == "document"]
    assert (answer.status_code, check["passed"]) == (409, False)
    assert [(one["path"], one["code"]) for one in check["detail"]] == [(path, code)]


def test_nothing_is_told_while_the_script_is_not_completed(hooked: FlaskClient) -> None:
    with receiving() as receiver:
        hooked.post("/api/v1/script", json=a_telling_document(receiver), headers=STAFF)
        customer = Customer(hooked)
        customer.open()
        customer.say(MESSAGE)

    assert receiver.requests == []


def test_what_failed_is_told_again_by_whoever_passes_once_it_is_due(
    hooked: FlaskClient, clock: type[TestClock]
) -> None:
    with receiving(500, 200) as receiver:
        customer = completed(hooked, a_telling_document(receiver))
        clock.sleep(clock(), 40)
        customer.say("obrigado").close()

    ids = {headers["webhook-id"] for _, headers, _ in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (2, 1)


def test_an_admin_sees_what_could_not_be_told_and_sends_it_again(hooked: FlaskClient) -> None:
    with receiving(404, 200) as receiver:
        customer = completed(hooked, a_telling_document(receiver))
        (dead,) = hooked.get("/api/v1/webhooks/dead", headers=STAFF).json["items"]
        with hooked.post(f"/api/v1/webhooks/dead/{dead['id']}/retry", headers=STAFF) as again:
            assert again.json == {"id": dead["id"], "status": "queued"}

    assert (dead["status"], dead["tries"], dead["script_id"], dead["type"]) == (404, 1, 901, "script.completed")
    assert customer.session not in json.dumps(dead)
    assert len(receiver.requests) == 2
    assert hooked.get("/api/v1/webhooks/dead", headers=STAFF).json == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/api/v1/webhooks/dead/1/retry", 400, "bad_id"),
        ("POST", f"/api/v1/webhooks/dead/wh_{'0' * 32}/retry", 404, "not_found"),
        ("GET", "/api/v1/webhooks/dead?cursor=x", 422, "invalid"),
        ("GET", "/api/v1/webhooks/dead?limit=201", 422, "invalid"),
    ],
)
def test_a_wrong_question_about_dead_letters_is_refused(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    assert_refused(client.open(path, method=method, headers=STAFF), status, code)


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", f"/wh_{'0' * 32}/retry")])
def test_dead_letters_are_for_admins_alone(client: FlaskClient, method: str, path: str) -> None:
    assert_refused(client.open(f"/api/v1/webhooks/dead{path}", method=method), 401, "credential_required")


def test_a_store_that_is_away_after_the_answer_harms_nobody(
    hooked: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(errands, "deliver_due", away)

    with Customer(hooked).open() as answer:
        assert answer.status_code == 200
