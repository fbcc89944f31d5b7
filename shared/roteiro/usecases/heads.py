"""Heads kept true to the events: repaired when a conversation is opened, swept a few at a time, or made again whole.

Nothing is wrong while none of this runs, only untidy: a list may show a conversation that has already left it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from roteiro.domain.conversation import Event, Head, Kind, Owner, Status
from roteiro.domain.desk.queue import Only, head_after, head_now
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import stamp
from roteiro.ports import Clock, Document, Shelf, Store
from roteiro.usecases.tickets import forget_old_tickets

__all__ = ["place_in_queue", "rebuild", "repair", "sweep"]

_PLACE = "sweep:heads"  # the document that says where the sweep goes on: {"version", "after", "at"}
_EVERY = timedelta(seconds=30)  # of the whole deployment; chosen: a thousand heads are looked at in ten minutes
_MOST = 50  # heads of one sweep; spec: at most 50 documents and 200 ms after a request
_WITHIN = timedelta(milliseconds=200)
_PAGE = 500  # events of one read when everything is made again


def place_in_queue(conversation: ConversationId, *, store: Store) -> int:
    """Return a waiting customer's place among those who wait in the same pack; 1 is next."""
    head = store.find_head(conversation)
    if head is None or head.status is not Status.WAITING:
        return store.count_heads(Status.WAITING) + 1
    return store.count_heads(Status.WAITING, Only(pack=head.pack), head.place) + 1


def repair(newest: Event, *, store: Store, now: datetime) -> bool:
    """Write the head again if it does not say what the newest event says; say whether it did not."""
    true, found = head_now(newest, now), store.find_head(newest.conversation)
    if found is not None and _says(found, true):
        return False
    store.put_head(true)
    return True


def sweep(*, store: Store, shelf: Shelf, clock: Clock) -> int:
    """Forget old tickets and repair the next few heads; return how many. Second within half a minute, do nothing.

    Those that 200 ms did not suffice for come again in the next round.
    """
    began = clock.now()
    last = shelf.get(_PLACE) or {"version": 0, "after": "", "at": ""}
    if last["at"] > stamp(began - _EVERY):
        return 0
    heads = store.scan_heads(last["after"], _MOST)
    after = heads[-1].conversation if len(heads) == _MOST else ""
    if not _is_noted({"version": last["version"] + 1, "after": after, "at": stamp(began)}, shelf):
        return 0
    forget_old_tickets(store=store, clock=clock)
    since = clock.now()
    for looked_at, head in enumerate(heads):
        if clock.now() - since > _WITHIN:
            return looked_at
        _check(head, store, began)
    return len(heads)


def rebuild(*, store: Store) -> int:
    """Make every head again from the events, as the appends wrote them; return how many."""
    written, after = 0, ""
    before: Event | None = None
    head: Head | None = None
    while page := store.scan_events(after, _PAGE):
        for event in page:
            if before is None or event.conversation != before.conversation:
                written += _put(head, store)
                before = head = None
            head = None if event.kind is Kind.ERASED else (head_after(event, before) or head)
            before = event
        after = page[-1].id
    return written + _put(head, store)


def _put(head: Head | None, store: Store) -> int:
    if head is None:
        return 0
    store.put_head(head)
    return 1


def _says(found: Head, true: Head) -> bool:
    """Say whether a head shows the truth; that of a conversation the bot answers may be older than its events."""
    if true.owner is Owner.BOT:
        found = replace(found, seq=true.seq, at=true.at)
    return replace(found, waiting_since=true.waiting_since) == true


def _check(head: Head, store: Store, now: datetime) -> None:
    newest = next(iter(store.load(head.conversation, 1)), None)
    if newest is None or newest.kind is Kind.ERASED:
        store.erase(head.conversation, 0)  # an erase was cut off before it came to the head
    else:
        repair(newest, store=store, now=now)


def _is_noted(place: Document, shelf: Shelf) -> bool:
    """Note where the next sweep goes on; False if somebody else did, who sweeps now."""
    before = int(place["version"]) - 1
    return shelf.replace_if_version(_PLACE, place, before) if before else shelf.create(_PLACE, place)
