"""People's roles over HTTP: given and taken by admins, told to the audit, and obeyed from the next request on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.usecases.audit import record
from tests.functions.refusals import assert_refused
from tests.harness import STAFF
from tests.issuer import NAME, KeyServer, bearer, id_token, serving_keys

PATH = "/api/v1/staff"


@pytest.fixture
def keys() -> Iterator[KeyServer]:
    with serving_keys() as server:
        yield server


@pytest.fixture
def house(serve: Callable[..., FlaskClient], keys: KeyServer) -> FlaskClient:
    return serve(**keys.settings)


def give(client: FlaskClient, role: str, subject: str = "ana", **more: Any) -> TestResponse:
    return client.put(f"{PATH}/{subject}", json={"role": role, **more}, headers=STAFF)


def told(client: FlaskClient) -> list[dict[str, Any]]:
    """Return what the audit says of people, newest first."""
    found = client.get("/api/v1/audit?limit=200", headers=STAFF).json["items"]
    return [one for one in found if one["action"].startswith("staff.")]


def may_read_scripts(client: FlaskClient) -> bool:
    return client.get("/api/v1/script", headers=bearer(id_token())).status_code == 200


def test_a_role_counts_from_the_next_request_on_and_ends_with_its_entry(house: FlaskClient) -> None:
    seen = [may_read_scripts(house)]

    give(house, "editor")
    seen.append(may_read_scripts(house))
    give(house, "backend")
    seen.append(may_read_scripts(house))
    give(house, "attendant")
    house.delete(f"{PATH}/ana", headers=STAFF)
    seen.append(may_read_scripts(house))

    assert seen == [False, True, False, False]


def test_a_single_scope_can_be_granted_beyond_the_role(house: FlaskClient) -> None:
    give(house, "backend", grants=["scripts:read", "backend"])

    listed = house.get(PATH, headers=STAFF).json["items"]
    assert may_read_scripts(house)
    assert listed[0]["grants"] == ["scripts:read"]  # the role's own need no grant


def test_an_entry_says_who_may_what_and_who_said_so(house: FlaskClient) -> None:
    answer = give(house, "attendant", subject="auth0|5f7c", name="Ana")

    (entry,) = house.get(PATH, headers=STAFF).json["items"]
    assert answer.json == entry
    assert (entry["issuer"], entry["subject"], entry["name"]) == (NAME, "auth0|5f7c", "Ana")
    assert (entry["role"], entry["grants"], entry["made_by"]) == ("attendant", [], "operator")


def test_every_change_of_a_role_is_told(house: FlaskClient) -> None:
    give(house, "editor")
    give(house, "editor", grants=["scripts:publish"])
    house.delete(f"{PATH}/ana", headers=STAFF)

    assert [(one["action"], one["subject"], one["reason"]) for one in told(house)] == [
        ("staff.removed", "ana", "editor + scripts:publish"),
        ("staff.changed", "ana", "editor -> editor + scripts:publish"),
        ("staff.added", "ana", "editor"),
    ]


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"role": "root"}, "role"),
        ({"role": "editor", "grants": ["root"]}, "grants"),
        ({"role": "editor", "grants": ["guest"]}, "grants"),
        ({"role": "editor", "name": "a\nb"}, "name"),
        ({"role": "editor", "email": "ana@example.com"}, "email"),
        ({}, "role"),
    ],
)
def test_an_unknown_role_or_scope_is_refused_and_nothing_changes(
    house: FlaskClient, wish: dict[str, Any], path: str
) -> None:
    answer = house.put(f"{PATH}/ana", json=wish, headers=STAFF)

    assert_refused(answer, 422, "invalid")
    assert answer.json["fields"][0]["path"] == path
    assert house.get(PATH, headers=STAFF).json["items"] == []


@pytest.mark.parametrize("subject", ["a b", "ç", "x" * 256])
def test_a_subject_that_no_token_can_have_is_refused(house: FlaskClient, subject: str) -> None:
    assert_refused(give(house, "editor", subject=subject), 400, "bad_id")


def test_a_role_that_nobody_has_cannot_be_taken_away(house: FlaskClient) -> None:
    assert_refused(house.delete(f"{PATH}/ana", headers=STAFF), 404, "not_found")


def test_of_two_admins_at_once_one_is_told_to_look_again(house: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "roteiro.usecases.staff.record"

    def meanwhile(*deeds: Any, **more: Any) -> None:
        monkeypatch.setattr(place, record)
        give(house, "attendant")
        record(*deeds, **more)

    monkeypatch.setattr(place, meanwhile)

    assert_refused(give(house, "editor"), 409, "stale")
    assert house.get(PATH, headers=STAFF).json["items"][0]["role"] == "attendant"


def test_people_are_listed_page_by_page(house: FlaskClient) -> None:
    for number in range(5):
        give(house, "editor", subject=f"person-{number}")
    seen, cursor = [], ""

    while cursor is not None:
        page = house.get(f"{PATH}?limit=2&cursor={cursor}", headers=STAFF).json
        seen += [entry["subject"] for entry in page["items"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == [f"person-{number}" for number in range(5)]


def test_a_deed_of_a_person_is_told_by_their_subject_and_role(house: FlaskClient) -> None:
    give(house, "admin")

    house.put(f"{PATH}/bia", json={"role": "editor"}, headers=bearer(id_token()))

    newest = told(house)[0]
    assert (newest["who"], newest["role"], newest["subject"]) == ("ana", "admin", "bia")
