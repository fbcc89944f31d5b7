"""Drafts over HTTP: nobody writes over what they have not seen."""

import threading
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import ScriptId, public_key
from roteiro.usecases.report import Report
from tests.functions.life import PATH, Headers, a_topic, call, draft
from tests.functions.refusals import assert_refused
from tests.harness import STAFF
from tests.shop import FAILED


@pytest.mark.parametrize("key", ["101", public_key(ScriptId(101))], ids=["number", "24 hex"])
def test_one_published_script_says_what_it_is_and_whether_somebody_drafts_it(
    client: FlaskClient, gate: list[Report], key: str
) -> None:
    before = call(client, "GET", key)
    draft(client, "Oi", 101)
    after = call(client, "GET", key)

    assert (before.json["draft"], after.json["draft"]) == (False, True)
    assert before.json["_id"] == public_key(ScriptId(101))
    assert before.json["meta"] == before.json["meta"] | {"version": 1, "status": "published", "author": "load"}
    assert before.headers["ETag"] == f'"{before.json["meta"]["checksum"]}"'
    assert before.json["problem"] == after.json["problem"]


def test_a_draft_is_saved_read_changed_and_deleted_by_its_etag(client: FlaskClient) -> None:
    saved = call(client, "PUT", "900/draft", a_topic("um"), If_None_Match="*")
    read = call(client, "GET", "900/draft")
    changed = call(client, "PUT", "900/draft", a_topic("dois"), If_Match=saved.headers["ETag"])
    deleted = call(client, "DELETE", "900/draft", If_Match=changed.headers["ETag"])

    known = {"id": 900, "base_version": 0, "checksum": checksum_of(a_topic("um"))}
    assert {name: saved.json[name] for name in known} == known
    assert read.headers["ETag"] == saved.headers["ETag"] == f'"{checksum_of(a_topic("um"))}"'
    assert read.json["script"] == a_topic("um")["script"]
    assert read.json["meta"] == read.json["meta"] | {"status": "draft", "author": "operator", "pack": "seguros"}
    assert (changed.status_code, deleted.status_code) == (200, 200)
    assert_refused(call(client, "GET", "900/draft"), 404, "not_found")


def test_a_draft_begins_from_the_published_script_that_was_read(client: FlaskClient) -> None:
    tag = call(client, "GET", "101").headers["ETag"]

    answer = call(client, "PUT", "101/draft", a_topic("um", 101), If_Match=tag)

    assert (answer.status_code, answer.json["base_version"]) == (200, 1)
    assert call(client, "GET", "101").json["meta"]["version"] == 1


def test_a_saved_draft_hears_what_lint_says_in_the_readers_language(client: FlaskClient) -> None:
    answers = [draft(client, Accept_Language=language).json["lint"] for language in ("pt-BR", "en")]

    assert {"level", "path", "code", "message"} == answers[0][0].keys()
    assert [line["code"] for line in answers[0]] == [line["code"] for line in answers[1]]
    assert [line["message"] for line in answers[0]] != [line["message"] for line in answers[1]]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 428, "precondition_required"),
        ({"If-None-Match": "*"}, 412, "precondition_failed"),
        ({"If-Match": f'"{"0" * 64}"'}, 412, "precondition_failed"),
        ({"If-Match": "anything"}, 412, "precondition_failed"),
        ({"If-None-Match": '"x"'}, 428, "precondition_required"),
    ],
)
def test_a_draft_is_not_written_over_what_was_not_seen(
    client: FlaskClient, stored: Callable[[], object], headers: Headers, status: int, code: str
) -> None:
    draft(client, "um")
    before = stored()

    answer = call(client, "PUT", "900/draft", a_topic("dois"), staff=STAFF | headers)

    assert_refused(answer, status, code)
    assert stored() == before


def test_a_draft_of_another_script_or_with_faults_is_refused(client: FlaskClient) -> None:
    other = call(client, "PUT", "901/draft", a_topic(), staff=STAFF | {"If-Match": "*"})
    wrong = call(client, "PUT", "900/draft", a_topic() | {"steps": 9}, staff=STAFF | {"If-Match": "*"})

    for answer, path in ((other, "problem.id"), (wrong, "steps")):
        assert_refused(answer, 422, "invalid")
        assert path in [field["path"] for field in answer.json["fields"]]


def test_a_draft_can_be_named_by_its_24_hex_characters(client: FlaskClient) -> None:
    key = public_key(ScriptId(900))

    saved = call(client, "PUT", f"{key}/draft", a_topic(), staff=STAFF | {"If-None-Match": "*"})

    assert (saved.status_code, call(client, "GET", f"{key}/draft").json["_id"]) == (200, key)


def test_of_many_who_saw_the_same_draft_one_writes(serve: Callable[..., FlaskClient]) -> None:
    clients, answers = [serve() for _ in range(4)], []
    tag = draft(clients[0], "um").headers["ETag"]
    meet = threading.Barrier(len(clients))

    def write(number: int) -> None:
        meet.wait(5)
        answers.append(call(clients[number], "PUT", "900/draft", a_topic(f"{number}"), If_Match=tag).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 412, 412, 412]


def test_draft_1_saves_what_would_else_be_published(client: FlaskClient) -> None:
    single = client.post(f"{PATH}?draft=1", json=a_topic(), headers=STAFF)
    many = client.post(f"{PATH}/insert-many?draft=1", json=[a_topic("a", 901), a_topic("b", 902)], headers=STAFF)
    changed = call(client, "PUT", "101?draft=1", a_topic("c", 101))
    taken = client.post(f"{PATH}?draft=1", json=a_topic("d", 102), headers=STAFF)

    drafts = client.get(f"{PATH}?status=draft", headers=STAFF).json["items"]
    assert (single.json["version"], many.json["ids"], changed.json["version"]) == (0, [901, 902], 1)
    assert [one["problem"]["id"] for one in drafts] == [101, 900, 901, 902]
    assert {one["meta"]["status"] for one in drafts} == {"draft"}
    assert_refused(taken, 409, "duplicate_script")
    assert_refused(call(client, "GET", "900"), 404, "not_found")


def test_the_first_seeds_routes_go_through_the_gate_too_and_keep_a_draft(
    client: FlaskClient, gate: list[Report], stored: Callable[[], object]
) -> None:
    gate.append(FAILED)

    answers = [
        client.post(PATH, json=a_topic("a"), headers=STAFF),
        client.post(f"{PATH}/insert-many", json=[a_topic("b", 901)], headers=STAFF),
        call(client, "PUT", "101", a_topic("c", 101)),
    ]

    for answer, number in zip(answers, (900, 901, 101), strict=True):
        assert_refused(answer, 409, "gate_failed")
        assert call(client, "GET", f"{number}/draft").status_code == 200
    assert call(client, "GET", "101").json["meta"]["version"] == 1


def test_with_four_eyes_an_insert_of_the_first_seed_becomes_a_draft(
    serve: Callable[..., FlaskClient], gate: list[Report]
) -> None:
    client = serve(ROTEIRO_PUBLISH_APPROVAL="on")

    answer = client.post(PATH, json=a_topic(), headers=STAFF)

    assert_refused(answer, 409, "approval_required")
    assert call(client, "GET", "900/draft").status_code == 200
