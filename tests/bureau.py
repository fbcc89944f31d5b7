"""A bureau that investigates made-up contracts for the tests: its store, clock, script, printer and files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from roteiro.domain.acting import Outcome
from roteiro.domain.cast import Agent, Cast
from roteiro.domain.contracts.records import Purchase, Source
from roteiro.domain.conversation import FileLink, State
from roteiro.domain.ids import ConversationId
from roteiro.domain.papers.reporting import Paper
from roteiro.domain.script import Completion, Record, Script, Slot
from roteiro.domain.values.value import Entity
from roteiro.errors import FilesUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.acting import Deeds, Means
from tests.factories import a_catalogue, a_script, a_state
from tests.ledgers import a_purchase
from tests.shop import ShopClock

ANA, BIA = ConversationId("c-ana-0001"), ConversationId("c-bia-0001")
YEAR = "2024-01-01..2024-12-31"
ORGANS = (
    Entity("26000", "Ministério da Saúde", data=(("siafi_code", "36000"),)),
    Entity("25000", "Ministério da Educação", data=(("siafi_code", "26000"),)),
    Entity("99000", "Ministério sem Código"),
)
CAST = Cast((Agent("anita", "Anita Garibaldi", "📊", "Analista", ""), Agent("nana", "Nanã", "🧠", "Memória", "")))


class BureauClock(ShopClock):
    """A clock that a test moves; with a `step` each look at it takes so many seconds."""

    step = 0.0

    def now(self) -> Any:
        self.time += timedelta(seconds=self.step)
        return self.time


class Bureau:
    """Makes the deeds of a request; what was printed and stored stays in `files`."""

    def __init__(self, store: Any = None, *, adapters: Sequence[str] = ("contracts",)) -> None:
        self.store = store or SqliteStore(":memory:")
        self.clock = BureauClock()
        self.files: dict[str, bytes] = {}
        self.is_full = False
        self.words = ""
        self.message = "m-1"
        self.heard: dict[int, str] = {}
        slots = {"organ": Slot("entity", "Órgão", entities=ORGANS), "period": Slot("period", "Período")}
        self.script: Script = a_script(1, slots=slots, completion=Completion(record=Record("INV")))
        self.catalogue = replace(
            a_catalogue(self.script), manners={"adapters": tuple(adapters), "cast": CAST, "lists": {"organs": ORGANS}}
        )

    def bought(self, *purchases: Purchase, source: str = "202412_Compras.csv", is_demo: bool = False) -> None:
        """Import contracts."""
        self.store.ledger().put_many(purchases)
        self.store.ledger().note_source(Source(source, "2026-11-20T18:00:00.000Z", len(purchases), is_demo))

    def deeds(self, conversation: ConversationId = ANA) -> Deeds:
        """Return what one request may do."""
        store, clock = self.store, self.clock
        return Deeds(
            Means(
                conversation,
                self.message,
                self.catalogue,
                store,
                store.ledger,
                clock,
                self,
                lambda: self,
                self.link,
                self.words,
                lambda seq: self.heard.get(seq, ""),
            )
        )

    def does(self, action: str, state: State | None = None, conversation: ConversationId = ANA) -> Outcome:
        """Do one action in a request of its own."""
        return self.deeds(conversation)(action, state or told(), self.script)

    def pdf(self, paper: Paper) -> bytes:
        """Print as the tests read it: title, mark, date and the summary."""
        words = [paper.title, paper.mark, paper.dated.isoformat(), *(one.words for one in paper.sections[0].paragraphs)]
        return "\n".join(words).encode()

    def put(self, name: str, content: bytes, kind: str) -> bool:
        """Store a file, or fail as a full disk does."""
        if self.is_full:
            raise FilesUnavailable("the disk is full")
        return self.files.setdefault(name, content) is content

    def get(self, name: str) -> bytes | None:
        """Return a stored file."""
        return self.files.get(name)

    def link(self, name: str, seconds: int = 0) -> Any:
        """Return the address of a file."""
        return FileLink("report", f"http://localhost/{name}", "application/pdf", self.clock.time)


def told(organ: Any = "26000", period: Any = YEAR, **changes: Any) -> State:
    """Return the state of somebody who named an organ and a period; None: not named."""
    slots = {"organ": organ, "period": period}
    return a_state(slots={name: value for name, value in slots.items() if value is not None}, **changes)


def many(count: int, organ: str = "36000", **given: Any) -> list[Purchase]:
    """Return ordinary contracts of as many suppliers."""
    return [
        a_purchase(f"{organ}{n}", organ=organ, supplier=f"{n:014}", initial=10_000 + n, **given) for n in range(count)
    ]
