"""What the use cases need from outside, as small protocols: a Store, a Shelf, a Model, a Clock and their like."""

from array import array
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from roteiro.domain.authoring.rows import Row
from roteiro.domain.contracts.records import Aggregate, Counts, Item, Note, Purchase, Record, Source
from roteiro.domain.contracts.scope import Scope, SupplierShare
from roteiro.domain.conversation import Event, Head, Mark, Status
from roteiro.domain.desk.queue import ALL, LAST_PLACE, MOST_COUNTED, Only
from roteiro.domain.faults import OwnFault
from roteiro.domain.ids import ConversationId
from roteiro.domain.papers.reporting import Paper
from roteiro.domain.tickets import Ticket
from roteiro.prompting.ballot import Ballot
from roteiro.prompting.prompt import Prompt

__all__ = [
    "Clock",
    "Delivered",
    "Document",
    "Embedded",
    "Embedder",
    "Files",
    "Formats",
    "Ledger",
    "Letter",
    "Model",
    "Printer",
    "Progress",
    "Sender",
    "Shelf",
    "Store",
    "Vector",
    "Vote",
    "Voter",
    "Wording",
]

Document = Mapping[str, Any]  # JSON values only; `_id` is its key
Progress = Callable[[float], None]  # hears the share done, 0..1
Vector: TypeAlias = "array[float]"  # a sentence's direction, of length 1


class Store(Protocol):
    """Conversations. No verb changes an event; every verb raises StoreUnavailable within 3 seconds."""

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        """Return the newest `last` (1 or more) events of a conversation, oldest first; empty if it does not exist."""
        ...

    def newest_of(self, conversations: Sequence[ConversationId]) -> list[Event]:
        """Return the newest event of each conversation that exists, in their order, 200 at most, in few trips' time."""
        ...

    def load_with_tickets(
        self, conversation: ConversationId, last: int, keys: Sequence[str]
    ) -> tuple[list[Event], list[Ticket | None]]:
        """Return what `load` does, and the newest ticket of each key (None: there is none), in the time of one trip."""
        ...

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        """Insert marks and tickets as listed and, last, the event; nothing of it is stored if any of them exists.

        `head` is given when it changes: written before the event when the conversation enters a queue or begins,
        after it when it leaves one, so that a list may show too much and never too little.
        Raises SeatTaken, or OutcomeUnknown when the database did not say, or wrote the event and perhaps not the head.
        """
        ...

    def find_turn(self, conversation: ConversationId, message_key: str) -> Event | None:
        """Return the event with this message key."""
        ...

    def erase(self, conversation: ConversationId, below: int) -> None:
        """Delete the events with a `seq` under `below`, and the head."""
        ...

    def heads(self, status: Status, limit: int = 100, *, only: Only = ALL, after: str = "") -> list[Head]:
        """Return the heads of one status by their `place`, beginning after the place `after`."""
        ...

    def count_heads(self, status: Status, only: Only = ALL, before: str = LAST_PLACE, most: int = MOST_COUNTED) -> int:
        """Return how many heads of one status have a place below `before`; `most` stands for that many and more."""
        ...

    def find_head(self, conversation: ConversationId) -> Head | None:
        """Return the head of a conversation."""
        ...

    def scan_heads(self, after: str, limit: int) -> list[Head]:
        """Return heads of every status by the id of their conversation, beginning after the id `after`."""
        ...

    def recent(self, pack: str, limit: int) -> list[Head]:
        """Return the heads of a pack's conversations, those that changed last first."""
        ...

    def heads_of(self, user: str, limit: int) -> list[Head]:
        """Return the heads of a customer's own conversations, those that changed last first."""
        ...

    def put_head(self, head: Head) -> None:
        """Write a head as it follows from the events; an older one never replaces a newer one."""
        ...

    def scan_events(self, after: str, limit: int) -> list[Event]:
        """Return events of all conversations in the order of their ids, beginning after the id `after`."""
        ...

    def page(self, conversation: ConversationId, after: int, limit: int) -> list[Event]:
        """Return the first `limit` events of a conversation with a `seq` above `after`, oldest first."""
        ...

    def forget_tickets(self, before: datetime, most: int) -> int:
        """Delete `most` tickets at most that are older than a moment; return how many."""
        ...

    def holder(self, mark: str) -> ConversationId | None:
        """Return the conversation that took a mark, such as `~p:<protocol number>`; None if nobody did."""
        ...


class Shelf(Protocol):
    """Scripts, versions, packs, indexes, keys: documents by key; and counters."""

    def get(self, key: str) -> Document | None:
        """Return the document, or None."""
        ...

    def create(self, key: str, document: Document) -> bool:
        """Insert a document; False if the key exists."""
        ...

    def replace_if_version(self, key: str, document: Document, version: int) -> bool:
        """Replace the document whose `version` is this one; False if it is not."""
        ...

    def scan(self, prefix: str, after: str = "", limit: int = 200) -> list[Document]:
        """Return documents whose key begins with `prefix`, by key, beginning after the key `after`."""
        ...

    def delete_range(self, first: str, last: str) -> int:
        """Delete the documents with `first` <= key < `last`; return how many."""
        ...

    def next_number(self, name: str, by: int = 1) -> int:
        """Add to a counter and return its new value; counters begin at 0."""
        ...


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer's text, who worded it (empty: the script), and the tokens it cost (0: its server did not say)."""

    text: str
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


