"""What a customer's page follows: everything said since an event that it knows, by whom; never what colleagues note."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from roteiro.domain.conversation import Event, Status, is_expired
from roteiro.domain.ids import ConversationId
from roteiro.errors import SessionNotFound
from roteiro.ports import Clock, Store

__all__ = ["Entry", "entries_of", "follow", "newest_event"]

_PAGE = 100  # events of one answer; chosen, a page that follows reads one or two


class Entry(NamedTuple):
    """One thing said; `author` is customer, bot or human, and `name` that of a person."""

    seq: int
    author: str
    name: str
    content: str
    at: datetime


def newest_event(conversation: ConversationId, user: str, *, store: Store, clock: Clock) -> Event:
    """Return the event whose state counts, to the customer `user` (empty: nobody who signed in).

    Raises SessionNotFound for an unknown, expired or erased conversation, or somebody else's.
    """
    newest = next(iter(store.load(conversation, 1)), None)
    if newest is None or newest.state.status is Status.ERASED or is_expired(newest.state, clock.now()):
        raise SessionNotFound
    if not newest.state.is_open_to(user):
        raise SessionNotFound
    return newest


def follow(newest: Event, after: int, *, store: Store) -> tuple[list[Entry], int]:
    """Return what was said after an event, oldest first, and the event to ask after next time."""
    since = max(after, newest.state.epoch - 1)
    if since >= newest.seq:
        return [], newest.seq
    events = store.page(newest.conversation, since, _PAGE)
    told = [entry for event in events for entry in entries_of(event)]
    return told, events[-1].seq if events else newest.seq


def entries_of(event: Event) -> Iterator[Entry]:
    """Yield what an event says to the customer: their words, and what answers them."""
    if event.text is not None:
        yield Entry(event.seq, "customer", "", event.text, event.at)
    own, rest = _shares(event)
    if own:
        name = str(event.detail.get("name", "")).partition(" ")[0]
        yield Entry(event.seq, "human", name, own, event.at)
    if rest:
        yield Entry(event.seq, "bot", "", rest, event.at)


def _shares(event: Event) -> tuple[str, str]:
    """Return what a person said in a reply, and what the bot said after it; a hand-back keeps the person's words."""
    reply = event.reply or ""
    if event.by in ("customer", "bot") or event.action in ("script", "step"):
        return "", reply
    if event.action != "handback":
        return reply, ""
    own = str(event.detail.get("message", ""))
    return own, reply.removeprefix(own).lstrip("\n")
