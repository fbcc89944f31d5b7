"""Whether a living conversation still walks some version of a script: what a purge must know."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from roteiro.domain.conversation import Event, State, Status, is_expired
from roteiro.domain.ids import ScriptId
from roteiro.ports import Store

__all__ = ["is_pinned"]

_PAGE = 1000  # events of one read; a purge is rare, so that a walk over all of them beats an index on every turn
_OVER = (Status.CLOSED, Status.ERASED)


def is_pinned(script: ScriptId, *, store: Store, now: datetime) -> bool:
    """Say whether a conversation that may go on has begun this script, or left it to come back to."""
    return any(
        script in {state.script, *(later.script for later in state.later)}
        for state in _newest_states(store)
        if state.status not in _OVER and not is_expired(state, now)
    )


def _newest_states(store: Store) -> Iterator[State]:
    for _, events in groupby(_events(store), key=lambda event: event.conversation):
        *_, newest = events
        yield newest.state


def _events(store: Store) -> Iterator[Event]:
    after = ""
    while page := store.scan_events(after, _PAGE):
        yield from page
        after = page[-1].id
