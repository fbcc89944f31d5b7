"""A conversation opened at the desk: a window of its events, and what was weighed when its script was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from roteiro.domain.conversation import Event, Status
from roteiro.domain.desk.queue import choice_of, demands_of, is_match_of
from roteiro.domain.ids import ConversationId
from roteiro.errors import SessionNotFound
from roteiro.ports import Store

__all__ = ["Window", "find_choice", "newest_of", "read_window", "wanted"]

_WINDOW = 50  # events at once; spec: api, section 5
_LATELY = 8  # events in which a demand without a script is looked for; as many as a prompt holds
_BACK = 10  # windows looked through for a choice between the newest and the first: 500 events


@dataclass(frozen=True, slots=True)
class Window:
    """Which events: those after a number, those before one, or the newest."""

    after: int | None = None
    before: int | None = None

    @property
    def is_opening(self) -> bool:
        """Say whether somebody opens the conversation, and not only reads on in it."""
        return self.after is None and self.before is None


def newest_of(conversation: ConversationId, store: Store) -> Event:
    """Return the newest event. Raises SessionNotFound for a conversation that does not exist or was erased."""
    newest = next(iter(store.load(conversation, 1)), None)
    if newest is None or newest.state.status is Status.ERASED:
        raise SessionNotFound
    return newest


def read_window(conversation: ConversationId, window: Window, store: Store) -> list[Event]:
    """Return at most 50 events, oldest first."""
    if window.after is not None:
        return store.page(conversation, window.after, _WINDOW)
    if window.before is None:
        return store.load(conversation, _WINDOW)
    events = store.page(conversation, max(window.before - _WINDOW, 0) - 1, _WINDOW)
    return [event for event in events if event.seq < window.before]


def find_choice(newest: Event, store: Store) -> Event | None:
    """Return the event in which the running script was chosen, else the newest that weighed anything.

    It is looked for where it usually is: among the newest events, at the beginning, then backwards between them.
    """
    weighed: list[Event] = []
    for events in islice(_windows(newest, store), _BACK):
        found = choice_of(events, newest.state)
        if found and (newest.state.is_done or is_match_of(found, newest.state)):
            return found
        weighed += [found] if found else []
    return max(weighed, key=lambda event: event.seq, default=None)


def wanted(newest: Event, store: Store) -> list[str]:
    """Return what the customer wanted lately, as they wrote it, newest first."""
    events = store.load(newest.conversation, _LATELY)
    return demands_of([event for event in events if newest.state.epoch <= event.seq <= newest.seq])


def _windows(newest: Event, store: Store) -> Iterator[list[Event]]:
    first, epoch = newest.seq - _WINDOW + 1, newest.state.epoch
    yield store.load(newest.conversation, _WINDOW)
    if first > epoch:
        yield store.page(newest.conversation, epoch - 1, _WINDOW)
    while first > epoch + _WINDOW:
        first -= _WINDOW
        yield store.page(newest.conversation, first - 1, _WINDOW)
