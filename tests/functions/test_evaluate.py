"""POST /api/v1/script/evaluate: messages whose script is known."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.harness import STAFF

CASES = [
    {"text": "quero cancelar o meu seguro", "script_id": 105},
    {"text": "bati o carro na garagem do prédio", "script_id": 101},
    {"text": "quero pedir uma pizza", "script_id": None},
]
HORSE = {"text": "meu cavalo de corrida precisa de proteção", "script_id": 190}


def evaluated(client: FlaskClient, cases: Any, **more: Any) -> Any:
    return client.post("/api/v1/script/evaluate", json={"cases": cases, **more}, headers=STAFF)


def a_draft(client: FlaskClient) -> None:
    document = {
        "problem": {"id": 190, "description": "Cavalos: seguro de animais de corrida."},
        "script": [{"step": 1, "message": "Vamos ver."}],
        "match": {"examples": ["proteção para o meu cavalo", "seguro do cavalo de corrida", "minha égua adoeceu"]},
    }
    saved = client.put("/api/v1/script/190/draft", json=document, headers={**STAFF, "If-None-Match": "*"})
    assert saved.status_code < 300, saved.json


def test_cases_are_ranked_by_what_is_published(client: FlaskClient) -> None:
    answer = evaluated(client, CASES).json

    assert (answer["accuracy_at_1"], answer["accuracy_at_3"], answer["out_of_scope_recall"]) == (1.0, 1.0, 1.0)
    assert [case["predicted"] for case in answer["cases"]][:2] == [105, 101]
    assert answer["abstention"] == pytest.approx(1 / 3, abs=0.01)
    assert answer["confusion"] == []


def test_wrong_scripts_are_counted_as_confusion(client: FlaskClient) -> None:
    answer = evaluated(client, [{"text": "quero cancelar o meu seguro", "script_id": 101}] * 2).json

    assert answer["accuracy_at_1"] == 0.0
    assert answer["confusion"] == [{"script_id": 101, "taken_for": 105, "times": 2}]
    assert answer["out_of_scope_recall"] is None


def test_a_draft_is_tried_before_anybody_sees_it(client: FlaskClient) -> None:
    a_draft(client)

    before = evaluated(client, [HORSE]).json
    after = evaluated(client, [HORSE], catalogue="draft:190").json

    assert before["cases"][0]["predicted"] != 190
    assert after["cases"][0]["predicted"] == 190
    listed = client.get("/api/v1/script", headers=STAFF).json["items"]
    assert 190 not in [one["problem"]["id"] for one in listed]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"cases": []}, "cases"),
        ({"cases": [{"text": "", "script_id": 1}]}, "cases.0.text"),
        ({"cases": [{"text": "x" * 1001, "script_id": 1}]}, "cases.0.text"),
        ({"cases": [{"text": "oi"}]}, "cases.0.script_id"),
        ({"cases": CASES, "catalogue": "draft:x"}, "catalogue"),
        ({"cases": CASES, "catalog": "published"}, "catalog"),
        ({"cases": CASES * 400}, "cases"),
    ],
)
def test_a_wrong_body_is_refused_with_its_place(client: FlaskClient, body: dict[str, Any], path: str) -> None:
    answer = client.post("/api/v1/script/evaluate", json=body, headers=STAFF)

    assert answer.status_code == 422
    assert path in [fault["path"] for fault in answer.json["fields"]]


@pytest.mark.parametrize("more", [{"catalogue": "draft:777"}, {"pack": "nenhum"}])
def test_what_is_not_there_cannot_be_evaluated(client: FlaskClient, more: dict[str, str]) -> None:
    assert evaluated(client, CASES, **more).status_code == 404


def test_nobody_evaluates_without_a_right(client: FlaskClient) -> None:
    assert client.post("/api/v1/script/evaluate", json={"cases": CASES}).status_code == 401
