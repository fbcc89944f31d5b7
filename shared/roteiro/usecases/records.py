"""What an admin may do with what was said: read it page by page, erase it all."""

from collections.abc import Iterator
from dataclasses import replace

from roteiro.domain.conversation import Event, Kind, State, Status
from roteiro.domain.ids import ConversationId, is_backend_conversation
from roteiro.errors import SeatTaken, SessionNotFound
from roteiro.ports import Clock, Shelf, Store
from roteiro.usecases.outbox import forget
from roteiro.usecases.turns import write_id

__all__ = ["erase", "erase_everything", "list_events"]

_PAGE = 200
_ATTEMPTS = 8  # seats an erase may lose to running turns


def list_events(after: str, limit: int, *, store: Store) -> tuple[list[Event], str | None]:
    """Return events after the id `after`, without erased ones, and the cursor of the next page (None at the end)."""
    events = store.scan_events(after, limit)
    cursor = events[-1].id if len(events) == limit else None
    return [event for event in events if event.kind is not Kind.ERASED], cursor


def erase_everything(*, store: Store, shelf: Shelf, clock: Clock) -> None:
    """Erase every conversation; each leaves an event without text, so that a late reply finds nothing to add to."""
    for conversation in _conversations(store):
        _erase_events(conversation, store, clock)
    forget(lambda conversation: _is_erased(conversation, store), shelf)
    shelf.delete_range("opened:", "opened;")


def erase(conversation: ConversationId, *, store: Store, shelf: Shelf, clock: Clock) -> None:
    """Erase a conversation and what it was to tell others; repeated, it finishes what was begun.

    Raises SessionNotFound for a conversation that does not exist.
    """
    _erase_events(conversation, store, clock)
    forget(lambda other: other == conversation, shelf)
    shelf.delete_range(f"opened:{conversation}:", f"opened:{conversation};")  # what comes next is read anew


def _erase_events(conversation: ConversationId, store: Store, clock: Clock) -> None:
    """Take the next seat with an empty event and delete everything below it."""
    for _ in range(_ATTEMPTS):
        newest = _newest(conversation, store)
        if newest is None:
            raise SessionNotFound
        if newest.kind is Kind.ERASED:
            store.erase(conversation, newest.seq)
            return
        at = max(clock.now(), newest.at)
        empty = State(protocol="", status=Status.ERASED, epoch=newest.seq + 1, control=newest.state.control + 1)
        if is_backend_conversation(conversation):  # made from the user's id: it must stay usable, so it only expires
            empty = replace(empty, status=Status.BOT, answered=newest.seq + 1, expires_at=at)
        end = Event(conversation, newest.pack, newest.seq + 1, at, "admin", Kind.ERASED, empty, write_id())
        try:
            store.append(end)
        except SeatTaken:
            continue
        store.erase(conversation, end.seq)
        return
    raise SeatTaken(conversation)


def _newest(conversation: ConversationId, store: Store) -> Event | None:
    return next(iter(store.load(conversation, 1)), None)


def _is_erased(conversation: ConversationId, store: Store) -> bool:
    newest = _newest(conversation, store)
    return newest is not None and newest.kind is Kind.ERASED


def _conversations(store: Store) -> Iterator[ConversationId]:
    """Return every conversation that still has words, each once."""
    after = ""
    while events := store.scan_events(after, _PAGE):
        yield from dict.fromkeys(e.conversation for e in events if e.kind is not Kind.ERASED)
        after = events[-1].id
