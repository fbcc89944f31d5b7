"""Publishing, rollback, restore, purge and differences over HTTP."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.authoring.checking import script_schema
from roteiro.domain.canonical import checksum_of
from roteiro.usecases.report import Report
from tests.functions.life import PATH, PUBLISHER, Headers, a_topic, call, draft, lives, publish
from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer
from tests.shop import FAILED, PASSED


def test_the_schema_of_a_script_is_there_for_forms(client: FlaskClient) -> None:
    answer = call(client, "GET", "schema")

    assert answer.json == json.loads(json.dumps(script_schema()))


@pytest.mark.parametrize("path", ["900", "900/draft", "900/versions", "900/diff", "101/draft", "101/versions/2"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert_refused(call(client, "GET", path), 404, "not_found")


@pytest.mark.parametrize("path", ["x", "x/draft", "0/versions", "101/versions/x", "101/versions/0", "1234567890/diff"])
def test_what_is_no_id_is_refused(client: FlaskClient, path: str) -> None:
    assert_refused(call(client, "GET", path), 400, "bad_id")


def test_a_published_draft_is_a_version_with_its_note_and_its_report(client: FlaskClient, gate: list[Report]) -> None:
    draft(client, "um")

    answer = publish(client, 0, note="primeira")

    versions = call(client, "GET", "900/versions").json
    assert answer.json == {"version": 1, "catalogue_revision": "r2", "report": json.loads(json.dumps(PASSED.as_json()))}
    assert versions["next_cursor"] is None
    assert versions["items"] == [
        {
            "version": 1, "checksum": checksum_of(a_topic("um")), "author": "operator", "note": "primeira",
            "created_at": "2026-11-20T18:00:00Z", "published": True, "rollback_of": None, "forced": None,
        }
    ]  # fmt: skip
    assert_refused(call(client, "GET", "900/draft"), 404, "not_found")


def test_a_stale_publish_hears_which_version_is_current(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "um", "dois")
    draft(client, "três")

    answer = publish(client, 1)

    assert_refused(answer, 409, "stale")
    assert answer.json["current"] == 2


def test_of_two_publishes_at_once_one_wins_and_the_other_is_stale(
    serve: Callable[..., FlaskClient], gate: list[Report]
) -> None:
    clients, answers = [serve(), serve()], []
    lives(clients[0], "um")
    draft(clients[0], "dois")
    meet = threading.Barrier(2)

    def run(client: FlaskClient) -> None:
        meet.wait(5)
        answers.append(publish(client, 1))

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [one.json.get("current") for one in answers if one.status_code == 409] == [2]
    assert [one["version"] for one in call(clients[0], "GET", "900/versions").json["items"]] == [2, 1]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"note": "x"}, "expected_version"),
        ({"expected_version": 1}, "note"),
        ({"note": "x", "expected_version": "1"}, "expected_version"),
        ({"note": "x", "expected_version": -1}, "expected_version"),
        ({"note": "x" * 501, "expected_version": 1}, "note"),
        ({"note": {"$ne": 1}, "expected_version": 1}, "note"),
        ({"note": "x", "expected_version": 1, "forced": True}, "forced"),
        ({"note": "x", "expected_version": 1, "force": True, "reason": "curta"}, "reason"),
    ],
)
def test_a_publish_that_says_it_wrongly_is_refused(
    client: FlaskClient, gate: list[Report], body: dict[str, Any], path: str
) -> None:
    answer = call(client, "POST", "101/publish", body)

    assert_refused(answer, 422, "invalid")
    assert [field["path"] for field in answer.json["fields"]] == [path]


def test_what_the_gate_refuses_is_forced_by_an_admin_alone_and_history_says_so(
    client: FlaskClient, gate: list[Report], staff: Callable[..., Headers]
) -> None:
    draft(client)
    gate.append(FAILED)
    force: dict[str, Any] = {"force": True, "reason": "campanha de fim de ano"}

    refused, editor = publish(client, 0), publish(client, 0, staff=staff("bia", *PUBLISHER), **force)
    forced = publish(client, 0, **force)

    assert_refused(refused, 409, "gate_failed")
    assert refused.json["report"] == json.loads(json.dumps(FAILED.as_json()))
    assert_refused(editor, 403, "forbidden")
    assert (forced.status_code, forced.json["report"]["passed"]) == (200, False)
    assert call(client, "GET", "900/versions").json["items"][0]["forced"] == "campanha de fim de ano"
    assert call(client, "GET", "900/audit").json["items"][0]["reason"] == "campanha de fim de ano"


def test_a_check_reports_and_changes_nothing(
    client: FlaskClient, gate: list[Report], stored: Callable[[], object]
) -> None:
    draft(client)
    gate.append(FAILED)
    before = stored()

    answer = call(client, "POST", "900/check")

    assert answer.json == json.loads(json.dumps(FAILED.as_json()))
    assert stored() == before


def test_a_replacement_may_name_the_version_that_it_replaces(client: FlaskClient, gate: list[Report]) -> None:
    tag = call(client, "GET", "101").headers["ETag"]

    first = call(client, "PUT", "101", a_topic("um", 101), If_Match=tag)
    second = call(client, "PUT", "101", a_topic("dois", 101), If_Match=tag)

    assert (first.status_code, first.json["version"]) == (200, 2)
    assert_refused(second, 412, "precondition_failed")


def test_a_rollback_restores_exactly(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "um", "dois")

    answer = call(client, "POST", "900/rollback", {"version": 1, "note": "confundia"})

    checksum = checksum_of(a_topic("um"))
    assert answer.json == {"version": 3, "catalogue_revision": "r4", "checksum": checksum, "rollback_of": 1}
    now = call(client, "GET", "900").json
    assert (now["script"], now["meta"]["checksum"], now["meta"]["rollback_of"]) == (
        a_topic("um")["script"],
        checksum,
        1,
    )
    statuses = [call(client, "GET", f"900/versions/{n}").json["meta"]["status"] for n in (1, 2, 3)]
    assert statuses == ["past", "past", "published"]


@pytest.mark.parametrize("version", [3, 999_999])
def test_a_rollback_to_what_never_was_is_not_found(client: FlaskClient, gate: list[Report], version: int) -> None:
    lives(client, "um", "dois")

    assert_refused(call(client, "POST", "900/rollback", {"version": version, "note": "engano"}), 404, "not_found")


def test_an_archived_script_comes_back_by_restore(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "um")
    call(client, "DELETE", "900")
    gone = call(client, "GET", "900")
    past = call(client, "GET", "900/versions/1").json["meta"]["status"]

    restored = call(client, "POST", "900/restore")

    assert_refused(gone, 404, "not_found")
    assert (past, restored.json["version"], call(client, "GET", "900").status_code) == ("archived", 2, 200)
    assert_refused(call(client, "POST", "900/restore"), 404, "not_found")


def test_a_purge_needs_an_admin_and_leaves_nothing(
    client: FlaskClient, gate: list[Report], staff: Callable[..., Headers]
) -> None:
    lives(client, "um")

    refused = call(client, "DELETE", "900?purge=1", staff=staff("bia", *PUBLISHER))
    done = call(client, "DELETE", "900?purge=1")

    assert_refused(refused, 403, "forbidden")
    assert done.status_code == 200
    assert_refused(call(client, "GET", "900/versions/1"), 404, "not_found")


def test_a_script_that_somebody_is_walking_is_not_purged(customer: Customer) -> None:
    customer.say("quero cancelar meu seguro")

    answer = call(customer.client, "DELETE", "105?purge=1")

    assert_refused(answer, 409, "script_in_use")
    assert call(customer.client, "GET", "105").status_code == 200


def test_a_conversation_open_during_every_change_ends_on_its_own_version(
    customer: Customer, open_gate: list[Report], serve: Callable[..., FlaskClient]
) -> None:
    client, admin = customer.client, serve()
    document = client.get(f"{PATH}/105", headers=STAFF).json
    messages = [step["message"] for step in document["script"]]
    first = customer.say("quero cancelar meu seguro")
    changes: list[Callable[[], TestResponse]] = [
        lambda: draft(admin, "Outro texto", 105),
        lambda: publish(admin, 1, 105),
        lambda: call(admin, "POST", "105/rollback", {"version": 1, "note": "engano"}),
        lambda: call(admin, "DELETE", "105"),
    ]
    answers = [first.json["answer"]]

    for change in changes:
        assert change().status_code == 200
        answers.append(customer.say("ok").json["answer"])

    assert len(answers) == len(messages) == 5
    assert [answer[:25] for answer in answers] == [message[:25] for message in messages]


def test_a_difference_names_each_field_by_its_path_and_shows_the_text(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "Qual é o seu plano?")
    draft(client, "Qual é o seu plano hoje?")

    answer = call(client, "GET", "900/diff?from=1&to=draft").json

    assert answer["changes"] == [
        {"path": "script.0.message", "kind": "changed", "from": "Qual é o seu plano?", "to": "Qual é o seu plano hoje?"}
    ]
    assert answer["text"].splitlines()[:2] == ["--- 1", "+++ draft"]
    assert '+      "message": "Qual é o seu plano hoje?",' in answer["text"]


def test_a_difference_of_equals_is_empty(client: FlaskClient) -> None:
    assert call(client, "GET", "101/diff?from=1&to=published").json == {"changes": [], "text": ""}


@pytest.mark.parametrize("query", ["from=x", "to=0", "from=1&to=drafts", "from=1%0A"])
def test_a_difference_of_what_is_no_version_is_refused(client: FlaskClient, query: str) -> None:
    assert_refused(call(client, "GET", f"101/diff?{query}"), 422, "invalid")


def test_with_four_eyes_a_publish_waits_for_another_person(
    serve: Callable[..., FlaskClient], gate: list[Report], staff: Callable[..., Headers]
) -> None:
    client = serve(ROTEIRO_PUBLISH_APPROVAL="on")
    ana, bia = staff("ana", *PUBLISHER), staff("bia", *PUBLISHER)
    ana_too = staff("chave-de-servico", *PUBLISHER, made_by="ana")
    saved = draft(client, staff=ana)

    early, own = publish(client, 0, staff=ana), call(client, "POST", "900/approve", staff=ana)
    same_person = call(client, "POST", "900/approve", staff=ana_too)
    unseen = call(client, "POST", "900/approve", {"checksum": "0" * 64}, staff=bia)
    approved = call(client, "POST", "900/approve", {"checksum": saved.json["checksum"]}, staff=bia)
    done = publish(client, 0, staff=ana)

    for answer in (early, own, same_person):
        assert_refused(answer, 409, "approval_required")
    assert_refused(unseen, 409, "stale")
    assert unseen.json["current"] == saved.json["checksum"]
    assert (approved.json["approved_by"], done.status_code) == ("bia", 200)
