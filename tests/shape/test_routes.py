"""The route tables: complete in the documents, closed by default, none hidden behind another."""

import os
import re
import subprocess
import sys

import pytest
import yaml
from werkzeug.routing import Map, Rule

from functions.chat.main import ROUTES as CHAT
from functions.match.main import ROUTES as MATCH
from functions.scripts.main import ROUTES as SCRIPTS
from roteiro.domain.texts import LOCALES, texts_of
from roteiro.errors import InvalidSetting
from roteiro.web.answers import STATUSES
from roteiro.web.health import health
from roteiro.web.identity import Scope
from roteiro.web.routes import Route, application
from tests.harness import ROOT

ROUTES = [*CHAT, *MATCH, *SCRIPTS]
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")


def test_the_documents_made_from_the_code_are_up_to_date() -> None:
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "shared")])}

    checked = subprocess.run(
        [sys.executable, str(ROOT / "infra/write_docs.py"), "--check"],
        capture_output=True,
        text=True,
        env=os.environ | paths,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


@each_route
def test_a_route_stands_in_the_table_of_who_may_call_what(route: Route) -> None:
    access = (ROOT / "docs/access.md").read_text("utf-8")

    assert f"| `{route.method} {route.path}` | {route.allow.value} |" in access


@each_route
def test_a_route_stands_in_the_description_of_the_api(route: Route) -> None:
    described = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text("utf-8"))
    path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", route.path)

    assert described["paths"][path][route.method.lower()]["x-allow"] == route.allow.value


@each_route
def test_whoever_changes_something_or_reads_customers_words_needs_a_right(route: Route) -> None:
    of_customers = {
        "message",
        "stream",
        "events",
        "handoff",
        "rating",
        "transcript/<session_id>",
        "history/<session_id>",
        "erase",
    }
    of_customers |= {"history/<session_id>/paginated", "sessions", "sessions/<session_id>", "message", "stream"}
    is_customers = route.path in ("/initial-message", "/chat", "/chat_ai", *(f"/api/v1/chat/{p}" for p in of_customers))

    assert isinstance(route.allow, Scope)
    assert (route.allow is Scope.GUEST) == is_customers
    assert route.allow is not Scope.PUBLIC or route.method == "GET"
    assert not route.path.startswith("/api/v1/message") or route.allow is Scope.ADMIN


@each_route
def test_a_path_leads_to_its_own_route_and_to_no_other(route: Route) -> None:
    rules = Map(strict_slashes=False, merge_slashes=False)
    for one in {(other.method, other.path): other for other in ROUTES}.values():
        rules.add(Rule(one.path, methods=[one.method], endpoint=(one.method, one.path)))
    called = re.sub(r"<(?:path:)?\w+>", "x", route.path)

    for path in {called, f"{called.rstrip('/')}/"}:
        assert rules.bind("").match(path, route.method)[0] == (route.method, route.path)


@each_route
def test_the_refusals_that_a_route_names_are_documented_in_three_languages(route: Route) -> None:
    assert set(route.codes) <= STATUSES.keys()
    assert all(f"error.{code}" in texts_of(locale) for code in route.codes for locale in LOCALES)


def test_a_route_that_says_nothing_of_who_may_call_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="allow"):
        Route("GET", "/open", health, summary="Open by accident")  # type: ignore[call-arg]


def test_two_routes_of_one_method_and_path_stop_the_start() -> None:
    twice = [Route("GET", "/health", health, Scope.PUBLIC, "Once")] * 2

    with pytest.raises(InvalidSetting, match="same method and path"):
        application(twice, lambda: pytest.fail("no house is built at start"))


def test_every_refusal_has_its_sentence_in_three_languages_and_its_line_in_the_documents() -> None:
    errors = (ROOT / "docs/errors.md").read_text("utf-8")

    for code in STATUSES:
        assert f"| `{code}` |" in errors, code
        assert len({texts_of(locale)[f"error.{code}"] for locale in LOCALES}) == len(LOCALES), code
