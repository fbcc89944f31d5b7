"""What admins read when something is refused names the thing, in their language."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.usecases.report import Report
from tests.functions.life import a_topic, call, draft, lives, publish
from tests.functions.refusals import assert_refused
from tests.harness import STAFF

HOOK = {"action": {"type": "webhook", "url": "https://10.0.0.1/x", "secret_ref": "CRM"}}


def test_a_rollback_to_what_is_published_changes_nothing(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "um", "dois")

    answer = call(client, "POST", "900/rollback", {"version": 2, "note": "engano"})

    assert_refused(answer, 422, "invalid")
    assert answer.json["fields"][0]["code"] == "already_published"
    assert len(call(client, "GET", "900/versions").json["items"]) == 2


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_a_blank_note_says_nothing_and_is_refused(client: FlaskClient, gate: list[Report], note: str) -> None:
    lives(client, "um", "dois")
    draft(client, "três")

    answers = [call(client, "POST", "900/rollback", {"version": 1, "note": note}), publish(client, 2, note=note)]

    for answer in answers:
        assert_refused(answer, 422, "invalid")
        assert answer.json["fields"][0]["path"] == "note"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("77777", "roteiro com esse número"),
        ("900/draft", "rascunho"),
        ("900/versions/7", "versão"),
    ],
)
def test_what_is_missing_is_named(client: FlaskClient, gate: list[Report], path: str, words: str) -> None:
    lives(client, "um")

    answer = call(client, "GET", path)

    assert_refused(answer, 404, "not_found")
    assert words in answer.json["message"]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"completion": HOOK}, "completion.action.url"),
        ({"tests": [{"name": "x", "turns": [{"say": "oi", "expect": {"scrpt": 1}}]}]}, "tests.0.turns.0.expect.scrpt"),
    ],
    ids=["an inward address", "a misspelt expectation"],
)
def test_a_draft_that_could_never_be_published_is_not_saved(
    client: FlaskClient, more: dict[str, Any], path: str
) -> None:
    saved = draft(client)
    answer = call(client, "PUT", "900/draft", a_topic(**more), staff=STAFF | {"If-Match": "*"})

    assert saved.status_code == 200
    assert_refused(answer, 422, "invalid")
    assert path in [field["path"] for field in answer.json["fields"]]


@pytest.mark.parametrize(("language", "words"), [("pt-BR", "Testes executados"), ("en", "Tests played")])
def test_a_check_is_told_in_the_readers_language(client: FlaskClient, language: str, words: str) -> None:
    draft(client)

    report = call(client, "POST", "900/check", {}, Accept_Language=language).json

    (tests,) = [check for check in report["checks"] if check["name"] == "tests"]
    assert tests["message"].startswith(f"{words}: 0.")


def test_a_refused_publish_is_told_in_the_readers_language(client: FlaskClient) -> None:
    document = call(client, "GET", "105").json
    gutted = {key: document[key] for key in document if key not in ("_id", "meta", "draft", "legal")}

    answer = call(client, "PUT", "105", gutted, Accept_Language="es")

    assert_refused(answer, 409, "gate_failed")
    found = [one["message"] for check in answer.json["report"]["checks"] for one in check["detail"]]
    assert any("dejaría de estar protegido" in message for message in found)


def test_a_wrong_format_hears_which_there_are(client: FlaskClient) -> None:
    answer = call(client, "GET", "export?format=xls")

    assert_refused(answer, 422, "invalid")
    assert "json, yaml, csv" in answer.json["fields"][0]["message"]
