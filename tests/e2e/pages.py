"""The browser of the end-to-end tests, the chat page by its roles and names, and what no page may do."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

__all__ = ["PHONE", "Answering", "Chat", "browser", "chat", "chromium", "once", "page"]

CHROMIUM = os.environ.get("ROTEIRO_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=390, height=844)
OUTPUT = Path(__file__).parents[1] / "output"
Answering = Callable[[Route], None]
OF_THE_BROWSER = "Failed to load resource"  # Chromium's own line for every HTTP error and lost connection


def once(answer: Answering) -> Answering:
    """Answer the first call in the server's place; every later one reaches the server."""
    calls: list[Route] = []

    def handle(route: Route) -> None:
        calls.append(route)
        if len(calls) == 1:
            answer(route)
        else:
            route.continue_()

    return handle


def chromium() -> str:
    """Return the browser's path; without one the test is skipped, or fails where browsers are required."""
    if Path(CHROMIUM).exists():
        return CHROMIUM
    reason = f"browser: not run, no Chromium at {CHROMIUM}"
    if os.environ.get("ROTEIRO_E2E") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    path = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


class Watch:
    """Collects what a page must never do: fail, complain, break its policy, call somebody else."""

    def __init__(self, page: Page, home: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(home).netloc
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", self._heard)
        page.on("request", self._requested)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(OF_THE_BROWSER):
            self.faults.append(f"console {message.type}: {message.text}")

    def _requested(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != self._host:
            self.faults.append(f"foreign host: {request.url}")


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A phone in Brazil that has never been here; afterwards nothing may have gone wrong in it."""
    context = browser.new_context(viewport=PHONE, locale="pt-BR", base_url=served, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    new = context.new_page()
    new.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error(`CSP ${e.violatedDirective}`))"
    )
    watch = Watch(new, served)
    yield new
    context.close()
    assert watch.faults == []


class Chat:
    """The chat page as a customer uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict[str, str]] = []
        page.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        if request.method == "POST":
            self.sent.append({"path": urlsplit(request.url).path, **(request.post_data_json or {})})

    def open(self) -> "Chat":
        """Go to the page as a new customer."""
        self.page.goto("/")
        return self

    def begin(self) -> "Chat":
        """Go to the page and skip the name."""
        self.open()
        self.button("Pular").click()
        return self

    @property
    def box(self) -> Locator:
        """Where the customer writes."""
        return self.page.get_by_role("textbox", name="Escreva sua mensagem")

    @property
    def log(self) -> Locator:
        """Everything that was said."""
        return self.page.get_by_role("log")

    @property
    def status(self) -> Locator:
        """What a screen reader is told."""
        return self.page.get_by_role("status")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """Return the button people know by this name."""
        return self.page.get_by_role("button", name=name)

    def write(self, text: str) -> None:
        """Put words into the box without sending them."""
        self.box.fill(text)

    def say(self, text: str) -> None:
        """Write and send."""
        self.write(text)
        self.button("Enviar").click()

    def reach(self, step: int) -> None:
        """Wait until the page shows a step of the accident script."""
        self.page.get_by_text(f"Etapa {step} de 7").wait_for()

    def hear(self, answers: int) -> None:
        """Wait until so many of the customer's messages have their answer; both carry their time."""
        expect(self.log.get_by_role("time")).to_have_count(2 * answers)

    def messages(self, path: str = "/chat") -> list[dict[str, str]]:
        """Return the bodies sent to one route so far."""
        return [body for body in self.sent if body["path"] == path]

    def picture(self, name: str) -> None:
        """Keep a screenshot for people to look at."""
        self.page.screenshot(path=OUTPUT / f"{name}.png")


@pytest.fixture
def chat(page: Page) -> Chat:
    """The chat page, not opened yet."""
    return Chat(page)
