"""The audit over HTTP, and who may call what of a script's life."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from roteiro.domain.canonical import checksum_of
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.audit import verify_chain
from roteiro.usecases.report import Report
from roteiro.web.identity import ALL_SCOPES
from tests.functions.life import PUBLISHER, Headers, a_topic, call, draft, lives, publish
from tests.functions.refusals import assert_refused
from tests.harness import STAFF

ROUTES = {
    "GET schema": "scripts:read", "GET 101": "scripts:read", "GET 101/draft": "scripts:read",
    "PUT 101/draft": "scripts:write", "DELETE 101/draft": "scripts:write", "POST 101/check": "scripts:write",
    "POST 101/publish": "scripts:publish", "POST 101/approve": "scripts:publish",
    "POST 101/rollback": "scripts:publish", "POST 101/restore": "scripts:publish",
    "GET 101/versions": "scripts:read", "GET 101/versions/1": "scripts:read", "GET 101/diff": "scripts:read",
    "GET 101/audit": "audit",
}  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_asks_for_its_scope_and_no_other_opens_it(
    client: FlaskClient, stored: Callable[[], list[tuple[str, str]]], staff: Callable[..., Headers], route: str
) -> None:
    method, path = route.split()
    others = staff("outra", *sorted(ALL_SCOPES - {ROUTES[route], "admin"}))
    own = staff("certa", ROUTES[route])
    before = [row for row in stored() if not row[0].startswith("key:")]  # a key notes that it was used

    nobody, wrong = (call(client, method, path, {}, staff=one) for one in ({}, others))

    assert_refused(nobody, 401, "credential_required")
    assert_refused(wrong, 403, "forbidden")
    assert [row for row in stored() if not row[0].startswith("key:")] == before
    assert call(client, method, path, {}, staff=own).status_code not in (401, 403)


def test_the_audit_says_who_did_what_newest_first(
    client: FlaskClient, gate: list[Report], staff: Callable[..., Headers]
) -> None:
    ana, auditor = staff("ana", *PUBLISHER), staff("auditora", "audit")
    draft(client, "um", staff=ana, X_Request_Id="pedido-0001")
    publish(client, 0, staff=ana)

    found = call(client, "GET", "900/audit", staff=auditor).json
    everything = client.get("/api/v1/audit?limit=4", headers=auditor).json

    published, saved = found["items"]
    assert [published["action"], saved["action"]] == ["script.published", "draft.saved"]
    assert saved == saved | {"who": "ana", "role": "editor", "script": 900, "request_id": "pedido-0001"}
    assert published["after"] == saved["after"] == checksum_of(a_topic("um"))
    assert {"key.made", "script.published"} <= {one["action"] for one in everything["items"]}
    assert everything["next_cursor"]


def test_the_audit_is_read_page_by_page_to_its_end(client: FlaskClient, gate: list[Report]) -> None:
    lives(client, "um", "dois")
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/audit?limit=3&cursor={cursor}", headers=STAFF).json
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert len(found) == len(set(found)) == 4 + 6  # two drafts and two versions; the pack's five scripts and its texts


@pytest.mark.parametrize("query", ["cursor=x", "cursor=a:b:c", "limit=0", "limit=201"])
def test_an_audit_page_of_another_kind_is_refused(client: FlaskClient, query: str) -> None:
    assert_refused(client.get(f"/api/v1/audit?{query}", headers=STAFF), 422, "invalid")


def test_what_the_routes_write_is_one_whole_chain(client: FlaskClient, gate: list[Report], database: Path) -> None:
    lives(client, "um", "dois")
    call(client, "POST", "900/rollback", {"version": 1, "note": "engano"})
    call(client, "DELETE", "900?purge=1")

    assert verify_chain("seguros", SqliteStore(str(database))) == []
