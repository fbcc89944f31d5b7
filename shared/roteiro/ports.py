"""What the use cases need from outside, as small protocols: a Store, a Shelf, a Model, a Clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from roteiro.domain.conversation import Event, Head, Mark, Status
from roteiro.domain.ids import ConversationId
from roteiro.prompting.prompt import Prompt

__all__ = ["Clock", "Document", "Model", "Shelf", "Store", "Wording"]

Document = Mapping[str, Any]  # JSON values only; `_id` is its key


class Store(Protocol):
    """Conversations. No verb changes an event; every verb raises StoreUnavailable within 3 seconds."""

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        """Return the newest `last` events of a conversation, oldest first; empty if it does not exist."""
        ...

    def append(self, event: Event, marks: Sequence[Mark] = (), head: Head | None = None) -> None:
        """Insert marks and, last, the event; nothing of the event is stored if any of them exists.

        `head` is given when it changes: written before the event when the conversation enters a queue or begins,
        after it when it leaves one, so that a list may show too much and never too little.
        Raises SeatTaken, or OutcomeUnknown when the database did not say.
        """
        ...

    def find_turn(self, conversation: ConversationId, message_key: str) -> Event | None:
        """Return the event with this message key."""
        ...

    def erase(self, conversation: ConversationId, below: int) -> None:
        """Delete the events with a `seq` under `below`, and the head."""
        ...

    def heads(self, status: Status, limit: int = 100) -> list[Head]:
        """Return the heads of one status, those who wait longest first."""
        ...

    def put_head(self, head: Head) -> None:
        """Write a head as it follows from the events; an older one never replaces a newer one."""
        ...

    def scan_events(self, after: str, limit: int) -> list[Event]:
        """Return events of all conversations in the order of their ids, beginning after the id `after`."""
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
    """An answer's text and who worded it (empty: the script)."""

    text: str
    model: str = ""


class Model(Protocol):
    """Who words an answer."""

    @property
    def is_remote(self) -> bool:
        """Say whether answering may take long or fail, so that the words must be stored first."""
        ...

    def answer(self, prompt: Prompt) -> Wording:
        """Word an answer within the turn's deadline; raises ModelUnavailable with the reason."""
        ...


class Clock(Protocol):
    """The time, passed in."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
