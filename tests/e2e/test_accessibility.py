"""axe finds nothing in any state of the chat page that a test can reach, in both colour schemes."""

from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.e2e.pages import Chat

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATES = ["closed", "new", "walking", "too long", "waiting", "ended"]


def violations(page: Page) -> list[Any]:
    """Run axe by evaluation: the page's policy would refuse a script tag."""
    page.evaluate(AXE)
    assert page.evaluate("axe.getRules(['wcag22aa']).length") > 0, "this axe is too old for WCAG 2.2"
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert found["passes"], "axe checked nothing"
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


def reach(chat: Chat, state: str) -> None:
    """Bring the page into a state."""
    chat.open() if state == "closed" else chat.begin()
    if state == "too long":
        chat.write("a" * 1001)
    if state == "waiting":
        chat.button("Falar com atendente").click()
        chat.hear(1)
    if state in ("walking", "ended"):
        chat.say("bati o carro ontem")
        chat.reach(1)
    if state == "ended":
        for step in range(2, 8):
            chat.say("ok")
            chat.reach(step)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong(chat: Chat, state: str, scheme: Literal["light", "dark"]) -> None:
    chat.page.emulate_media(color_scheme=scheme)

    reach(chat, state)

    assert violations(chat.page) == []


def test_axe_finds_a_planted_fault(chat: Chat) -> None:
    chat.open()
    chat.page.evaluate("document.body.append(document.createElement('button'))")

    assert "button-name" in [rule for rule, _ in violations(chat.page)]
