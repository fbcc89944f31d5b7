"""Scripts over HTTP as existing clients of the first seed list, insert, replace and archive them."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.domain.ids import ScriptId, public_key
from roteiro.matching.compiling import compile_index
from roteiro.usecases import publishing
from tests.factories import a_document
from tests.functions.refusals import assert_refused
from tests.harness import STAFF, Customer

PATH = "/api/v1/script"
COMPILED: dict[str, bytes] = {}
MANY = f"{PATH}/insert-many"
Stored = Callable[[], list[tuple[str, str]]]


def a_topic(number: object = 900, topic: str = "Carteirinha", **changes: object) -> dict[str, Any]:
    """Return a document of a topic that the insurance pack does not have."""
    return a_document(problem={"id": number, "description": f"{topic}: O cliente quer a {topic} dele."}, **changes)


@pytest.fixture(autouse=True)
def _compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile each set of scripts once for all tests of this file: it is pure, and takes a second."""

    def compiled(entries: Any, background: Any, progress: Any = None) -> bytes:
        key = repr((entries, background))
        if key not in COMPILED:
            COMPILED[key] = compile_index(entries, background, progress)
        return COMPILED[key]

    monkeypatch.setattr(publishing, "compile_index", compiled)


def send(client: FlaskClient, method: str, path: str, body: Any = None) -> TestResponse:
    data = None if body is None else json.dumps(body)  # not json=: Flask's client would sort the keys
    return client.open(path, method=method, data=data, content_type="application/json", headers=STAFF)


def listed(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return dict(client.get(f"{PATH}{query}", headers=STAFF).json or {})


def ids(client: FlaskClient, query: str = "") -> list[int]:
    return [int(item["problem"]["id"]) for item in listed(client, query)["items"]]


def test_the_list_has_the_text_that_existing_clients_parse_and_the_same_as_objects(client: FlaskClient) -> None:
    answer = listed(client)

    assert answer.keys() == {"scripts", "items", "next_cursor"}
    parsed = json.loads(answer["scripts"])
    assert [one["_id"] for one in parsed] == [{"$oid": item["_id"]} for item in answer["items"]]
    assert [one["problem"] for one in parsed] == [item["problem"] for item in answer["items"]]
    assert answer["next_cursor"] is None


def test_a_listed_script_says_where_it_comes_from(client: FlaskClient) -> None:
    first = listed(client)["items"][0]

    assert first["_id"] == public_key(ScriptId(101))
    assert first["meta"] == first["meta"] | {"pack": "seguros", "version": 1, "status": "published", "author": "load"}


@pytest.mark.parametrize(
    "document",
    [
        a_topic(),
        a_topic("900"),
        {name: value for name, value in a_topic().items() if name != "steps"},
        a_topic(script=[{"step": 1, "message": "D'Ávila & Cia <b>{}</b> 👍🏽 e\u0301\n "}], steps=1),
        a_topic(meta={"locale": "pt-BR", "tags": ["a"]}),
    ],
    ids=["number", "digit text", "without steps", "any characters", "with notes"],
)
def test_a_document_comes_back_key_by_key_as_it_was_given(client: FlaskClient, document: dict[str, Any]) -> None:
    send(client, "POST", PATH, document)

    *_, found = json.loads(listed(client)["scripts"])

    assert found.pop("_id") == {"$oid": public_key(ScriptId(900))}
    assert found == document
    assert list(found) == list(document)


def test_page_by_page_every_script_comes_once_in_order(client: FlaskClient) -> None:
    found, cursor = [], "0"
    while cursor:
        page = listed(client, f"?limit=2&cursor={cursor}")
        found.append([item["problem"]["id"] for item in page["items"]])
        cursor = page["next_cursor"]

    assert found == [[101, 102], [103, 104], [105]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=cancelamento", [105]),
        ("?q=CANCELAMENTO", [105]),
        ("?q=pizza", []),
        ("?q=seguro&limit=1", [102]),
        ("?status=published", [101, 102, 103, 104, 105]),
        ("?status=archived", []),
        ("?cursor=999999999", []),
        ("?limit=200", [101, 102, 103, 104, 105]),
    ],
)
def test_the_list_can_be_searched_by_title_and_status(client: FlaskClient, query: str, found: list[int]) -> None:
    assert ids(client, query) == found


@pytest.mark.parametrize("query", ["limit=201", "status=other", "status=", "cursor=x", "status=published%0A"])
def test_a_list_of_another_kind_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{PATH}?{query}", headers=STAFF)

    assert_refused(answer, 422, "invalid")


@pytest.mark.parametrize(
    "body", [a_topic(), {"args": a_topic()}, {**a_topic(), "_id": {"$oid": "x"}}], ids=["bare", "args", "_id"]
)
def test_an_inserted_script_is_live_at_once_however_it_is_wrapped(client: FlaskClient, body: Any) -> None:
    answer = send(client, "POST", PATH, body)

    ranked = client.post("/api/v1/match/rank", json={"message": "quero a minha carteirinha"}, headers=STAFF)
    assert (answer.status_code, answer.json["status"]) == (200, "Script inserted successfully.")
    assert (answer.json["id"], answer.json["version"], answer.json["_id"]) == (900, 1, public_key(ScriptId(900)))
    assert ranked.json["candidates"][0]["script_id"] == 900


