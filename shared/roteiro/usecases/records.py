"""What becomes of what was said: an admin reads or erases all of it, a customer clears or erases their own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from roteiro.domain.conversation import Event, Kind, State, Status, head_of, refreshed
from roteiro.domain.ids import ConversationId, is_backend_conversation
from roteiro.domain.protocol import is_printed, owner_of
from roteiro.errors import SeatTaken, SessionNotFound
from roteiro.ports import Clock, Shelf, Store
from roteiro.usecases.inquiries import forget_all_records, forget_records
from roteiro.usecases.occasions import begun_anew
from roteiro.usecases.outbox import forget
from roteiro.usecases.turns import Answer, append, load, marks_of, retrying, write_id

__all__ = ["clear", "erase", "erase_all_of", "erase_everything", "list_events"]

_PAGE = 200
_MOST_HEADS = 1000  # conversations of one customer that one request erases; the next request goes on
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
    forget_all_records(shelf)


def erase(conversation: ConversationId, user: str | None = None, *, store: Store, shelf: Shelf, clock: Clock) -> None:
    """Erase a conversation and what it was to tell others; repeated, it finishes what was begun.

    One under a printed id is cleared for a customer: everybody may use the id again.
    `user` is the customer who asks (empty: nobody who signed in); None: the company does. Raises SessionNotFound for
    a conversation that does not exist; for a customer also if it was erased before, or is somebody else's.
    """
    if user is not None and is_printed(conversation):
        clear(conversation, user, store=store, shelf=shelf, clock=clock)
        return
    _erase_events(conversation, store, clock, user)
    _forget_told(conversation, shelf)


def erase_all_of(user: str, *, store: Store, shelf: Shelf, clock: Clock) -> int:
    """Erase every conversation of a customer who signed in; return how many."""
    erased = 0
    for head in store.heads_of(user, _MOST_HEADS):
        newest = _newest(head.conversation, store)
        if newest is None or newest.kind is Kind.ERASED:
            store.erase(head.conversation, 0)  # an erase was cut off before it came to the head
        elif newest.state.user == user:  # a head is never trusted
            erase(head.conversation, store=store, shelf=shelf, clock=clock)
            erased += 1
    return erased


def clear(conversation: ConversationId, user: str, *, store: Store, shelf: Shelf, clock: Clock) -> Event:
    """Erase what was said in a conversation that goes on: under a new number, empty, and its owner's as before.

    Returns the event with which it begins anew.
    Raises SessionNotFound for an erased or unknown conversation, or one that is not open to `user`.
    """

    def attempt() -> Answer:
        past = load(conversation, 1, store=store, clock=clock)
        newest = past.newest
        if newest is None or newest.state.status is Status.ERASED or not newest.state.is_open_to(user):
            raise SessionNotFound
        owner = owner_of(conversation, user)
        fresh = replace(begun_anew(past, newest.state.locale), user=owner, answered=past.next_seq)
        event = past.next_event("customer", Kind.MARK, refreshed(fresh, past.now))
        event = replace(event, action="clear")
        return Answer(append(event, past, store, marks_of(event, past)))

    begun = retrying(attempt, clock).event
    store.erase(conversation, begun.seq)
    store.put_head(head_of(begun))
    _forget_told(conversation, shelf)
    return begun


def _forget_told(conversation: ConversationId, shelf: Shelf) -> None:
    """Forget what a conversation was to tell others, what it put on record, and who read it: what comes is read anew.

    Reports that were given out hold public data alone, and live as long as their files.
    """
    forget(lambda other: other == conversation, shelf)
    shelf.delete_range(f"opened:{conversation}:", f"opened:{conversation};")
    forget_records(conversation, shelf)


def _erase_events(conversation: ConversationId, store: Store, clock: Clock, user: str | None = None) -> None:
    """Take the next seat with an empty event and delete everything below it."""
    for _ in range(_ATTEMPTS):
        newest = _newest(conversation, store)
        if newest is None or (user is not None and not _may_erase(newest, user)):
            raise SessionNotFound
        if newest.kind is Kind.ERASED:
            store.erase(conversation, newest.seq)
            return
        end = _erased(newest, max(clock.now(), newest.at), "admin" if user is None else "customer")
        try:
            store.append(end)
        except SeatTaken:
            continue
        store.erase(conversation, end.seq)
        return
    raise SeatTaken(conversation)


def _erased(newest: Event, at: datetime, by: str) -> Event:
    """Return the empty event that takes the seat after the newest one."""
    seq = newest.seq + 1
    empty = State(protocol="", status=Status.ERASED, epoch=seq, control=newest.state.control + 1)
    if is_backend_conversation(newest.conversation):  # made from the user's id: it must stay usable, so it only expires
        empty = replace(empty, status=Status.BOT, answered=seq, expires_at=at)
    return Event(newest.conversation, newest.pack, seq, at, by, Kind.ERASED, empty, write_id())


def _may_erase(newest: Event, user: str) -> bool:
    return newest.kind is not Kind.ERASED and newest.state.is_open_to(user)


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
