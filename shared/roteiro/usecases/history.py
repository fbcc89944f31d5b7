"""A conversation as a customer reads it again: everything that was said, by whom, each under an id of its own."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roteiro.domain.conversation import Event
from roteiro.ports import Store
from roteiro.usecases.feed import Entry, entries_of
from roteiro.usecases.lookup import epoch_of

__all__ = ["Said", "Window", "read_window", "said_in", "window"]


class Said(NamedTuple):
    """One thing said, the event that holds it, and its id: `<conversation>:<seq>`, then `r` and `r2` for answers."""

    id: str
    event: Event
    entry: Entry


class Window(NamedTuple):
    """Some of what was said, oldest first, how much was said before it, and how much in all."""

    said: Sequence[Said]
    before: int
    total: int

    @property
    def has_older(self) -> bool:
        """Say whether something was said before."""
        return self.before > 0

    @property
    def has_newer(self) -> bool:
        """Say whether something was said after."""
        return self.before + len(self.said) < self.total

    @property
    def older(self) -> str | None:
        """Return the cursor to what was said before; None if nothing was."""
        return self.said[0].id if self.has_older and self.said else None

    @property
    def newer(self) -> str | None:
        """Return the cursor to what was said after; None if nothing was."""
        return self.said[-1].id if self.has_newer and self.said else None


def said_in(events: Sequence[Event]) -> list[Said]:
    """Return what was said in these events, in their order; what colleagues noted is not among it.

    Where a customer stands in a queue is told, not said: it is true for a moment and stored nowhere.
    """
    return [said for event in events for said in _said(event)]


def _said(event: Event) -> Iterator[Said]:
    answers = iter(("r", "r2"))  # a person's words and, in the same event, the bot's after them
    for entry in entries_of(event):
        part = "" if entry.author == "customer" else next(answers)
        yield Said(f"{event.conversation}:{event.seq}{part}", event, entry)


def _place(of: str) -> tuple[int, str]:
    """Return where an id stands among those of its conversation."""
    seq, answers, which = of.rpartition(":")[2].partition("r")
    return int(seq), answers + which


def window(told: Sequence[Said], limit: int, cursor: str = "", *, is_newer: bool = False) -> Window:
    """Return at most `limit` of what was said before `cursor` (an id; empty: the newest), or after it."""
    places = [_place(said.id) for said in told]
    if is_newer:
        first = bisect_right(places, _place(cursor)) if cursor else 0
        last = min(first + limit, len(told))
    else:
        last = bisect_left(places, _place(cursor)) if cursor else len(told)
        first = max(last - limit, 0)
    return Window(told[first:last], first, len(told))


def read_window(newest: Event, limit: int, cursor: str = "", *, is_newer: bool = False, store: Store) -> Window:
    """Return the `window` of a conversation by its newest event; read are little more than the events that it shows.

    Of a conversation that nobody counted, or whose events say little, all are read.
    Raises SessionNotFound if they were erased since that event was read.
    """
    near = _near(newest, limit, cursor, store, is_newer=is_newer) if newest.state.gist else None
    return near or window(said_in(epoch_of(newest, store=store)), limit, cursor, is_newer=is_newer)


def _near(newest: Event, limit: int, cursor: str, store: Store, *, is_newer: bool) -> Window | None:
    """Return a window of as many events as it may show messages; None if these do not fill it."""
    page = store.page(newest.conversation, _first(newest, limit, cursor, is_newer=is_newer) - 1, limit + 1)
    events = [event for event in page if event.seq <= newest.seq]
    begun, counted = events[0].state.gist if events else None, newest.state.gist
    if begun is None or counted is None:
        return None
    part = window(said_in(events), limit, cursor, is_newer=is_newer)
    whole = Window(part.said, begun.said - len(said_in(events[:1])) + part.before, counted.said)
    is_cut = whole.has_newer if is_newer else whole.has_older
    return None if is_cut and len(part.said) < limit else whole


def _first(newest: Event, limit: int, cursor: str, *, is_newer: bool) -> int:
    """Return the first event to read for a window: at the cursor, or so many before it, or before the end."""
    begin = newest.state.epoch
    if is_newer:
        return max(begin, _place(cursor)[0]) if cursor else begin
    return max(begin, (_place(cursor)[0] if cursor else newest.seq) - limit)
