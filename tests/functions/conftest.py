"""The real functions behind the framework's own test client, with a clock that the test moves."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import functions_framework
import pytest
from flask.testing import FlaskClient

from roteiro import wiring
from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import publishing
from roteiro.usecases.keys import KeyOrder, Maker, make_key
from roteiro.usecases.report import Report
from roteiro.web.identity import key_hash
from tests.harness import ADMIN_KEY, ROOT, Customer, TestClock
from tests.shop import PASSED, compiled


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[TestClock]:
    class Clock(TestClock):
        pass

    monkeypatch.setattr(wiring, "SystemClock", Clock)
    return Clock


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, database: Path, clock: type[TestClock]) -> Callable[..., FlaskClient]:
    """Serve all three functions with settings of the test's own."""

    def start(**settings: str) -> FlaskClient:
        given = {
            "ROTEIRO_DATABASE_URL": f"sqlite:///{database}",
            "ROTEIRO_ADMIN_KEY": ADMIN_KEY,
            "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE": "0",
            "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "0",
        } | settings
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        client: FlaskClient = functions_framework.create_app("app", str(ROOT / "main.py")).test_client()
        return client

    return start


@pytest.fixture
def client(serve: Callable[..., FlaskClient]) -> FlaskClient:
    return serve()


@pytest.fixture
def customer(client: FlaskClient) -> Customer:
    one = Customer(client)
    one.open()
    return one


@pytest.fixture
def serve_production(
    serve: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch, database: Path
) -> Callable[..., FlaskClient]:
    """Serve with the settings of a deployed function, but for the store, which stays a file."""

    def start(**settings: str) -> FlaskClient:
        monkeypatch.setattr(wiring, "_store", lambda _: SqliteStore(str(database)))
        deployed = {
            "ROTEIRO_ENV": "production",
            "ROTEIRO_DATABASE_URL": "mongodb://127.0.0.1/roteiro",
            "ROTEIRO_TOKEN_KEYS": "k" * 32,
            "ROTEIRO_ORIGINS": "https://seguros.example",
            "ROTEIRO_OIDC_ISSUER": "https://login.example.com",
            "ROTEIRO_OIDC_AUDIENCE": "roteiro",
            "ROTEIRO_OIDC_JWKS_URL": "https://login.example.com/keys",
            "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE": "30",
            "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "60",
        }
        return serve(**deployed | settings)

    return start


@pytest.fixture
def stored(database: Path) -> Callable[[], list[tuple[str, str]]]:
    """Read all that is kept of conversations and scripts, to see that nothing was added or changed."""

    def read() -> list[tuple[str, str]]:
        with closing(sqlite3.connect(database)) as connection:
            tables = ("events", "heads", "shelf")
            return [row for table in tables for row in connection.execute(f"SELECT id, body FROM {table} ORDER BY id")]  # noqa: S608 - our own names

    return read


@pytest.fixture
def state_of(database: Path) -> Callable[[str], dict[str, Any]]:
    """Read a conversation's newest stored state, and the decision that led to it."""

    def read(conversation: str) -> dict[str, Any]:
        store = SqliteStore(str(database))
        (newest,) = store.load(ConversationId(conversation), 1)
        store.close()
        return {**asdict(newest.state), "decision": newest.decision}

    return read


@pytest.fixture
def open_gate(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """Have the publish gate say the last report of this list; the real one has its own tests."""
    reports = [PASSED]
    monkeypatch.setattr(wiring, "_gate", lambda house, admin: lambda pack, documents: reports[-1])
    return reports


@pytest.fixture
def gate(open_gate: list[Report], monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """Have such a gate where nobody ranks what is published, so that nothing need be compiled."""
    monkeypatch.setattr(publishing, "compile_index", compiled)
    return open_gate


@pytest.fixture
def staff(database: Path, clock: type[TestClock]) -> Callable[..., dict[str, str]]:
    """Make an API key for somebody; give the header that shows it."""

    def make(name: str, *scopes: str, made_by: str = "") -> dict[str, str]:
        shelf, secret, now = SqliteStore(str(database)), "s" * 43, clock().now()
        made = make_key(KeyOrder(name, scopes, key_hash(secret)), Maker(person=made_by), shelf=shelf, now=now)
        shelf.close()
        return {"X-API-Key": f"rk_{made['id']}_{secret}"}

    return make


@pytest.fixture
def talk(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Say things in a conversation of its own; return the last answer."""

    def said(*messages: str, tongue: str = "pt-BR") -> dict[str, Any]:
        session: dict[str, str] = {}
        body: dict[str, Any] = {}
        for message in messages:
            answer = client.post(
                "/api/v1/chat/message", json={"message": message, **session}, headers={"Accept-Language": tongue}
            )
            body = answer.json or {}
            session = {"session_id": body["session_id"]}
        return body

    return said
