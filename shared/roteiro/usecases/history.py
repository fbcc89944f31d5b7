"""A conversation as a customer reads it again: everything that was said, by whom, each under an id of its own."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roteiro.domain.conversation import Event
from roteiro.usecases.feed import Entry, entries_of

__all__ = ["Said", "Window", "said_in", "window"]


class Said(NamedTuple):
    """One thing said, the event that holds it, and its id: `<conversation>:<seq>`, then `r` and `r2` for answers."""

    id: str
    event: Event
    entry: Entry


class Window(NamedTuple):
    """Some of what was said, oldest first, and whether there is more on either side."""

    said: Sequence[Said]
    has_older: bool
    has_newer: bool


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
    return Window(told[first:last], has_older=first > 0, has_newer=last < len(told))
