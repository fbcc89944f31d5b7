"""The console of a page: blocks of JavaScript pasted one after another, with names that last, as a developer does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from playwright.sync_api import Browser, CDPSession, Page


class Console:
    """Runs JavaScript as the browser's own console does: `await` anywhere, names live on."""

    def __init__(self, page: Page, wire: CDPSession) -> None:
        self.page = page
        self._wire = wire

    @classmethod
    @contextmanager
    def opened(cls, browser: Browser, address: str) -> Iterator[Self]:
        """Open the console of a page of that address; the page's own policy does not bind it."""
        context = browser.new_context(locale="pt-BR", bypass_csp=True)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(f"{address}/docs/")
        try:
            yield cls(page, context.new_cdp_session(page))
        finally:
            context.close()

    def run(self, script: str) -> Any:
        """Return the value of the last expression, awaited; raises AssertionError with what was thrown instead."""
        asked = {"expression": script, "replMode": True, "awaitPromise": True, "returnByValue": True}
        told = self._wire.send("Runtime.evaluate", asked)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")
