"""Who is calling: tokens, cookies and keys, and everything that only looks like one."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from roteiro.domain.ids import ConversationId, backend_conversation
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.keys import KeyOrder, Maker, make_key
from roteiro.web.identity import Tokens, key_hash
from tests.functions.refusals import assert_refused
from tests.harness import ADMIN_KEY, Customer, TestClock

OLD, NEW, FOREIGN = "o" * 32, "n" * 32, "f" * 32
SECRET = "s" * 43
SAYING = {"message": "oi"}


@pytest.fixture
def key(database: Path, clock: type[TestClock]) -> Callable[..., dict[str, str]]:
    """Make an API key with scopes; give the header that shows it."""

    def make(*scopes: str) -> dict[str, str]:
        shelf = SqliteStore(str(database))
        order = KeyOrder("tests", scopes, key_hash(SECRET))
        made = make_key(order, Maker(), shelf=shelf, now=clock().now())
        shelf.close()
        return {"X-API-Key": f"rk_{made['id']}_{SECRET}"}

    return make


def signed(key: str, conversation: str, clock: type[TestClock], pack: str = "seguros") -> str:
    return Tokens(lambda: [key.encode()]).sign(ConversationId(conversation), pack, clock().now())


def wrong_tokens(good: str) -> dict[str, str]:
    """Return what somebody might make of a good token."""
    kind, payload, mac = good.split(".")
    facts = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps({**facts, "pack": "outro"}).encode()).decode().rstrip("=")
    return {
        "another payload": f"{kind}.{other}.{mac}",
        "half a mac": f"{kind}.{payload}.{mac[:20]}",
        "no mac": f"{kind}.{payload}.",
        "no payload": f"{kind}..{mac}",
        "another letter": good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1],
        "another version": good.replace("rt1.", "rt2.", 1),
        "alg none": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "an API key": f"rk_0123456789ab_{SECRET}",
        "the admin key": ADMIN_KEY,
        "anything": "x",
        "non-ASCII": "rt1.é.é",
    }


def test_a_token_that_was_not_given_out_like_this_opens_nothing(
    customer: Customer, stored: Callable[[], object]
) -> None:
    before = stored()

    for case, token in wrong_tokens(customer.token).items():
        answer = customer.client.post("/chat", json=SAYING, headers={"Authorization": f"Bearer {token}"})

        assert_refused(answer, 400, "token_invalid", case)
    assert stored() == before


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer a b", "Token x", ""])
def test_another_kind_of_credential_is_refused_even_beside_a_good_cookie(customer: Customer, header: str) -> None:
    answer = customer.client.post("/chat", json=SAYING, headers={"Authorization": header})

    assert_refused(answer, 400, "token_invalid")


def test_a_token_lives_seven_days_to_the_second(serve: Callable[..., FlaskClient], clock: type[TestClock]) -> None:
    customer = Customer(serve())
    customer.open()
    customer.say("atendente")  # who waits for a person does not expire
    bearer = {"Authorization": f"Bearer {customer.token}"}

    clock.time += timedelta(days=7)
    last = customer.client.post("/chat", json=SAYING, headers=bearer)
    clock.time += timedelta(seconds=1)
    late = customer.client.post("/chat", json=SAYING, headers=bearer)

    assert last.status_code == 200
    assert_refused(late, 400, "token_invalid")


def test_every_configured_key_opens_and_the_first_one_signs(
    serve: Callable[..., FlaskClient], clock: type[TestClock]
) -> None:
    client = serve(ROTEIRO_TOKEN_KEYS=f"{NEW},{OLD}")
    customer = Customer(client)
    customer.open()
    statuses = []

    for one in (NEW, OLD, FOREIGN):
        headers = {"Authorization": f"Bearer {signed(one, customer.session, clock)}"}
        statuses.append(client.post("/chat", json=SAYING, headers=headers).status_code)

    assert statuses == [200, 200, 400]
    assert customer.token == signed(NEW, customer.session, clock)


def test_a_token_of_another_pack_finds_no_conversation(
    serve: Callable[..., FlaskClient], clock: type[TestClock]
) -> None:
    client = serve(ROTEIRO_TOKEN_KEYS=NEW)
    customer = Customer(client)
    customer.open()
    token = signed(NEW, customer.session, clock, pack="transparencia")

    answer = client.post("/chat", json=SAYING, headers={"Authorization": f"Bearer {token}"})

    assert_refused(answer, 400, "session_not_found")


def test_locally_every_process_signs_with_the_same_key(serve: Callable[..., FlaskClient]) -> None:
    customer = Customer(serve())
    customer.open()
    another = serve()

    answer = another.post("/chat", json=SAYING, headers={"Authorization": f"Bearer {customer.token}"})

    assert answer.status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = SimpleCookie(Customer(client).open().headers["Set-Cookie"])["roteiro"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["max-age"], cookie["secure"], cookie["domain"]) == ("86400", "", "")


def test_the_deployed_cookie_travels_over_https_alone_and_for_this_host_alone(
    serve_production: Callable[..., FlaskClient],
) -> None:
    customer = Customer(serve_production())

    cookie = SimpleCookie(customer.open().headers["Set-Cookie"])["__Host-roteiro"]

    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_over_https_the_local_cookie_is_as_strict_as_the_deployed_one(client: FlaskClient) -> None:
    answer = client.post("/initial-message", json=SAYING, base_url="https://localhost")

    assert answer.headers["Set-Cookie"].startswith("__Host-roteiro=")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_the_cookie_is_renewed_with_each_turn(customer: Customer, clock: type[TestClock]) -> None:
    clock.time += timedelta(hours=5)

    answer = customer.say("oi")

    cookie = SimpleCookie(answer.headers["Set-Cookie"])["roteiro"]
    assert cookie.value != customer.token
    assert cookie["max-age"] == "86400"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://localhost", 200),
        ("http://localhost:5173", 200),
        ("https://seguros.example", 200),
        ("https://evil.example", 403),
        ("https://seguros.example.evil.example", 403),
        ("http://seguros.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_foreign_page_cannot_speak_with_the_customers_cookie(
    serve: Callable[..., FlaskClient], origin: str | None, status: int
) -> None:
    customer = Customer(serve(ROTEIRO_ORIGINS="https://seguros.example"))
    customer.open()

    answer = customer.client.post("/chat", json=SAYING, headers={"Origin": origin} if origin else {})

    assert answer.status_code == status
    assert status == 200 or answer.json["code"] == "origin_refused"


def test_who_shows_a_token_or_the_session_may_come_from_any_origin(customer: Customer) -> None:
    foreign = {"Origin": "https://evil.example"}

    by_token = customer.client.post(
        "/chat", json=SAYING, headers={**foreign, "Authorization": f"Bearer {customer.token}"}
    )
    by_session = customer.client.post("/chat", json={**SAYING, "session_id": customer.session}, headers=foreign)

    assert (by_token.status_code, by_session.status_code) == (200, 200)


@pytest.mark.parametrize("headers", [{"Authorization": f"Bearer {ADMIN_KEY}"}, {"X-API-Key": ADMIN_KEY}], ids=str)
def test_the_admin_key_opens_every_staff_route_by_either_header(client: FlaskClient, headers: dict[str, str]) -> None:
    scripts = client.get("/api/v1/script", headers=headers)
    ranked = client.post("/api/v1/match/rank", json=SAYING, headers=headers)
    messages = client.get("/api/v1/message", headers=headers)

    assert (scripts.status_code, ranked.status_code, messages.status_code) == (200, 200, 200)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "credential_required"),
        ({"X-API-Key": ""}, "credential_required"),
        ({"X-API-Key": "x" * 30}, "token_invalid"),
        ({"X-API-Key": ADMIN_KEY + "x"}, "token_invalid"),
        ({"X-API-Key": "clé"}, "token_invalid"),
        ({"Authorization": f"Bearer rk_0123456789ab_{SECRET}"}, "token_invalid"),
        ({"Authorization": "Bearer wrong", "X-API-Key": ADMIN_KEY}, "token_invalid"),
        ({"Authorization": "Basic YTpi"}, "token_invalid"),
    ],
)
def test_a_missing_or_wrong_key_is_401_and_says_which_kind_is_wanted(
    client: FlaskClient, headers: dict[str, str], code: str
) -> None:
    answer = client.post("/api/v1/script", data=b"{", headers=headers)  # a stranger never hears of the body

    assert_refused(answer, 401, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_an_admin_key_nobody_is_the_operator(serve: Callable[..., FlaskClient]) -> None:
    client = serve(ROTEIRO_ADMIN_KEY="")

    answer = client.get("/api/v1/script", headers={"X-API-Key": ""})

    assert_refused(answer, 401, "credential_required")


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ("scripts:read", {"GET /api/v1/script", "POST /api/v1/match/rank"}),
        ("scripts:publish", {"DELETE /api/v1/script/999"}),
        ("admin", {"GET /api/v1/message"}),
        ("backend", {"POST /api/v1/chat"}),
        ("desk", set()),
    ],
)
def test_an_api_key_opens_what_its_scopes_say_and_nothing_else(
    serve: Callable[..., FlaskClient], key: Callable[..., dict[str, str]], scope: str, may: set[str]
) -> None:
    client, shown = serve(ROTEIRO_LEGACY_BACKEND="key"), key(scope)
    doors = ["GET /api/v1/script", "POST /api/v1/match/rank", "DELETE /api/v1/script/999", "GET /api/v1/message"]
    doors += ["POST /api/v1/chat"]

    answers = {
        door: client.open(door.split()[1], method=door.split()[0], json={**SAYING, "user_id": "1"}, headers=shown)
        for door in doors
    }

    refused = {door for door, answer in answers.items() if answer.status_code == 403}
    assert refused == set(doors) - may
    assert {answers[door].json["code"] for door in refused} == {"forbidden"}


def test_an_api_key_ends_after_a_year(
    client: FlaskClient, key: Callable[..., dict[str, str]], clock: type[TestClock]
) -> None:
    shown = key("scripts:read")
    clock.time += timedelta(days=365, seconds=-1)

    last = client.get("/api/v1/script", headers=shown)
    clock.time += timedelta(seconds=1)
    late = client.get("/api/v1/script", headers=shown)

    assert last.status_code == 200
    assert_refused(late, 401, "token_invalid")


def test_an_api_key_that_was_taken_away_opens_nothing_at_once(
    client: FlaskClient, key: Callable[..., dict[str, str]], database: Path
) -> None:
    shown = key("scripts:read")
    before = client.get("/api/v1/script", headers=shown)
    SqliteStore(str(database)).delete_range("key:", "key;")

    after = client.get("/api/v1/script", headers=shown)

    assert before.status_code == 200
    assert_refused(after, 401, "token_invalid")


def test_the_use_of_a_key_is_noted_once_an_hour(
    client: FlaskClient, key: Callable[..., dict[str, str]], database: Path, clock: type[TestClock]
) -> None:
    shown, shelf, noted = key("scripts:read"), SqliteStore(str(database)), []

    for minutes in (0, 30, 31):
        clock.time += timedelta(minutes=minutes)
        client.get("/api/v1/script", headers=shown)
        noted.append(shelf.scan("key:")[0]["last_used_at"])

    assert noted[0] == noted[1] != noted[2] == clock.time.isoformat()


def test_the_secret_of_another_key_opens_nothing(client: FlaskClient, key: Callable[..., dict[str, str]]) -> None:
    shown = key("scripts:read")["X-API-Key"]

    answer = client.get("/api/v1/script", headers={"X-API-Key": shown[:-1] + "t"})

    assert_refused(answer, 401, "token_invalid")


@pytest.mark.parametrize("path", ["/api/v1/chat", "/api/v1/chat_ai"])
def test_the_backend_is_open_locally_and_closed_by_a_setting(serve: Callable[..., FlaskClient], path: str) -> None:
    body = {"user_id": "1", "message": "oi"}

    opened = serve().post(path, json=body)
    closed = serve(ROTEIRO_LEGACY_BACKEND="key").post(path, json=body)

    assert opened.status_code == 200
    assert_refused(closed, 401, "credential_required")


def test_the_deployed_backend_wants_a_key(serve_production: Callable[..., FlaskClient]) -> None:
    client = serve_production()

    stranger = client.post("/api/v1/chat", json={"user_id": "1", "message": "oi"})
    server = client.post("/api/v1/chat", json={"user_id": "1", "message": "oi"}, headers={"X-API-Key": ADMIN_KEY})

    assert_refused(stranger, 401, "credential_required")
    assert server.status_code == 200


def test_a_wrong_key_is_refused_also_where_none_is_needed(client: FlaskClient) -> None:
    answer = client.post("/api/v1/chat", json={"user_id": "1", "message": "oi"}, headers={"X-API-Key": "wrong"})

    assert_refused(answer, 401, "token_invalid")


def test_an_api_key_on_a_customers_route_is_passed_over(customer: Customer) -> None:
    answer = customer.client.post("/chat", json=SAYING, headers={"X-API-Key": "whatever"})

    assert answer.status_code == 200


def test_a_backends_conversation_cannot_be_reached_by_session_id(client: FlaskClient) -> None:
    client.post("/api/v1/chat", json={"user_id": "1", "message": "Bati o carro ontem"})

    answer = client.post("/chat", json={**SAYING, "session_id": backend_conversation("1")})

    assert_refused(answer, 400, "bad_session_id")


def test_a_customers_session_cannot_be_reached_by_user_id(customer: Customer) -> None:
    customer.say("Bati o carro ontem")

    answer = customer.client.post("/api/v1/chat", json={"user_id": customer.session, "message": "ok"})

    assert answer.json["message"]["step"] == 0


@pytest.mark.parametrize("path", ["/api/v1/script", "/api/v1/message"])
def test_staff_are_never_known_by_a_cookie(client: FlaskClient, path: str) -> None:
    for name in ("roteiro", "__Host-roteiro"):
        client.set_cookie(name, ADMIN_KEY)

    answer = client.get(path)

    assert_refused(answer, 401, "credential_required")


def test_a_customers_token_is_no_staff_credential(customer: Customer) -> None:
    answer = customer.client.get("/api/v1/message", headers={"Authorization": f"Bearer {customer.token}"})

    assert_refused(answer, 401, "token_invalid")
