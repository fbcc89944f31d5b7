"""API keys over HTTP: shown once, never beyond a year, gone at once, and every making told."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functions.refusals import assert_refused
from tests.harness import STAFF, TestClock
from tests.issuer import Header, bearer, give_role, id_token, serving_keys

PATH = "/api/v1/keys"
WANTED = {"name": "relatorios", "scopes": ["reports", "audit"]}


def made(client: FlaskClient, headers: Header = STAFF, **changes: Any) -> TestResponse:
    return client.post(PATH, json=WANTED | changes, headers=headers)


def newest_deeds(client: FlaskClient) -> list[tuple[str, str, str, str]]:
    found = client.get("/api/v1/audit", headers=STAFF).json["items"]
    return [(one["action"], one["who"], one["role"], one["subject"]) for one in found if "subject" in one]


def test_a_key_is_shown_once_and_opens_what_it_was_made_for(client: FlaskClient, clock: type[TestClock]) -> None:
    answer = made(client).json

    listed = client.get(PATH, headers=STAFF).json
    opened = client.get("/api/v1/audit", headers=bearer(answer["key"]))
    refused = client.get("/api/v1/script", headers=bearer(answer["key"]))
    assert answer["key"].startswith(f"rk_{answer['id']}_")
    assert (answer["name"], answer["scopes"]) == ("relatorios", ["audit", "reports"])
    assert [key["id"] for key in listed["items"]] == [answer["id"]]
    assert answer["key"].rpartition("_")[2] not in str(listed)
    assert "hash" not in listed["items"][0]
    assert (opened.status_code, refused.status_code) == (200, 403)


def test_a_key_lives_until_the_end_that_was_chosen(client: FlaskClient, clock: type[TestClock]) -> None:
    end = clock.time + timedelta(days=1)
    key = made(client, expires_at=end.isoformat()).json["key"]
    clock.time = end - timedelta(seconds=1)
    last = client.get("/api/v1/audit", headers=bearer(key))
    clock.time = end

    late = client.get("/api/v1/audit", headers=bearer(key))

    assert last.status_code == 200
    assert_refused(late, 401, "token_invalid")


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_no_key_is_made_with_an_end_in_the_past_or_beyond_a_year(
    client: FlaskClient, clock: type[TestClock], days: int
) -> None:
    end = clock.time + timedelta(days=days)

    answer = made(client, expires_at=end.isoformat())

    assert_refused(answer, 422, "invalid")
    assert answer.json["fields"][0]["path"] == "expires_at"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "scopes"),
        ({"scopes": ["public"]}, "scopes"),
        ({"scopes": "admin"}, "scopes"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "n" * 81}, "name"),
        ({"expires_at": "2027-01-01"}, "expires_at"),
        ({"expires_at": "2027-01-01T00:00:00"}, "expires_at"),
        ({"expire": "2027-01-01"}, "expire"),
    ],
)
def test_a_wrong_wish_names_its_field_and_makes_no_key(client: FlaskClient, changes: dict[str, Any], path: str) -> None:
    answer = made(client, **changes)

    assert_refused(answer, 422, "invalid")
    assert answer.json["fields"][0]["path"] == path
    assert client.get(PATH, headers=STAFF).json["items"] == []


def test_a_key_that_is_taken_away_is_refused_at_once(client: FlaskClient) -> None:
    one = made(client).json

    client.delete(f"{PATH}/{one['id']}", headers=STAFF)

    assert_refused(client.get("/api/v1/audit", headers=bearer(one["key"])), 401, "token_invalid")
    assert client.get(PATH, headers=STAFF).json["items"] == []


def test_taking_one_key_away_leaves_the_others(client: FlaskClient) -> None:
    one, other = made(client).json, made(client).json

    client.delete(f"{PATH}/{one['id']}", headers=STAFF)

    assert [key["id"] for key in client.get(PATH, headers=STAFF).json["items"]] == [other["id"]]


@pytest.mark.parametrize(("key", "status", "code"), [("0" * 12, 404, "not_found"), ("x", 400, "bad_id")])
def test_a_key_that_never_was_cannot_be_taken_away(client: FlaskClient, key: str, status: int, code: str) -> None:
    assert_refused(client.delete(f"{PATH}/{key}", headers=STAFF), status, code)


def test_keys_are_listed_page_by_page(client: FlaskClient) -> None:
    ids = sorted(made(client).json["id"] for _ in range(5))
    seen, cursor = [], ""

    while cursor is not None:
        page = client.get(f"{PATH}?limit=2&cursor={cursor}", headers=STAFF).json
        seen += [key["id"] for key in page["items"]]
        cursor = page["next_cursor"]

    assert seen == ids


def test_the_making_and_the_taking_of_a_key_are_told_with_who_did_it(client: FlaskClient) -> None:
    one = made(client).json
    client.delete(f"{PATH}/{one['id']}", headers=STAFF)

    deeds = newest_deeds(client)

    assert deeds[:2] == [("key.removed", "operator", "admin", one["id"]), ("key.made", "operator", "admin", one["id"])]


def test_a_key_counts_as_the_person_who_made_it_and_so_does_a_key_made_with_that_key(
    serve: Callable[..., FlaskClient], database: Path
) -> None:
    give_role(database, "ana", "admin")
    with serving_keys() as issuer:
        client = serve(**issuer.settings)
        first = made(client, bearer(id_token()), scopes=["admin"]).json
        made(client, bearer(first["key"]))

    listed = client.get(PATH, headers=STAFF).json["items"]
    assert [key["made_by"] for key in listed] == ["ana", "ana"]
    assert [who for action, who, *_ in newest_deeds(client) if action == "key.made"] == ["relatorios", "ana"]


def test_the_use_of_a_key_is_noted_only_when_its_secret_was_right(client: FlaskClient) -> None:
    one = made(client).json
    client.get("/api/v1/audit", headers=bearer(one["key"][:-1] + ("A" if one["key"][-1] != "A" else "B")))
    before = client.get(PATH, headers=STAFF).json["items"][0]["last_used_at"]

    client.get("/api/v1/audit", headers=bearer(one["key"]))

    after = client.get(PATH, headers=STAFF).json["items"][0]["last_used_at"]
    assert before is None
    assert after is not None
