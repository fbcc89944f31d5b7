"""The pages and what a program reads first: the chat page, its files, the reference, health."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from functions.chat.main import ROUTES as CHAT
from functions.match.main import ROUTES as MATCH
from functions.scripts.main import ROUTES as SCRIPTS
from roteiro.errors import InvalidSetting, StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from tests.functions.refusals import assert_refused
from tests.harness import ROOT, STAFF

FRONT = ROOT / "frontend"
MODULES = sorted(str(path.relative_to(FRONT)) for path in FRONT.rglob("*") if path.suffix in (".js", ".css"))


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / "shared/roteiro/web/openapi.json").read_text("utf-8"))
    return document


def test_the_chat_page_runs_its_own_files_and_nothing_else(client: FlaskClient) -> None:
    answer = client.get("/")

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert 'rel="icon" href="data:,"' in answer.text


def test_every_file_that_the_chat_page_names_is_there(client: FlaskClient) -> None:
    named = re.findall(r'(?:src|href)="(/[^"]*)"', client.get("/").text)

    assert named
    assert {client.get(path).status_code for path in named} == {200}


def test_every_module_is_served_under_its_right_type(client: FlaskClient) -> None:
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

    for name in MODULES:
        answer = client.get(f"/front/{name}")
        assert (answer.status_code, answer.content_type) == (200, kinds[Path(name).suffix]), name
        assert answer.data == (FRONT / name).read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/front/../main.py",
        "/front/../shared/roteiro/web/openapi.json",
        "/front/%2e%2e/main.py",
        "/front/..%2fmain.py",
        "/front/..%5cmain.py",
        "/front/widget/../../main.py",
        "/front//etc/passwd",
        "/front/%2fetc/passwd",
        "/front/etc/passwd",
        "/front/widget",
        "/front/",
        "/front/nothing.js",
        "/front/.js",
        "/front/a%00.js",
        "/front/" + "a" * 300 + ".js",
        "/front/" + "a/" * 1000 + "a.js",
        "/front/%ff.js",
        "/front/README.md",
        "/front/package.json",
    ],
)
def test_what_is_no_file_of_the_page_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert_refused(answer, 404, "route_not_found")


def test_the_reference_lists_every_route(client: FlaskClient, described: dict[str, Any]) -> None:
    answer = client.get("/docs/")

    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert all(f"<code>{path}</code>" in answer.text for path in described["paths"])


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_root_of_the_api_leads_to_the_reference(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (307, "/docs/")


def test_the_served_description_is_the_one_in_the_repository(client: FlaskClient, described: dict[str, Any]) -> None:
    answer = client.get("/openapi.json")

    assert answer.json == described


@pytest.mark.parametrize("route", [*CHAT, *MATCH, *SCRIPTS], ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_described_with_its_method_its_answers_and_who_may_call(
    described: dict[str, Any], route: Any
) -> None:
    path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", route.path)

    operation = described["paths"][path][route.method.lower()]

    assert operation["x-allow"] == route.allow
    assert operation["summary"] == route.summary
    assert "500" in operation["responses"]
    assert ("requestBody" in operation) == bool(route.body or route.document)


def test_nothing_is_described_that_is_no_route(described: dict[str, Any]) -> None:
    routes = {(route.method.lower(), route.path) for route in (*CHAT, *MATCH, *SCRIPTS)}

    operations = [(method, path) for path, methods in described["paths"].items() for method in methods]

    assert len(operations) == len(routes)


def test_the_description_is_a_whole_openapi_document(described: dict[str, Any]) -> None:
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)))

    assert described["openapi"].startswith("3.1.")
    assert described["info"].keys() >= {"title", "version"}
    assert references <= described["components"]["schemas"].keys()
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, methods in described["paths"].items():
        wanted = set(re.findall(r"{(\w+)}", path))
        for operation in methods.values():
            assert {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"} == wanted
            assert all(re.fullmatch("[1-5][0-9][0-9]", status) for status in operation["responses"])
            assert all(answer["description"] for answer in operation["responses"].values())


def test_health_asks_no_store(serve: Callable[..., FlaskClient], tmp_path: Path) -> None:
    client = serve(ROTEIRO_DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder/roteiro.db")

    answer = client.get("/health")

    assert (answer.status_code, answer.json["status"]) == (200, "healthy")
    assert answer.json.keys() == {"status", "version", "function"}


def test_the_first_seeds_health_check_answers_an_object(client: FlaskClient) -> None:
    assert client.get("/api/v1/health-checker").json == {"Ping": "Pong"}


def test_ready_names_the_revision_of_the_catalogue(client: FlaskClient) -> None:
    assert client.get("/ready").json == {"status": "ready", "store": "ok", "catalogue_revision": "r1"}


def test_without_a_catalogue_it_is_not_ready(serve: Callable[..., FlaskClient], tmp_path: Path) -> None:
    client = serve(ROTEIRO_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")

    answer = client.get("/ready")

    assert_refused(answer, 503, "store_unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StoreUnavailable("no answer from 10.0.0.7"), 503, "store_unavailable"),
        (InvalidSetting("10.0.0.7"), 500, "internal"),
        (RuntimeError("10.0.0.7"), 500, "internal"),
        (KeyError("10.0.0.7"), 500, "internal"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("path", ["/ready", "/api/v1/script"])
def test_what_breaks_inside_is_told_in_the_documented_words_and_none_of_its_own(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, error: Exception, status: int, code: str
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(SqliteStore, "get", broken)
    monkeypatch.setattr(SqliteStore, "scan", broken)

    answer = client.get(path, headers=STAFF)

    assert_refused(answer, status, code)
    assert "10.0.0.7" not in answer.text


@pytest.mark.parametrize("path", ["/initial-message", "/chat", "/chat_ai"])
def test_a_store_that_is_down_is_503_for_customers_too(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def broken(*_: object) -> None:
        raise StoreUnavailable

    for verb in ("get", "scan", "load", "append"):
        monkeypatch.setattr(SqliteStore, verb, broken)

    answer = client.post(path, json={"message": "oi", "session_id": "00000000-0000-4000-8000-000000000000"})

    assert_refused(answer, 503, "store_unavailable")


def test_who_has_the_description_of_the_api_is_not_sent_it_again(client: FlaskClient) -> None:
    tag = client.get("/openapi.json").headers["ETag"]

    again = client.get("/openapi.json", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