@pytest.mark.parametrize("given", [101, "101"])
def test_an_id_that_is_published_is_a_conflict(client: FlaskClient, stored: Stored, given: int | str) -> None:
    before = stored()

    single = send(client, "POST", PATH, a_topic(given))
    many = send(client, "POST", MANY, [a_topic(900), a_topic(given)])

    assert_refused(single, 409, "duplicate_script")
    assert_refused(many, 409, "duplicate_script")
    assert stored() == before


WRONG_DOCUMENTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a gap": (a_topic() | {"script": [{"step": 2, "message": "a"}]}, "script.0.step", "step_out_of_order"),
    "steps": (a_topic(steps=9), "steps", "steps_differ"),
    "no step": (a_topic() | {"script": [], "steps": 0}, "script", "too_few"),
    "blank text": (a_topic() | {"script": [{"step": 1, "message": "  "}], "steps": 1}, "script.0.message", "blank"),
    "number for text": (a_topic() | {"script": [{"step": 1, "message": 5}]}, "script.0.message", "wrong_type_text"),
    "text for number": (a_topic() | {"script": [{"step": "1", "message": "a"}]}, "script.0.step", "wrong_type_number"),
    "operator": (a_topic() | {"script": {"$ne": 1}}, "script", "wrong_type_list"),
    "no problem": ({"script": a_topic()["script"]}, "problem", "missing"),
    "id 0": (a_topic(0), "problem.id", "bad_script_id"),
    "ten digits": (a_topic("1234567890"), "problem.id", "bad_script_id"),
    "word as id": (a_topic("yes"), "problem.id", "bad_script_id"),
    "typo": (a_topic(mach={}), "mach", "unknown_key_near"),
    "unknown": (a_topic(zzz=1), "zzz", "unknown_key"),
    "dollar": ({**a_topic(), "$set": {}}, "$set", "unknown_key"),
}


@pytest.mark.parametrize(("document", "path", "code"), WRONG_DOCUMENTS.values(), ids=WRONG_DOCUMENTS)
def test_a_wrong_document_is_refused_wherever_it_is_sent_and_the_place_is_named(
    client: FlaskClient, stored: Stored, document: dict[str, Any], path: str, code: str
) -> None:
    before = stored()

    answers = [send(client, "POST", PATH, document), send(client, "PUT", f"{PATH}/101", document)]
    answers.append(send(client, "POST", MANY, [a_topic(901), document]))

    for answer, prefix in zip(answers, ("", "", "1."), strict=True):
        assert_refused(answer, 422, "invalid")
        assert (prefix + path, code) in [(field["path"], field["code"]) for field in answer.json["fields"]]
        assert all(field["message"] for field in answer.json["fields"])
    assert stored() == before


def test_many_scripts_are_inserted_at_once_bare_or_wrapped(client: FlaskClient) -> None:
    answer = send(client, "POST", MANY, [a_topic(901, "Boleto"), {"args": a_topic("900")}])

    assert (answer.status_code, answer.json["status"]) == (200, "Scripts inserted successfully.")
    assert ids(client)[-2:] == answer.json["ids"] == [900, 901]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ([], 422, "invalid", ("", "wrong_type_list")),
        ({"args": []}, 422, "invalid", ("", "wrong_type_list")),
        ([a_topic(900), a_topic("900")], 422, "invalid", ("1.problem.id", "id_twice")),
        ([a_topic(900), 5], 422, "invalid", None),
        ([a_topic(900, pack="a"), a_topic(901, pack="b")], 422, "invalid", ("pack", "bad_value")),
        ([{}] * 501, 413, "too_many_scripts", None),
    ],
    ids=["empty", "object", "one id twice", "no document", "two packs", "501"],
)
def test_a_list_that_cannot_be_inserted_whole_is_not_inserted_at_all(
    client: FlaskClient, stored: Stored, body: Any, status: int, code: str, field: tuple[str, str] | None
) -> None:
    before = stored()

    answer = send(client, "POST", MANY, body)

    assert_refused(answer, status, code)
    found = [(one["path"], one["code"]) for one in answer.json.get("fields", [])]
    assert field is None or found == [field]
    assert stored() == before


@pytest.mark.parametrize("key", ["105", public_key(ScriptId(105))], ids=["number", "24 hex"])
def test_a_replaced_script_is_the_next_version_for_new_customers_and_not_for_running_ones(
    client: FlaskClient, key: str
) -> None:
    running, second = Customer(client), Customer(client)
    running.open()
    running.say("desisti, quero meu dinheiro de volta do seguro")
    document = a_topic(105, "Cancelamento", script=[{"step": n, "message": f"Novo {n}"} for n in (1, 2)])
    published = client.get(f"{PATH}/105", headers=STAFF).json  # the law's protection and what finds it must stay
    document |= {"match": published["match"], "legal": published["legal"]}

    answer = send(client, "PUT", f"{PATH}/{key}", document)
    old = running.say("apólice 998877")
    second.open()
    new = second.say("desisti, quero meu dinheiro de volta do seguro")

    assert answer.json == {"message": "Script updated successfully.", "id": 105, "version": 2}
    assert (old.json["steps"], old.headers["Roteiro-Step"]) == (5, "2")
    assert (new.json["steps"], new.json["answer"]) == (2, "Novo 1")


