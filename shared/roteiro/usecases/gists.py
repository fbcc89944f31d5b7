"""What lists and pages tell of a conversation without reading it: counted event by event, in each event's state."""

from dataclasses import replace

from roteiro.domain.conversation import Event, Gist
from roteiro.ports import Store
from roteiro.usecases.feed import entries_of
from roteiro.usecases.lookup import epoch_of

__all__ = ["gist_of", "with_gist"]

_TITLE = 60  # characters of the first message; documented by the second seed's contract


def with_gist(event: Event, before: Event | None) -> Event:
    """Return an event whose state tells the gist of its epoch.

    After an event of a release that did not count, nothing is counted until the next epoch.
    """
    is_first = event.seq == event.state.epoch
    known = Gist(event.at) if is_first else before.state.gist if before else None
    return replace(event, state=replace(event.state, gist=_after(known, event) if known else None))


def gist_of(newest: Event, *, store: Store) -> Gist:
    """Return the gist of a conversation; one that nobody counted is read. Raises SessionNotFound if it was erased."""
    if newest.state.gist is not None:
        return newest.state.gist
    events = epoch_of(newest, store=store)
    gist = Gist(events[0].at)
    for event in events:
        gist = _after(gist, event)
    return gist


def _after(gist: Gist, event: Event) -> Gist:
    said = sum(1 for _ in entries_of(event))
    return Gist(
        gist.since,
        gist.said + said,
        event.at if said else gist.last,
        gist.title or (event.text or "")[:_TITLE],
        event.seq if "context" in event.detail else gist.context,
    )
