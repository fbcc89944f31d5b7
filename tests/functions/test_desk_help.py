"""What helps an attendant over HTTP and changes no conversation: canned replies, drafted answers, proposals."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness import STAFF, Customer

CANNED = "/api/v1/desk/canned"
HI = {"title": "Saudação", "text": "Oi, {nome}. Seu protocolo é {protocolo}."}


@pytest.fixture
def ana(staff: Callable[..., dict[str, str]]) -> dict[str, str]:
    return staff("ana", "desk", "scripts:read")


def at(customer: Customer, deed: str, headers: dict[str, str], **body: Any) -> TestResponse:
    path = f"/api/v1/desk/conversations/{customer.session}/{deed}"
    return customer.client.post(path, json=body, headers=headers)


def test_canned_replies_are_written_as_a_list_and_read_by_everybody_at_the_desk(
    client: FlaskClient, ana: dict[str, str], staff: Callable[..., dict[str, str]]
) -> None:
    before = client.get(CANNED, headers=ana)
    written = client.put(CANNED, json={"items": [HI]}, headers=ana)

    read = client.get(CANNED, headers=staff("rui", "desk"))

    assert before.json == {"items": [], "next_cursor": None}
    assert written.json == read.json == {"items": [HI], "next_cursor": None}
    assert client.get(f"{CANNED}?pack=outro", headers=ana).json["items"] == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "items"),
        ({"items": [{"title": "T"}]}, "items.0.text"),
        ({"items": [HI | {"key": "x"}]}, "items.0.key"),
        ({"items": [HI, HI]}, "items.1.title"),
        ({"items": [{"title": "T" * 81, "text": "x"}]}, "items.0.title"),
    ],
)
def test_a_faulty_list_is_refused_whole_and_says_where(
    client: FlaskClient, ana: dict[str, str], body: dict[str, Any], path: str
) -> None:
    answer = client.put(CANNED, json=body, headers=ana)

    assert (answer.status_code, answer.json["fields"][0]["path"]) == (422, path)
    assert client.get(CANNED, headers=ana).json["items"] == []


def test_a_draft_of_an_answer_is_not_sent(customer: Customer, ana: dict[str, str]) -> None:
    customer.say("bati o carro ontem")

    drafted = at(customer, "suggest", ana)

    assert drafted.json["source"] == "script"
    assert drafted.json["message"]
    assert at(customer, "takeover", ana).json["seq"] == 2


def test_an_edit_becomes_a_draft_that_editors_find_and_customers_do_not(
    customer: Customer, ana: dict[str, str], client: FlaskClient
) -> None:
    customer.say("bati o carro ontem")
    at(customer, "step", ana, action="edit", step=2, message="Em que dia e hora foi?")

    proposed = at(customer, "step/propose", ana, step=2, note="os clientes esquecem a hora")

    assert proposed.status_code == 200
    draft = client.get(f"/api/v1/script/{proposed.json['id']}/draft", headers=STAFF).json
    assert draft["script"][1]["message"] == "Em que dia e hora foi?"
    assert (draft["meta"]["checksum"], draft["meta"]["author"]) == (proposed.json["checksum"], "ana")


def test_a_proposal_over_another_persons_draft_is_refused(
    customer: Customer, ana: dict[str, str], staff: Callable[..., dict[str, str]]
) -> None:
    customer.say("bati o carro ontem")
    at(customer, "step", ana, action="edit", step=2, message="Em que dia e hora foi?")
    at(customer, "step/propose", ana, step=2, note="os clientes esquecem a hora")

    answer = at(customer, "step/propose", staff("rui", "desk"), step=2, note="também acho")

    assert (answer.status_code, answer.json["code"]) == (409, "stale")


def test_a_step_that_nobody_changed_cannot_be_proposed(customer: Customer, ana: dict[str, str]) -> None:
    customer.say("bati o carro ontem")

    answer = at(customer, "step/propose", ana, step=2, note="sem mudança")

    assert (answer.status_code, answer.json["fields"][0]["code"]) == (422, "no_edit")


@pytest.mark.parametrize(("deed", "body"), [("suggest", {}), ("step/propose", {"step": 1, "note": "x"})])
def test_an_unknown_conversation_is_not_found(
    client: FlaskClient, ana: dict[str, str], deed: str, body: dict[str, Any]
) -> None:
    nobody = Customer(client)
    nobody.session = "c0ffee00-0000-4000-8000-00000000dead"

    assert at(nobody, deed, ana, **body).json["code"] == "session_not_found"


@pytest.mark.parametrize("scope", ["scripts:read", "backend"])
def test_who_is_not_at_the_desk_gets_none_of_it(
    customer: Customer, staff: Callable[..., dict[str, str]], scope: str
) -> None:
    other = staff("bia", scope)

    answers = [at(customer, "suggest", other), at(customer, "step/propose", other, step=1, note="x")]
    answers += [customer.client.get(CANNED, headers=other), customer.client.put(CANNED, json={}, headers=other)]

    assert [answer.status_code for answer in answers] == [403] * 4
