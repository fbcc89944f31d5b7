"""Finding what was said: under a protocol number, or in a whole conversation, page by page and never without an end."""

from collections.abc import Iterator
from typing import NamedTuple

from roteiro.domain.conversation import Event, Kind
from roteiro.domain.ids import ConversationId
from roteiro.domain.papers.transcripts import Demand, demand_of
from roteiro.domain.protocol import mark_id
from roteiro.errors import NotFound, SessionNotFound
from roteiro.ports import Clock, Store

__all__ = ["Found", "epoch_of", "look_up"]

_PAGE = 500
_MOST_PAGES = 20  # 10,000 events: an epoch has 1000 messages of the customer, and each is a few events at most


class Found(NamedTuple):
    """What stands under a number: whose it is, the events that bear it, and what became of it."""

    conversation: ConversationId
    pack: str
    events: list[Event]
    demand: Demand


def look_up(number: str, *, store: Store, clock: Clock) -> Found:
    """Return what stands under a protocol number; raises NotFound if it was never issued, or erased since."""
    conversation = store.holder(mark_id(number))
    if conversation is None:
        raise NotFound(f"nobody has the protocol {number}")
    own: list[Event] = []
    after = None
    for event in _events(conversation, -1, store):
        if event.state.protocol == number:
            own.append(event)
        elif own:  # the events of one number stand together: the next number has begun
            after = event.at
            break
    if not own:
        raise NotFound(f"the protocol {number} was erased")
    return Found(conversation, own[0].pack, own, demand_of(own, after, clock.now()))


def epoch_of(newest: Event, *, store: Store) -> list[Event]:
    """Return the events that a conversation's customer still sees: those of the newest event's epoch.

    Raises SessionNotFound if they were erased since that event was read.
    """
    events = list(_events(newest.conversation, newest.state.epoch - 1, store))
    if not events or events[-1].kind is Kind.ERASED:
        raise SessionNotFound
    return events


def _events(conversation: ConversationId, after: int, store: Store) -> Iterator[Event]:
    for _ in range(_MOST_PAGES):
        page = store.page(conversation, after, _PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].seq
