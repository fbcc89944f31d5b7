"""The queue as attendants see it: a page of heads, the counts of the columns, and what each line says.

The page is read from heads alone; a line's details come from its conversation's events, which never change, so that an
instance keeps them until the conversation moves on.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, Head, Owner, State, Status
from roteiro.domain.desk.queue import ALL, Only, choice_of, is_match_of, last_words, unread_of
from roteiro.domain.script import Script
from roteiro.domain.turn.heard import running
from roteiro.errors import NotFound
from roteiro.ports import Store
from roteiro.prompting.masking import mask
from roteiro.usecases.published import Kept

__all__ = ["COLUMNS", "Line", "Listed", "Page", "Wish", "line_of", "read_page", "script_of"]

# What people see as one column, by the name that the API gives it. Who is with the bot and done is closed too.
COLUMNS: Mapping[str, tuple[Status, ...]] = {
    "waiting": (Status.WAITING,),
    "human": (Status.HUMAN,),
    "bot": (Status.BOT,),
    "closed": (Status.CLOSED, Status.ENDED),
}
_LOOKED_AT = 20  # events a line is made of: its unread messages are counted up to that many
_LONGEST_TEXT = 120  # characters of the last message in a line; spec: api, queue item


@dataclass(frozen=True, slots=True)
class Wish:
    """Which page: the statuses, further filters, mine (True), of others (False) or all, and where it begins."""

    me: str
    statuses: tuple[Status, ...] = (Status.WAITING, Status.HUMAN)
    only: Only = ALL
    is_mine: bool | None = None
    after: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A head with the number of its conversation's newest event."""

    head: Head
    seq: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some heads in the order of the queue, the length of every column, and the place where the next page begins."""

    listed: Sequence[Listed]
    counts: Mapping[str, int]
    following: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says beside its head: the newest state, the choice of the script, and the customer's last words."""

    seq: int  # of the newest event that it is made of
    state: State
    choice: Event | None
    last_text: str  # masked
    unread: int


def read_page(wish: Wish, store: Store) -> Page:
    """Return a page by deadline, then by the beginning of the wait, with the counts under the same filters."""
    found = list(islice(_heads(wish, store), wish.limit + 1))
    shown = found[: wish.limit]
    following = shown[-1].place if len(found) > wish.limit else None
    return Page([Listed(head, _newest(head, store)) for head in shown], _counts(wish, store), following)


def line_of(listed: Listed, store: Store, kept: Kept) -> Line | None:
    """Return what a line says; None if the conversation is gone.

    The head of whoever enters the queue is written before the event: while it is ahead, its line is not kept.
    """
    key = f"line:{listed.head.conversation}:{listed.seq}"
    line: Line | None = kept.last(key)
    if line is None:
        events = store.load(listed.head.conversation, _LOOKED_AT)
        line = _line(events, store) if events else None
    return kept.get(key, lambda: line) if line and line.seq >= listed.seq else line


def script_of(state: State, catalogue: Catalogue) -> Script | None:
    """Return the running script as this conversation walks it; None also for one that was purged after the end."""
    with suppress(NotFound):
        return running(state, catalogue) if state.script is not None else None
    return None


def _line(events: list[Event], store: Store) -> Line:
    newest = events[-1]
    choice = choice_of(events, newest.state)
    if (choice is None or not is_match_of(choice, newest.state)) and events[0].seq > newest.state.epoch:
        opening = store.page(newest.conversation, newest.state.epoch - 1, _LOOKED_AT)
        choice = choice_of([*opening, *events], newest.state)
    # Masked before it is cut, so that no half of a number is left; what is far beyond the cut costs nothing.
    said = mask(last_words(events)[: 2 * _LONGEST_TEXT].replace("\n", " "))[:_LONGEST_TEXT]
    return Line(newest.seq, newest.state, choice, said, unread_of(events))


def _heads(wish: Wish, store: Store) -> Iterator[Head]:
    """Yield the heads of all wanted statuses in one order."""
    only = replace(wish.only, assigned=wish.me) if wish.is_mine else wish.only
    lists = (_of_status(status, only, wish, store) for status in wish.statuses)
    merged = merge(*lists, key=lambda head: head.place)
    return merged if wish.is_mine is not False else (head for head in merged if head.assigned != wish.me)


def _of_status(status: Status, only: Only, wish: Wish, store: Store) -> Iterator[Head]:
    size, after = wish.limit + 1, wish.after
    while page := store.heads(status, size, only=only, after=after):
        yield from page
        if len(page) < size:
            return
        after = page[-1].place


def _newest(head: Head, store: Store) -> int:
    """Return the newest event's number: the head's own while it is written with every event, else one small read."""
    if head.owner is Owner.HUMAN:
        return head.seq
    newest = store.load(head.conversation, 1)
    return newest[-1].seq if newest else head.seq


def _counts(wish: Wish, store: Store) -> dict[str, int]:
    counted = {name: sum(store.count_heads(one, wish.only) for one in column) for name, column in COLUMNS.items()}
    human = counted.pop("human")
    mine = store.count_heads(Status.HUMAN, replace(wish.only, assigned=wish.me))
    return {**counted, "mine": mine, "team": human - mine}