def test_a_document_with_another_id_than_the_paths_replaces_nothing(client: FlaskClient, stored: Stored) -> None:
    before = stored()

    answer = send(client, "PUT", f"{PATH}/101", a_topic(102))

    assert_refused(answer, 422, "invalid")
    assert [(field["path"], field["code"]) for field in answer.json["fields"]] == [("problem.id", "other_id")]
    assert stored() == before


@pytest.mark.parametrize("key", ["900", "999999999", "0" * 24, public_key(ScriptId(900))])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_unknown_script_is_not_found(client: FlaskClient, stored: Stored, method: str, key: str) -> None:
    before = stored()

    answer = send(client, method, f"{PATH}/{key}", a_topic(900))

    assert_refused(answer, 404, "not_found")
    assert stored() == before


@pytest.mark.parametrize("key", ["105", public_key(ScriptId(105))], ids=["number", "24 hex"])
def test_an_archived_script_is_gone_at_once_and_runs_on_where_it_had_begun(client: FlaskClient, key: str) -> None:
    running = Customer(client)
    running.open()
    running.say("quero cancelar meu seguro")

    answer = send(client, "DELETE", f"{PATH}/{key}")

    assert answer.json == {"message": "Script deleted successfully."}
    assert (ids(client), ids(client, "?status=archived")) == ([101, 102, 103, 104], [105])
    walked = running.say("ok")
    assert (walked.json["steps"], walked.headers["Roteiro-Step"]) == (5, "2")
    running.open()
    assert running.say("quero cancelar meu seguro").json["steps"] != 5
    assert_refused(send(client, "DELETE", f"{PATH}/{key}"), 404, "not_found")


def test_an_archived_id_is_free_and_comes_back_as_the_next_version(client: FlaskClient) -> None:
    send(client, "DELETE", f"{PATH}/105")

    answer = send(client, "POST", PATH, a_topic(105))

    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert (ids(client)[-1], ids(client, "?status=archived")) == (105, [])


def test_everything_can_be_archived_and_customers_are_told_there_are_no_topics(client: FlaskClient) -> None:
    answer = send(client, "DELETE", f"{PATH}/delete-many")
    said = client.post("/api/v1/chat", json={"user_id": "1", "message": "quero cancelar meu seguro"})

    assert answer.json == {"message": "All scripts deleted successfully."}
    assert (ids(client), len(ids(client, "?status=archived"))) == ([], 5)
    assert (said.status_code, said.json["steps"]) == (200, 0)
    assert client.get("/ready").status_code == 503


def test_after_archiving_everything_a_script_can_be_inserted_again(client: FlaskClient) -> None:
    send(client, "DELETE", f"{PATH}/delete-many")

    send(client, "POST", PATH, a_topic(900))

    assert ids(client) == [900]
    assert client.get("/ready").status_code == 200


@pytest.mark.parametrize("word", ["insert-many", "delete-many"])
def test_the_words_in_paths_are_never_taken_for_ids(client: FlaskClient, stored: Stored, word: str) -> None:
    before = stored()

    answer = send(client, "PUT", f"{PATH}/{word}", a_topic(900))

    assert_refused(answer, 400, "bad_id")
    assert stored() == before


def test_an_existing_clients_whole_list_can_be_sent_back(client: FlaskClient) -> None:
    scripts = json.loads(listed(client)["scripts"])
    send(client, "DELETE", f"{PATH}/delete-many")

    answer = send(client, "POST", MANY, scripts)

    assert answer.json["ids"] == [101, 102, 103, 104, 105]
    assert json.loads(listed(client)["scripts"]) == scripts


def test_of_two_publishes_at_once_none_is_lost(serve: Callable[..., FlaskClient]) -> None:
    clients, documents, statuses = [serve(), serve()], [a_topic(900), a_topic(901, "Boleto")], {}

    def insert(place: int) -> None:
        statuses[place] = send(clients[place], "POST", PATH, documents[place]).status_code

    threads = [threading.Thread(target=insert, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(statuses.values()) <= {200, 409}
    assert ids(clients[0])[5:] == [900 + place for place, status in sorted(statuses.items()) if status == 200]


def test_of_two_who_insert_one_id_at_once_the_second_hears_of_the_first(serve: Callable[..., FlaskClient]) -> None:
    clients, answers = [serve(), serve()], []
    meet = threading.Barrier(2)

    def insert(client: FlaskClient) -> None:
        meet.wait()
        answers.append(send(client, "POST", PATH, a_topic(900)))

    threads = [threading.Thread(target=insert, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert ids(clients[0])[5:] == [900]