class Model(Protocol):
    """Who words an answer."""

    @property
    def is_remote(self) -> bool:
        """Say whether answering may take long or fail, so that the words must be stored first."""
        ...

    @property
    def is_resting(self) -> bool:
        """Say whether it failed so often of late that it is not called now."""
        ...

    def answer(self, prompt: Prompt) -> Wording:
        """Word an answer within the turn's deadline; raises ModelUnavailable with the reason."""
        ...

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        """Give the text of an answer as it comes, "" now and then while nothing does; return what `answer` returns.

        Who stops listening ends the call.
        """
        ...


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of length 1, one per text and in the texts' order, and the tokens they cost."""

    vectors: tuple[Vector, ...]
    tokens: int = 0


class Embedder(Protocol):
    """Who turns sentences into vectors."""

    @property
    def name(self) -> str:
        """Return the model's name: vectors of two models cannot be compared."""
        ...

    def embed(self, texts: Sequence[str], within: float | None = None) -> Embedded:
        """Embed texts within so many seconds, None: a turn's share; raises ModelUnavailable with the reason."""
        ...


@dataclass(frozen=True, slots=True)
class Vote:
    """The label of a ballot that was chosen, and the tokens it cost."""

    label: str
    tokens: int = 0


class Voter(Protocol):
    """Who is asked when the ranking is unsure; a vote, never a verdict."""

    def vote(self, ballot: Ballot) -> Vote:
        """Choose one label within the turn's deadline; raises ModelUnavailable with the reason."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """What another system is told: the same `id` and `body` (JSON) at every try; `secret` names a signing secret."""

    id: str
    url: str
    secret: str
    body: bytes
    timeout_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one try: the receiver's HTTP status, or 0 and why there is none; forbidden: never ask again."""

    status: int
    reason: str = ""
    is_forbidden: bool = False


class Sender(Protocol):
    """Who tells other systems, signed and only where it is allowed to."""

    def check(self, url: str, secret: str) -> Sequence[OwnFault]:
        """Return why nothing could ever be sent there, and whether the secret is missing in the settings."""
        ...

    def send(self, letter: Letter, at: datetime) -> Delivered:
        """Try once, within the letter's time-out; whatever goes wrong is told by the answer."""
        ...


class Formats(Protocol):
    """Who reads and writes files of scripts, in `json`, `yaml` or `csv`."""

    def read(self, content: bytes, form: str) -> Iterable[Row]:
        """Return the rows of a file; what cannot be read is a row with faults."""
        ...

    def write(self, documents: Iterable[Document], form: str) -> bytes:
        """Return checked documents as a file; the same documents always give the same bytes."""
        ...


class Printer(Protocol):
    """Who makes a paper that people keep."""

    def pdf(self, paper: Paper) -> bytes:
        """Return a paper as a PDF; the same paper always gives the same bytes."""
        ...


class Files(Protocol):
    """Files for people, such as reports. A file never changes; every verb raises FilesUnavailable.

    A name is flat and told by `domain.papers.filenames`; another one raises InvalidRequest (`bad_id`).
    """

    def put(self, name: str, content: bytes, kind: str) -> bool:
        """Store a file of a content type, whole or not at all; False if the name is taken."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return a file, or None."""
        ...

    def link(self, name: str, seconds: int) -> str | None:
        """Return an address that downloads the file for so long and without us; None where there is no such thing."""
        ...


class Ledger(Protocol):
    """Public contracts. Days are ISO-8601, periods include both ends; every verb raises StoreUnavailable."""

    def put_many(self, records: Sequence[Record]) -> Counts:
        """Keep records of one kind by their ids; what an older edition says replaces nothing."""
        ...

    def note_source(self, source: Source) -> None:
        """Keep that a file was read, in the place of what was known of it."""
        ...

    def sources(self) -> list[Source]:
        """Return the files that were read, by name."""
        ...

    def forget(self, prefix: str) -> None:
        """Delete all records whose id begins with `prefix`, and with the synthetic sample's the sources of it."""
        ...

    def purchases(self, organ: str, start: str, end: str, after: str = "", limit: int = 500) -> list[Purchase]:
        """Return an organ's contracts signed in a period, by their places, beginning after the place `after`."""
        ...

    def items(self, contracts: Sequence[str]) -> list[Item]:
        """Return the items of contracts, by id; at most 1,000 contracts at once."""
        ...

    def purchases_of(self, ids: Sequence[str]) -> list[Purchase]:
        """Return those contracts of these ids that there are, by id; at most 1,000 at once."""
        ...

    def notes(self, contracts: Sequence[str]) -> list[Note]:
        """Return what was noted on contracts later, by id; at most 1,000 contracts at once."""
        ...

    def prices(self, kind: str, limit: int) -> list[int]:
        """Return prices in cents of items of a kind: of more than `limit` a fair draw, whoever bought them, always one.

        It changes only where items do.
        """
        ...

    def aggregates(self, organ: str, start: str, end: str) -> Aggregate:
        """Return how much an organ's contracts of a period are together."""
        ...

    def span(self, organ: str) -> tuple[str, str] | None:
        """Return the days of an organ's first and last contract; None if it has none."""
        ...

    def total(self, scope: Scope) -> Aggregate:
        """Return how much the contracts of a scope are together."""
        ...

    def largest(self, scope: Scope, limit: int) -> list[Purchase]:
        """Return the contracts of a scope with the greatest final values, the greatest first, then by place."""
        ...

    def top_suppliers(self, scope: Scope, limit: int, *, by_count: bool = False) -> list[SupplierShare]:
        """Return the suppliers with the greatest sums in a scope, the greatest first, then by their codes.

        `by_count`: those with most contracts, of as many the greatest sum first.
        """
        ...


class Clock(Protocol):
    """The time, passed in."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
