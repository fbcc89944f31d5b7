"""Whatever is wrong with a request, it is refused in the documented words, and nothing of it is kept."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.texts import LOCALES
from tests.functions.refusals import BACKEND, DOORS, FRONT, MANY, RANK, SCRIPTS, SPEAKING, Door, assert_refused
from tests.harness import STAFF, Customer

Stored = Callable[[], list[tuple[str, str]]]

NOT_JSON = {
    "broken": b'{"message": ',
    "text": b"oi",
    "single quotes": b"{'message': 'oi'}",
    "same key twice": b'{"message": "oi", "message": "tchau"}',
    "NaN": b'{"message": "oi", "x": NaN}',
    "infinity": b'{"message": "oi", "x": -Infinity}',
    "1e400": b'{"message": "oi", "x": 1e400}',
    "latin-1": '{"message": "olá"}'.encode("latin-1"),
    "UTF-16": '{"message": "oi"}'.encode("utf-16"),
    "5000 digits": b'{"message": "oi", "x": ' + b"9" * 5000 + b"}",
}
TOO_DEEP = {
    "100 deep": b'{"message": "oi", "x": ' + b"[" * 100 + b"]" * 100 + b"}",
    "too deep for the parser": b"[" * 7000 + b"]" * 7000,
}
NO_TEXT = {
    "half a character pair": b'{"message": "oi \\ud800"}',
    "half a pair as a key": b'{"message": "oi", "\\udfff": 1}',
}
WRONG_TEXTS: dict[str, Any] = {
    "query operator": {"$ne": 1},
    "number": 5,
    "yes": True,
    "list": ["oi"],
    "null": None,
    "blank": " \n\t ",
    "empty": "",
    "unseen only": "\u200d\u2060",
}
OTHER_KINDS = [
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=latin-1",
    "application/json; charset=utf-16",
]
WRONG_SESSIONS: list[tuple[Any, str]] = [
    ({"$ne": 1}, "invalid"),
    (5, "invalid"),
    (["x"], "invalid"),
    ("short", "bad_session_id"),
    ("a" * 129, "bad_session_id"),
    ("../../etc/passwd", "bad_session_id"),
    ("conversa:000001", "bad_session_id"),
    ("12345678\0", "bad_session_id"),
    ("12345678\n", "bad_session_id"),
    ("~p:20261121483920175", "bad_session_id"),
    ("u-6b86b273ff34fce19d6b804eff5a3f57", "bad_session_id"),
    ("00000000-0000-4000-8000-000000000000", "session_not_found"),
]
OTHER_METHODS = {
    ("GET", "/chat"): "POST",
    ("HEAD", "/chat"): "POST",
    ("PUT", "/chat_ai"): "POST",
    ("GET", "/initial-message/"): "POST",
    ("POST", "/"): "GET, HEAD",
    ("DELETE", "/health"): "GET, HEAD",
    ("PATCH", "/api/v1/script"): "GET, HEAD, POST",
    ("POST", "/api/v1/script/101"): "DELETE, GET, HEAD, PUT",
    ("PUT", "/api/v1/message"): "DELETE, GET, HEAD",
    ("TRACE", "/api/v1/match/rank"): "POST",
}
WRONG_PAGES = [
    *(f"limit={n}" for n in ("", "0", "-1", "99999", "abc", "1.5", "%EF%BC%91", "0000000001234567")),
    *(f"cursor={c}" for c in ("$", "%00", "9" * 5000, "%7B%22$gt%22:1%7D", "~", "a%0A")),
]
WRONG_KEYS = ["0", "-1", "abc", "1234567890", "%00", "a" * 2000, "g" * 24, "A" * 24, "%EF%BC%91", "$ne", "1.0"]
TOO_LONG = {"1001 letters": "a" * 1001, "1001 emoji": "👍" * 1001, "4001 bytes": "é" * 2000 + "a"}


def name_of(door: Door) -> str:
    return f"{door.method} {door.path}"


each_door = pytest.mark.parametrize("door", DOORS, ids=name_of)
each_speaking_door = pytest.mark.parametrize("door", SPEAKING, ids=name_of)


@each_door
@pytest.mark.parametrize("data", [b"", b"  \n "], ids=["none", "blank"])
def test_a_request_without_a_body_is_told_so(customer: Customer, stored: Stored, door: Door, data: bytes) -> None:
    before = stored()

    answer = door.knock(customer.client, data)

    assert_refused(answer, 400, "empty_body")
    assert stored() == before


@each_door
def test_a_body_that_is_no_json_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answers = {case: door.knock(customer.client, data) for case, data in NOT_JSON.items()}

    for case, answer in answers.items():
        assert_refused(answer, 400, "bad_json", case)
    assert stored() == before


@each_door
def test_a_body_that_is_nested_too_deep_is_told_so(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answers = {case: door.knock(customer.client, data) for case, data in TOO_DEEP.items()}

    for case, answer in answers.items():
        assert_refused(answer, 413, "body_too_deep", case)
    assert stored() == before


@each_door
def test_an_escape_that_is_no_character_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answers = {case: door.knock(customer.client, data) for case, data in NO_TEXT.items()}

    for case, answer in answers.items():
        assert_refused(answer, 400, "bad_characters", case)
    assert stored() == before


@each_speaking_door
def test_a_message_with_a_nul_is_refused_like_half_a_character(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answer = door.knock(customer.client, json.dumps({**door.body, "message": "o\0i"}))

    assert_refused(answer, 400, "bad_characters")
    assert stored() == before


@each_door
def test_a_body_of_another_kind_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before, body = stored(), json.dumps(door.body)

    answers = {kind: door.knock(customer.client, body, kind) for kind in OTHER_KINDS}
    for encoding in ("gzip", "br"):
        answers[encoding] = door.knock(customer.client, body, environ_overrides={"HTTP_CONTENT_ENCODING": encoding})

    for case, answer in answers.items():
        assert_refused(answer, 400 if door.is_family_a else 415, "unsupported_media_type", case)
    assert stored() == before


@each_door
def test_a_body_that_is_no_object_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answers = {case: door.knock(customer.client, case) for case in ("5", '"oi"', "null", "true", "1.5", "[5]", "[[]]")}

    for case, answer in answers.items():
        assert_refused(answer, 400 if door.is_family_a else 422, "invalid", case)
        assert answer.json["fields"], case
    assert stored() == before


@each_speaking_door
def test_a_message_that_is_no_text_is_refused_and_its_field_named(
    customer: Customer, stored: Stored, door: Door
) -> None:
    before = stored()

    answers = {
        case: door.knock(customer.client, json.dumps({**door.body, "message": message}))
        for case, message in WRONG_TEXTS.items()
    }

    for case, answer in answers.items():
        assert_refused(answer, 400 if door.is_family_a else 422, "invalid", case)
        assert [field["path"] for field in answer.json["fields"]] == ["message"], case
    assert stored() == before


@each_speaking_door
def test_a_message_over_a_thousand_characters_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answers = {
        case: door.knock(customer.client, json.dumps({**door.body, "message": message}))
        for case, message in TOO_LONG.items()
    }

    for case, answer in answers.items():
        assert_refused(answer, 400 if door.is_family_a else 422, "message_too_long", case)
        assert [(field["path"], field["code"]) for field in answer.json["fields"]] == [("message", "too_long")], case
    assert stored() == before


def test_a_message_of_up_to_a_thousand_characters_is_answered(customer: Customer) -> None:
    messages = ["a" * 1000, "👍" * 1000, "e\u0301" * 1000, "  " + "a" * 1000 + "\n", "5", "👍"]

    answers = [customer.say(message) for message in messages]

    assert [answer.status_code for answer in answers] == [200] * len(messages)


@each_speaking_door
def test_a_missing_message_is_named(customer: Customer, door: Door) -> None:
    rest = {name: value for name, value in door.body.items() if name != "message"}

    answer = door.knock(customer.client, json.dumps(rest))

    assert [(field["path"], field["code"]) for field in answer.json["fields"]] == [("message", "missing")]


def test_a_name_that_cannot_be_one_begins_no_conversation(client: FlaskClient, stored: Stored) -> None:
    before, names = stored(), ["a" * 121, "", " ", {"$ne": 1}, "Ana\0"]

    answers = [client.post("/initial-message", json={"message": name}) for name in names]

    assert [answer.status_code for answer in answers] == [400] * len(names)
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    assert stored() == before


def test_a_name_comes_back_as_it_was_given(client: FlaskClient) -> None:
    names = ["D'Ávila & Cia", "a/b", "👍🏽", "<script>alert(1)</script>", "a" * 120]

    answers = [client.post("/initial-message", json={"message": name}) for name in names]

    assert [answer.json["Name"] for answer in answers] == names


@pytest.mark.parametrize("path", ["/chat", "/chat_ai"])
def test_a_session_that_cannot_be_or_is_not_there_is_refused_even_beside_a_good_cookie(
    customer: Customer, stored: Stored, path: str
) -> None:
    before = stored()

    answers = [(customer.say("oi", path, session_id=session), code) for session, code in WRONG_SESSIONS]

    for answer, code in answers:
        assert_refused(answer, 400, code)
    assert stored() == before


@pytest.mark.parametrize("path", ["/chat", "/chat_ai"])
def test_whoever_names_no_session_is_told_how(client: FlaskClient, path: str) -> None:
    answer = client.post(path, json={"message": "oi"})

    assert_refused(answer, 400, "session_required")


@pytest.mark.parametrize("door", BACKEND, ids=name_of)
def test_a_user_id_that_is_no_text_of_1_to_128_is_refused(client: FlaskClient, stored: Stored, door: Door) -> None:
    before, users = stored(), [{"$ne": 1}, 1, None, [], "", "a" * 129]

    answers = [door.knock(client, json.dumps({"user_id": user, "message": "oi"})) for user in users]

    for answer in answers:
        assert_refused(answer, 422, "invalid")
        assert [field["path"] for field in answer.json["fields"]] == ["user_id"]
    assert stored() == before


@pytest.mark.parametrize("door", [*FRONT[1:], *BACKEND], ids=name_of)
def test_a_message_id_outside_its_form_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before, ids = stored(), ["with blank", "a" * 65, "é", "a\n", "$ne"]

    answers = [door.knock(customer.client, json.dumps({**door.body, "client_message_id": one})) for one in ids]

    for answer in answers:
        assert_refused(answer, 400, "bad_id")
    assert stored() == before


LARGEST = [
    *((door, 16 * 1024) for door in SPEAKING),
    *((door, 1024 * 1024) for door in SCRIPTS),
    (MANY, 5 * 1024 * 1024),
]


@pytest.mark.parametrize(("door", "largest"), LARGEST, ids=[name_of(door) for door, _ in LARGEST])
@pytest.mark.parametrize("how", ["with Content-Length", "in chunks"])
def test_a_body_over_the_routes_size_is_refused_however_it_comes(
    customer: Customer, stored: Stored, door: Door, largest: int, how: str
) -> None:
    before = stored()
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    body = json.dumps({"message": "oi", "x": "a" * largest})

    answer = door.knock(customer.client, body, environ_overrides=chunked if how == "in chunks" else {})

    assert_refused(answer, 413, "body_too_large")
    assert stored() == before


def test_a_body_in_chunks_is_read_like_any_other(customer: Customer) -> None:
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    answer = FRONT[1].knock(customer.client, b'{"message": "oi"}', environ_overrides=chunked)
    wrong = RANK.knock(customer.client, b"message=oi", "text/plain", environ_overrides=chunked)

    assert answer.json["steps"] == 0
    assert_refused(wrong, 415, "unsupported_media_type")


@each_door
def test_a_body_that_ends_before_its_length_is_refused(customer: Customer, stored: Stored, door: Door) -> None:
    before = stored()

    answer = door.knock(customer.client, b'{"message": "oi"}', environ_overrides={"CONTENT_LENGTH": "500"})

    assert_refused(answer, 400, "bad_json")
    assert stored() == before


def test_customers_clients_may_send_more_than_documented_and_staff_may_not(customer: Customer) -> None:
    answer = customer.say("oi", color="blue", window=[1, 2])
    staff = customer.client.post("/api/v1/match/rank", json={"message": "oi", "mesage": "oi"}, headers=STAFF)

    assert answer.status_code == 200
    assert_refused(staff, 422, "invalid")
    assert staff.json["fields"][0]["path"] == "mesage"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
def test_an_unknown_path_is_told_so_as_json(client: FlaskClient, method: str) -> None:
    paths = ["/nothing", "/chat/x", "/CHAT", "/api/v1", "/api/v2/chat", "/%00", "/chat%00", "/%ff", "/" + "a" * 2000]

    answers = {path: client.open(path, method=method) for path in paths}

    for path, answer in answers.items():
        assert_refused(answer, 404, "route_not_found", path)


def test_a_known_path_with_another_method_names_the_right_ones(client: FlaskClient) -> None:
    answers = {(method, path): client.open(path, method=method) for method, path in OTHER_METHODS}

    assert {case: answer.status_code for case, answer in answers.items()} == dict.fromkeys(OTHER_METHODS, 405)
    assert {case: answer.headers["Allow"] for case, answer in answers.items()} == OTHER_METHODS
    assert {answer.json["code"] for answer in answers.values() if answer.data} == {"method_not_allowed"}


def test_a_trailing_slash_and_head_mean_the_same_path(client: FlaskClient) -> None:
    for path in ("/health", "/ready", "/docs", "/openapi.json", "/api/v1/script", "/api/v1/message"):
        plain, slash = client.get(path, headers=STAFF), client.get(f"{path}/", headers=STAFF)
        head = client.head(path, headers=STAFF)

        assert (plain.status_code, slash.status_code, head.status_code) == (200, 200, 200), path
        assert plain.data == slash.data
        assert head.data == b""


def test_a_trailing_slash_is_no_redirect_for_a_message_either(customer: Customer) -> None:
    answer = customer.say("oi", "/chat/")

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/script", "/api/v1/message"])
def test_a_wrong_page_is_refused_and_the_field_named(client: FlaskClient, path: str) -> None:
    answers = {query: client.get(f"{path}?{query}", headers=STAFF) for query in WRONG_PAGES}

    for query, answer in answers.items():
        assert_refused(answer, 422, "invalid", query)
        assert [field["path"] for field in answer.json["fields"]] == [query.partition("=")[0]], query


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_script_id_outside_its_form_is_refused(client: FlaskClient, stored: Stored, method: str) -> None:
    before = stored()

    answers = {
        key: client.open(f"/api/v1/script/{key}", method=method, json=SCRIPTS[1].body, headers=STAFF)
        for key in WRONG_KEYS
    }

    for key, answer in answers.items():
        assert_refused(answer, 400, "bad_id", key)
    assert stored() == before


def test_a_strange_origin_breaks_nothing(client: FlaskClient) -> None:
    for path in ("/chat", "/health", "/nothing"):
        for origin in ("http://[", "null", "", "javascript:alert(1)", "a" * 2000):
            answer = client.post(path, json={"message": "oi"}, headers={"Origin": origin})

            assert 400 <= answer.status_code < 500, (path, origin)
            assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/chat", b"", "empty_body"),
        ("/chat", b"{", "bad_json"),
        ("/chat", b'{"message": ""}', "invalid"),
        ("/chat", b'{"message": "oi"}', "session_required"),
        ("/nothing", b"", "route_not_found"),
        ("/api/v1/script", b"", "credential_required"),
    ],
)
def test_a_refusal_speaks_the_readers_language(client: FlaskClient, path: str, body: bytes, code: str) -> None:
    said = set()
    for locale in LOCALES:
        headers = {"Accept-Language": locale}
        answer = client.post(path, data=body, content_type="application/json", headers=headers)
        assert answer.json["code"] == code
        said.add(answer.json["message"])

    assert len(said) == len(LOCALES)


def test_without_a_language_a_refusal_is_in_portuguese(client: FlaskClient) -> None:
    answer = client.post("/chat", json={"message": " "}, headers={"Accept-Language": "xx, ;q=, en;q=nan"})

    assert answer.json["message"] == "Escreva uma mensagem antes de enviar."
