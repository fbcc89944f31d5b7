"""A small shop whose scripts the tests publish: its shelf, its people, and gates that say what they are told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.ports import Document
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.lifecycle import Wish
from roteiro.usecases.published import Kept, pointer_key
from roteiro.usecases.publishing import Admin, Plan, change
from roteiro.usecases.report import Check, Conditions, Report
from tests.factories import a_document

PACK = "loja"
TROCA, BOLETO = ScriptId(101), ScriptId(102)
PASSED = Report((Check("document", passed=True, blocking=True),))
FAILED = Report((Check("document", passed=True, blocking=True), Check("replay", passed=False, blocking=True)))
BROKEN = Report((Check("document", passed=False, blocking=True),))


class ShopClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def a_topic(message: str = "Qual produto?", script: int = TROCA, **changes: object) -> dict[str, Any]:
    """Return a document of one step that says `message`."""
    problem = {"id": script, "description": f"Assunto {script}: x"}
    return a_document(steps=1, problem=problem, script=[{"step": 1, "message": message}], **changes)


class Shop:
    """A pack on a shelf of its own, and the people who work on it."""

    def __init__(self) -> None:
        self.store = SqliteStore(":memory:")
        self.clock = ShopClock()
        self.ana = Admin(self.store, Kept(), self.clock, "ana", role="editor", request_id="pedido-0001")
        self.bia = replace(self.ana, author="bia")
        self.boss = replace(self.ana, author="chefe", role="admin")

    def publishes(self, *messages: str, script: ScriptId = TROCA, by: Admin | None = None) -> None:
        """Publish one version per message, without a gate."""
        for message in messages:
            change(PACK, by or self.ana, Plan({script: a_topic(message, script)}))

    def pointer(self) -> Document:
        return self.store.get(pointer_key(PACK)) or {}

    def published(self, script: ScriptId = TROCA) -> int:
        """Return the published version, 0 for none."""
        return int(self.pointer()["scripts"].get(str(script), {"version": 0})["version"])

    def audit(self) -> list[tuple[str, str]]:
        """Return who did what, oldest first."""
        return [(entry["who"], entry["action"]) for entry in self.store.scan(f"audit:{PACK}:")]


def told(report: Report = PASSED, *, needs_approval: bool = False) -> Conditions:
    """Return conditions whose gate always says this."""
    return Conditions(lambda pack, documents: report, needs_approval)


def a_wish(expected: int = 0, **changes: Any) -> Wish:
    """Return a wish to publish what was written beside version `expected`."""
    return replace(Wish("nota", expected), **changes)


def compiled(entries: object, background: object, progress: object = None) -> bytes:
    """Stand in for the compiler where nobody ranks: it takes a second, and its result is never read."""
    return b"an index"


Documents = Mapping[ScriptId, Mapping[str, Any]]
