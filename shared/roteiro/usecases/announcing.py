"""A store that announces what an event sends before the event is stored, whoever appends it: nobody can forget to."""

from collections.abc import Sequence
from typing import Any

from roteiro.domain.conversation import Event, Head, Mark
from roteiro.domain.tickets import Ticket
from roteiro.ports import Clock, Shelf, Store
from roteiro.usecases.outbox import announce

__all__ = ["AnnouncingStore"]


class AnnouncingStore:
    """A Store; every verb but `append` is that of the store inside."""

    def __init__(self, store: Store, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        """Insert an event as the store does; one that sends nothing costs nothing more."""
        announce(event, self._shelf, self._clock)
        self._store.append(event, marks, head)
