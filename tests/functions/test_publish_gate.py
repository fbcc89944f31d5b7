"""The publish gate over HTTP, beside the insurance pack and what its customers said."""

from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.harness import STAFF, Customer


@pytest.fixture
def cancelling(client: FlaskClient) -> dict[str, Any]:
    """The published script of cancellations, as an admin reads it."""
    items = client.get("/api/v1/script", headers=STAFF).json["items"]
    found = deepcopy(next(item for item in items if item["problem"]["id"] == 105))
    return {key: value for key, value in found.items() if key not in ("_id", "meta")}


def a_copy(script: dict[str, Any], number: int = 190) -> dict[str, Any]:
    """Return a script that says what another one's customers say."""
    examples = [f"{example}!!" for example in script["match"]["examples"]]
    return {
        "problem": {"id": number, "description": script["problem"]["description"]},
        "script": [{"step": 1, "message": "Deixe comigo."}],
        "match": {"examples": examples},
    }


def failed(report: dict[str, Any]) -> set[str]:
    return {check["name"] for check in report["checks"] if not check["passed"]}


def test_a_change_of_wording_is_published(client: FlaskClient, cancelling: dict[str, Any]) -> None:
    cancelling["completion"] = {**cancelling.get("completion", {}), "message": "Seu cancelamento já está em andamento."}

    answer = client.put("/api/v1/script/105", json=cancelling, headers=STAFF)

    assert answer.status_code == 200, answer.json
    assert answer.json["version"] == 2


def test_a_script_that_takes_anothers_customers_is_refused_and_serves_nobody(
    client: FlaskClient, cancelling: dict[str, Any], customer: Customer
) -> None:
    answer = client.post("/api/v1/script", json=a_copy(cancelling), headers=STAFF)

    said = customer.say("quero cancelar o meu seguro")
    assert (answer.status_code, answer.json["code"]) == (409, "gate_failed")
    assert "confusion" in failed(answer.json["report"])
    assert said.headers["Roteiro-Step"] == "1"
    assert "Deixe comigo" not in said.json["answer"]


def test_a_scripts_own_failing_test_refuses_it_with_what_was_seen(
    client: FlaskClient, cancelling: dict[str, Any]
) -> None:
    turn = {"say": "quero cancelar o meu seguro", "expect": {"script": 105, "step": 4}}

    answer = client.put(
        "/api/v1/script/105", json=cancelling | {"tests": [{"name": "x", "turns": [turn]}]}, headers=STAFF
    )

    (check,) = [check for check in answer.json["report"]["checks"] if check["name"] == "tests"]
    assert answer.status_code == 409
    assert [(one["key"], one["expected"], one["got"]) for one in check["detail"]] == [("step", 4, 1)]


def test_past_customers_who_would_go_elsewhere_are_listed_masked(
    client: FlaskClient, cancelling: dict[str, Any], customer: Customer
) -> None:
    customer.say("vendi o carro placa ABC1D23 e quero cancelar o seguro dele")
    taken = a_copy(cancelling)
    taken["match"]["examples"].append("vendi o carro placa e quero cancelar o seguro dele")

    report = client.post("/api/v1/script", json=taken, headers=STAFF).json["report"]

    assert "ABC1D23" not in str(report)
    assert [(one["before"], one["label"]) for one in report["rerouted"]] == [(105, None)]
    assert "<PLATE" in report["rerouted"][0]["text"]


def test_checking_a_draft_tells_what_publishing_would_do_and_changes_nothing(
    client: FlaskClient, cancelling: dict[str, Any]
) -> None:
    draft = client.put("/api/v1/script/190/draft", json=a_copy(cancelling), headers={**STAFF, "If-None-Match": "*"})
    assert draft.status_code < 300, draft.json

    report = client.post("/api/v1/script/190/check", json={}, headers=STAFF).json

    assert "confusion" in failed(report.get("report", report))
    assert client.get("/api/v1/script/190", headers=STAFF).status_code == 404
