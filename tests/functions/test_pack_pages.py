"""The public pages of a pack: suggestions, agents, and what a page needs before the first message."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from roteiro.domain.cast import Cast
from roteiro.domain.pack import Pack
from roteiro.errors import StoreUnavailable
from roteiro.files.packs.folders import read_pack
from roteiro.settings import read_settings
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.publishing import Admin
from roteiro.wiring import open_house
from tests.harness import ROOT

PAGES = [f"/api/v1/chat/{name}" for name in ("suggestions", "agents", "config")]
CONTRACTS = read_pack(ROOT / "packs/transparencia").pack


def load(pack: Pack, database: Path) -> None:
    house = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": f"sqlite:///{database}"}))
    load_pack(pack, {}, Admin(house.shelf, house.kept, house.clock, LOADER))
    house.store.close()  # type: ignore[attr-defined] # the SQLite store's own


@pytest.fixture
def both(database: Path, serve: Callable[..., FlaskClient]) -> FlaskClient:
    """Serve with the contracts pack loaded beside the insurance pack, without scripts."""
    load(CONTRACTS, database)
    return serve()


@pytest.fixture
def store_down(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Take the shelf away."""

    def away(*_: object) -> None:
        raise StoreUnavailable

    def take() -> None:
        for verb in ("get", "scan"):
            monkeypatch.setattr(SqliteStore, verb, away)

    return take


def test_suggestions_begin_with_the_two_that_the_seed_documents(both: FlaskClient) -> None:
    shown = both.get(PAGES[0]).json

    assert shown[:2] == [
        {
            "id": "investigate",
            "label": "Investigar contratos",
            "icon": "search",
            "action": "Quero investigar contratos do Ministério da Saúde",
        },
        {
            "id": "anomalies",
            "label": "Ver anomalias recentes",
            "icon": "alert-circle",
            "action": "Mostre as principais anomalias detectadas",
        },
    ]


def test_agents_have_all_their_keys_and_begin_with_the_documented_ones(both: FlaskClient) -> None:
    shown = both.get(PAGES[1]).json

    assert [agent["id"] for agent in shown[:2]] == ["abaporu", "zumbi"]
    assert {tuple(agent) for agent in shown} == {("id", "name", "avatar", "role", "description", "status")}


def test_a_page_knows_all_it_needs_before_the_first_message(both: FlaskClient) -> None:
    shown = both.get(f"{PAGES[2]}?pack=seguros").json

    assert (shown["pack"], [entry["id"] for entry in shown["entries"]]) == ("seguros", ["complain", "cancel", "person"])
    assert shown["texts"].keys() == shown["privacy"].keys() == {"pt-BR", "en", "es"}
    assert shown["limits"]["message_characters"] == 1000
    assert shown["hours"]["weekdays"]


def test_a_pack_that_is_no_regulated_service_offers_a_person_alone(both: FlaskClient) -> None:
    assert [entry["id"] for entry in both.get(PAGES[2]).json["entries"]] == ["person"]


@pytest.mark.parametrize("entry", ["complain", "person"])
@pytest.mark.parametrize("locale", ["pt-BR", "en", "es"])
def test_a_fixed_entry_says_what_brings_a_person(both: FlaskClient, entry: str, locale: str) -> None:
    entries = both.get(f"{PAGES[2]}?pack=seguros").json["entries"]
    action = next(one["action"][locale] for one in entries if one["id"] == entry)

    answer = both.post("/api/v1/chat/message", json={"message": action, "pack": "seguros"})

    assert answer.json["status"] == "waiting"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("query", "pack"), [("", "transparencia"), ("?pack=", "transparencia"), ("?pack=seguros", "seguros")]
)
def test_the_wanted_pack_is_shown_where_it_is_loaded(both: FlaskClient, page: str, query: str, pack: str) -> None:
    shown = both.get(f"{page}{query}")

    assert shown.json == both.get(f"{page}?pack={pack}").json
    assert (shown.json != both.get(f"{page}?pack=seguros").json) == (pack != "seguros")


@pytest.mark.parametrize("page", PAGES)
def test_a_pack_that_is_not_loaded_is_not_found(both: FlaskClient, page: str) -> None:
    answer = both.get(f"{page}?pack=nada")

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_the_one_loaded_pack_is_shown_where_the_default_is_not(client: FlaskClient) -> None:
    assert client.get(PAGES[2]).json["pack"] == "seguros"


def test_a_name_that_no_pack_can_have_is_refused(client: FlaskClient) -> None:
    assert client.get(f"{PAGES[0]}?pack=a/b").status_code == 422


@pytest.mark.parametrize("page", PAGES)
def test_anybody_may_keep_a_page_for_five_minutes_and_ask_whether_it_is_still_right(
    both: FlaskClient, page: str
) -> None:
    first = both.get(page)
    again = both.get(page, headers={"If-None-Match": first.headers["ETag"]})
    other = both.get(page, headers={"If-None-Match": '"another"'})

    assert [answer.status_code for answer in (first, again, other)] == [200, 304, 200]
    assert {answer.headers["Cache-Control"] for answer in (first, again)} == {"public, max-age=300"}
    assert "Roteiro-Stale" not in first.headers


def test_a_pack_loaded_anew_is_shown_at_once(both: FlaskClient, database: Path) -> None:
    before = both.get(PAGES[1]).json
    load(replace(CONTRACTS, cast=Cast()), database)

    assert (before != [], both.get(PAGES[1]).json) == (True, [])


@pytest.mark.parametrize("page", PAGES)
def test_while_the_store_is_away_a_warm_instance_shows_its_copy(
    both: FlaskClient, page: str, store_down: Callable[[], None]
) -> None:
    before = both.get(PAGES[0] if page != PAGES[0] else PAGES[1])
    fresh = both.get(page).json
    store_down()

    shown = both.get(page)

    assert (before.status_code, shown.status_code, shown.json) == (200, 200, fresh)
    assert shown.headers["Roteiro-Stale"] == "1"


@pytest.mark.parametrize("page", PAGES)
def test_while_the_store_is_away_a_cold_instance_says_so(
    both: FlaskClient, page: str, store_down: Callable[[], None]
) -> None:
    store_down()

    assert both.get(page).status_code == 503
