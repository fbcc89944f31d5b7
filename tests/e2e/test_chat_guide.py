"""Every example of docs/chat-api.md does what the page says: `curl` at a real server, `fetch` in a real Chromium.

The browser is on another origin than the API, as a company's own page is.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from functions.chat.main import ROUTES
from roteiro.web.routes import Route
from tests.e2e.console import Console
from tests.guide import HOST, PAGE, Block, Got, Shell, blocks, is_part
from tests.server import Server

CURLS, SCRIPTS = blocks("sh"), blocks("js")
OF_CUSTOMERS = [route for route in ROUTES if route.path.startswith(("/api/v1/chat/", "/api/v1/protocol/"))]
STATING = [block for block in SCRIPTS if block.stated is not None]


class Shop(NamedTuple):
    """A server, and an ID token that it printed at its start."""

    url: str
    id_token: str


PLACES = {
    "${CHAT}": "/api/v1/chat",
    "${API}": "",
    "$API": "",
    **dict.fromkeys(("$REPORT", "paper.href"), "`/api/v1/chat/reports/one.pdf`"),
    **dict.fromkeys(("$TABLE", "table.href"), "`/api/v1/chat/reports/one.csv`"),
    **dict.fromkeys(("$DATA", "data.href"), "`/api/v1/chat/reports/one.json`"),
}


def with_places(text: str) -> str:
    for name, place in PLACES.items():
        text = text.replace(name, place)
    return text


def each(block: Block) -> str:
    return block.name


@pytest.fixture(scope="module")
def shop(both_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("guide")
    shutil.copy(both_packs, folder / "roteiro.db")
    with Server(f"sqlite:///{folder / 'roteiro.db'}", folder) as server:
        yield Shop(server.url, re.findall(r"eyJ\S+", (folder / "server.log").read_text())[0])


@pytest.fixture(scope="module")
def answers(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Got]:
    """What each `curl` of the page gave, run in the page's order; by the line of its block."""
    if shutil.which("curl") is None:
        pytest.skip("guide: not run, no curl here")
    shell = Shell(shop.url, tmp_path_factory.mktemp("shell"), shop.id_token)
    return {block.line: shell.run(block) for block in CURLS}


@pytest.fixture(scope="module")
def values(shop: Shop, browser: Browser) -> Iterator[Mapping[int, Any]]:
    """What the last line of each `js` block is, pasted in the page's order into a console on another origin."""
    with Console.opened(browser, shop.url.replace("127.0.0.1", "localhost")) as console:
        console.run(f"globalThis.ID_TOKEN = {json.dumps(shop.id_token)}")
        yield {block.line: console.run(block.text.replace(HOST, shop.url)) for block in SCRIPTS}


@pytest.mark.parametrize("block", CURLS, ids=each)
def test_a_curl_answers_with_the_status_and_the_fields_that_the_guide_shows(
    answers: Mapping[int, Got], block: Block
) -> None:
    got = answers[block.line]

    assert got.status == block.stated, got.body.decode()
    if block.sample is not None:
        assert is_part(block.sample, json.loads(got.body)), got.body.decode()


@pytest.mark.browser
@pytest.mark.parametrize("block", STATING, ids=each)
def test_a_fetch_gives_what_the_guide_says_in_a_browser_on_another_origin(
    values: Mapping[int, Any], block: Block
) -> None:
    assert values[block.line] == block.stated


def test_what_the_guide_saves_in_files_is_on_paper(answers: Mapping[int, Got]) -> None:
    saved = [answers[block.line].body[:4] for block in CURLS if " -o " in block.text]

    assert saved == [b"%PDF", b"%PDF"]


def test_the_guide_lists_every_route_of_customers_and_no_other() -> None:
    listed = re.findall(r"^\| \[(\w+) `(\S+)`\]", PAGE.read_text("utf-8"), flags=re.MULTILINE)

    routes = [(route.method, re.sub(r"<(\w+)>", r"{\1}", route.path)) for route in OF_CUSTOMERS]

    assert sorted(listed) == sorted(routes)


@pytest.mark.parametrize("language", ["sh", "js"])
@pytest.mark.parametrize("route", OF_CUSTOMERS, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_of_customers_has_an_example(route: Route, language: str) -> None:
    path = "".join(
        r"[^/\s\"`]+" if part[0] == "<" else re.escape(part) for part in re.findall(r"<\w+>|[^<]+", route.path)
    )
    asked = re.compile(path + r"[\"`?]")

    examples = [block.text for block in blocks(language) if asked.search(with_places(block.text))]

    assert any(("DELETE" in example) == (route.method == "DELETE") for example in examples)
