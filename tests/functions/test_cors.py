"""Which pages of other hosts may call, and what every answer says of itself."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.harness import STAFF, Customer

PAGE = "https://seguros.example"
LISTED = {"ROTEIRO_ORIGINS": f"{PAGE}, https://outra.example"}
PATHS = ["/", "/health", "/ready", "/docs/", "/openapi.json", "/api/", "/api/v1/script", "/api/v1/message", "/nothing"]


def ask(client: FlaskClient, origin: str, path: str = "/chat") -> TestResponse:
    return client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


def allowed(answer: TestResponse) -> tuple[str | None, str | None]:
    headers = answer.headers
    return headers.get("Access-Control-Allow-Origin"), headers.get("Access-Control-Allow-Credentials")


def test_the_browsers_question_is_answered_before_any_credential(serve: Callable[..., FlaskClient]) -> None:
    answer = ask(serve(**LISTED), PAGE, "/api/v1/script")

    assert (answer.status_code, answer.data) == (204, b"")
    assert allowed(answer) == (PAGE, "true")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST, PUT, DELETE, OPTIONS"
    assert answer.headers["Access-Control-Max-Age"] == "7200"


@pytest.mark.parametrize(
    "header", ["Content-Type", "Accept", "Authorization", "X-API-Key", "Idempotency-Key", "If-Match", "X-Request-Id"]
)
def test_a_page_may_send_every_header_that_the_api_reads(serve: Callable[..., FlaskClient], header: str) -> None:
    answer = ask(serve(**LISTED), PAGE)

    assert header in answer.headers["Access-Control-Allow-Headers"].split(", ")


@pytest.mark.parametrize("origin", [PAGE, "https://outra.example"])
def test_a_listed_page_may_read_the_answer_and_its_headers(serve: Callable[..., FlaskClient], origin: str) -> None:
    customer = Customer(serve(**LISTED))

    answer = customer.open("Ana", Origin=origin)

    assert allowed(answer) == (origin, "true")
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {name for name in dict(answer.headers) if name.startswith("Roteiro-")} <= exposed
    assert {"Retry-After", "ETag", "X-Request-Id", "Roteiro-Degraded", "Roteiro-Replayed"} <= exposed


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        f"{PAGE}.evil.example",
        f"{PAGE}:444",
        "http://seguros.example",
        "https://SEGUROS.example",
        "null",
        "http://[",
        "http://localhost.evil.example",
    ],
)
def test_a_foreign_page_gets_no_permission(serve: Callable[..., FlaskClient], origin: str) -> None:
    client = serve(**LISTED)

    asked, answered = ask(client, origin), client.get("/health", headers={"Origin": origin})

    assert (asked.status_code, answered.status_code) == (204, 200)
    assert allowed(asked) == allowed(answered) == (None, None)
    assert "Access-Control-Allow-Methods" not in asked.headers


@pytest.mark.parametrize(
    "origin", ["http://localhost:5173", "http://127.0.0.1:3000", "https://localhost", "http://[::1]:8000"]
)
def test_locally_any_port_of_this_machine_may_call_and_deployed_none(
    client: FlaskClient, serve_production: Callable[..., FlaskClient], origin: str
) -> None:
    local = ask(client, origin)
    deployed = serve_production().options("/chat", base_url="https://api.example", headers={"Origin": origin})

    assert allowed(local) == (origin, "true")
    assert allowed(deployed) == (None, None)


def test_a_star_lets_every_page_read_but_never_with_a_cookie(serve: Callable[..., FlaskClient]) -> None:
    customer = Customer(serve(ROTEIRO_ORIGINS="*"))
    customer.open()

    answer = customer.client.get("/health", headers={"Origin": "https://any.example"})
    said = customer.client.post("/chat", json={"message": "oi"}, headers={"Origin": "https://any.example"})

    assert allowed(answer) == ("*", None)
    assert (said.status_code, said.json["code"]) == (403, "origin_refused")


def test_caches_tell_answers_to_different_pages_apart(client: FlaskClient) -> None:
    for answer in (client.get("/health"), client.get("/nothing"), ask(client, PAGE), ask(client, "http://localhost:1")):
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_safe_to_open_in_a_browser(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=STAFF)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "charset=utf-8" in answer.content_type


def test_only_what_is_the_same_for_everybody_may_be_cached(client: FlaskClient) -> None:
    kept = {path: client.get(path, headers=STAFF).headers["Cache-Control"] for path in PATHS}

    assert {path for path, how in kept.items() if "public" in how} == {"/docs/", "/openapi.json"}
    assert {kept[path] for path in ("/health", "/ready", "/api/v1/script", "/api/v1/message", "/nothing")} == {
        "no-store"
    }


@pytest.mark.parametrize("given", ["12345678", "a-B-3-d-e-f", "x" * 64])
def test_a_callers_request_id_comes_back(client: FlaskClient, given: str) -> None:
    good = client.get("/health", headers={"X-Request-Id": given})
    refused = client.get("/nothing", headers={"X-Request-Id": given})

    assert good.headers["X-Request-Id"] == refused.headers["X-Request-Id"] == refused.json["request_id"] == given


@pytest.mark.parametrize("given", ["short", "x" * 65, "with blank", "é" * 8, "<script>1", ""])
def test_a_request_id_outside_its_form_is_replaced(client: FlaskClient, given: str) -> None:
    answer = client.get("/health", headers={"X-Request-Id": given})

    assert re.fullmatch("[0-9a-f]{10}", answer.headers["X-Request-Id"])


def test_two_requests_have_two_ids(client: FlaskClient) -> None:
    ids = {client.get("/health").headers["X-Request-Id"] for _ in range(5)}

    assert len(ids) == 5
