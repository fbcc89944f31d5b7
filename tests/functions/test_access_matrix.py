"""docs/access.md, cell by cell over HTTP: every route of the tables, every role by either credential, every bad one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient

from roteiro import wiring
from roteiro.domain.roles import ROLES, Scope
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.routes import Route
from tests.harness import ROOT, STAFF
from tests.issuer import Header, KeyServer, bearer, facts, give_role, id_token, part, serving_keys

REACHED = 204
FAMILY_A = ("/initial-message", "/chat", "/chat_ai")
WRONG: dict[str, Callable[[], str]] = {
    "expired": lambda: id_token(exp=1),
    "forged": lambda: id_token(signer="ec-2"),
    "alg none": lambda: f"{part({'alg': 'none', 'typ': 'JWT', 'kid': 'ec-1'})}.{part(facts())}.",
    "wrong audience": lambda: id_token(aud="another"),
    "another issuer": lambda: id_token(iss="https://evil.example"),
    "no such key": lambda: "rk_0123456789ab_" + "s" * 43,
    "anything": lambda: "x",
}


class Row(NamedTuple):
    """A line of docs/access.md: a route and what it says of each column."""

    method: str
    path: str
    scope: str
    cells: dict[str, str]


def rows() -> list[Row]:
    lines = (ROOT / "docs/access.md").read_text("utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]
    columns, found = ("guest", *ROLES), []
    for name, scope, *cells in table:
        method, path = name.strip("`").split()
        found.append(Row(method, path, scope, dict(zip(columns, cells, strict=False))))
    assert len(found) >= 50
    return found


def reached(call: Call, house: House) -> Reply:
    """Stand behind every door: whoever gets here was let in."""
    return Reply("", REACHED)


@pytest.fixture
def keys() -> Iterator[KeyServer]:
    with serving_keys() as server:
        yield server


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch, serve: Callable[..., FlaskClient], keys: KeyServer) -> Callable[..., Any]:
    """Serve the real route tables with nothing behind the doors; `changes` are planted in every route of a path."""
    real = wiring.serve

    def start(path: str = "", **changes: Any) -> FlaskClient:
        def emptied(function: str, routes: list[Route]) -> Any:
            bare = [replace(route, handler=reached, body=None, meter=None) for route in routes]
            return real(function, [replace(one, **changes) if one.path == path else one for one in bare])

        monkeypatch.setattr(wiring, "serve", emptied)
        return serve(ROTEIRO_LEGACY_BACKEND="key", **keys.settings)

    return start


def differences(client: FlaskClient, headers: Header, expected: Callable[[Row], int]) -> list[str]:
    """Return the doors that answer otherwise than expected."""
    wanted = [(row, expected(row)) for row in rows()]
    found = [
        (row, want, client.open(re.sub(r"<[^>]+>", "x", row.path), method=row.method, headers=headers).status_code)
        for row, want in wanted
    ]
    return [f"{row.method} {row.path}: {got} for {want}" for row, want, got in found if got != want]


def as_told(column: str, otherwise: int) -> Callable[[Row], int]:
    return lambda row: REACHED if row.cells[column] in ("y", "c") else otherwise


def refused_as_wrong(row: Row) -> int:
    if row.scope == Scope.PUBLIC:
        return REACHED
    return 400 if row.path in FAMILY_A else 401


def test_without_a_credential_every_door_is_as_the_table_says(doors: Callable[..., FlaskClient]) -> None:
    assert differences(doors(), {}, as_told("guest", 401)) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_person_opens_exactly_the_doors_of_the_role(
    doors: Callable[..., FlaskClient], database: Path, role: str
) -> None:
    give_role(database, "ana", role)

    assert differences(doors(), bearer(id_token()), as_told(role, 403)) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_key_with_a_roles_scopes_opens_exactly_the_same_doors(
    doors: Callable[..., FlaskClient], staff: Callable[..., Header], role: str
) -> None:
    shown = staff("a machine", *ROLES[role])

    assert differences(doors(), shown, as_told(role, 403)) == []
    assert differences(doors(), bearer(shown["X-API-Key"]), as_told(role, 403)) == []


def test_the_admin_key_opens_every_door(doors: Callable[..., FlaskClient]) -> None:
    assert differences(doors(), STAFF, as_told("admin", 403)) == []


def test_an_editor_publishes_when_that_is_granted(doors: Callable[..., FlaskClient], database: Path) -> None:
    give_role(database, "ana", "editor", "scripts:publish")

    def told(row: Row) -> int:
        return REACHED if row.cells["editor"] in ("y", "c", "g") else 403

    assert {row.scope for row in rows() if row.cells["editor"] == "g"} == {"scripts:publish"}
    assert differences(doors(), bearer(id_token()), told) == []


def test_a_person_without_an_entry_has_no_role(doors: Callable[..., FlaskClient]) -> None:
    assert differences(doors(), bearer(id_token()), as_told("guest", 403)) == []


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_credential_opens_nothing_but_public_doors(
    doors: Callable[..., FlaskClient], database: Path, kind: str
) -> None:
    give_role(database, "ana", "admin")

    assert differences(doors(), bearer(WRONG[kind]()), refused_as_wrong) == []


def test_a_key_that_was_taken_away_opens_nothing_but_public_doors(
    doors: Callable[..., FlaskClient], client: FlaskClient, staff: Callable[..., Header]
) -> None:
    shown = staff("old", *ROLES["admin"])
    client.delete(f"/api/v1/keys/{shown['X-API-Key'][3:15]}", headers=STAFF)

    assert differences(doors(), bearer(shown["X-API-Key"]), refused_as_wrong) == []


def test_a_door_left_open_by_mistake_is_found(doors: Callable[..., FlaskClient]) -> None:
    client = doors("/api/v1/message", allow=Scope.PUBLIC)

    assert differences(client, {}, as_told("guest", 401)) == [
        "GET /api/v1/message: 204 for 401",
        "DELETE /api/v1/message: 204 for 401",
    ]
