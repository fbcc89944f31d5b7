"""The conversations of a customer who signed in: which of them live, and whether there is room for another."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from roteiro.domain.conversation import IDLE_LIFE, Event, Head, Owner, Status, is_expired
from roteiro.domain.desk.queue import head_now
from roteiro.errors import TooManyConversations
from roteiro.ports import Clock, Store
from roteiro.usecases.heads import repair

__all__ = ["MOST_OPEN", "count_open", "live_heads", "live_sessions"]

MOST_OPEN = 100  # documented by the second seed: active sessions of one user
_OPEN = (Status.BOT, Status.WAITING, Status.HUMAN)
_MOST_HEADS = 200  # chosen: twice the open ones; what changed longer ago is not looked at
_LATE = timedelta(hours=1)  # by which a head may be older than its conversation: see `domain.desk.queue.head_after`
_NEVER_EXPIRES_S = 3600  # what is said where all wait for people: nobody knows when one is closed


def live_heads(user: str, *, store: Store, clock: Clock) -> list[Head]:
    """Return the heads of a customer's own conversations, newest first; of those that just expired some may remain."""
    since = clock.now() - IDLE_LIFE - _LATE
    heads = store.heads_of(user, _MOST_HEADS)
    return [head for head in heads if head.owner is Owner.HUMAN or head.at > since]


def live_sessions(user: str, count: int, *, store: Store, clock: Clock) -> list[Event]:
    """Return the newest events of `count` of a customer's own conversations, those that changed last first.

    Heads may be an hour old, so they say which conversations there are, never their order or what became of them: as
    many are read as it takes to know that none of the others changed later.
    """
    heads = live_heads(user, store=store, clock=clock)
    now, alive, read, settled = clock.now(), list[Event](), 0, 0
    while read < len(heads) and settled < count:
        end = _end_of_page(heads, read + count - settled)
        newest = store.newest_of([head.conversation for head in heads[read:end]])
        alive += [event for event in newest if event.state.user == user and not is_expired(event.state, now)]
        settled = sum(event.at >= heads[end].at + _LATE for event in alive) if end < len(heads) else count
        read = end
    return sorted(alive, key=lambda event: event.at, reverse=True)[:count]


def _end_of_page(heads: Sequence[Head], count: int) -> int:
    """Return where the heads end, newest first, whose conversations may be among the `count` that changed last."""
    oldest = heads[min(count, len(heads)) - 1].at
    return sum(head.at >= oldest - _LATE for head in heads)


def count_open(user: str, *, store: Store, clock: Clock) -> int:
    """Return how many conversations a customer has open; those that their heads show too long are compared.

    Raises TooManyConversations where there is no room for another.
    """
    heads = [head for head in store.heads_of(user, _MOST_HEADS) if head.status in _OPEN]
    if len(heads) < MOST_OPEN:
        return len(heads)
    now = clock.now()
    newest = store.newest_of([head.conversation for head in heads])
    still_open = [event for event in newest if _is_open(event, store, now)]
    if len(still_open) >= MOST_OPEN:
        raise TooManyConversations(_wait_s(still_open, now))
    return len(still_open)


def _is_open(newest: Event, store: Store, now: datetime) -> bool:
    if newest.state.status is Status.ERASED:
        return False
    repair(newest, store=store, now=now)
    return head_now(newest, now).status in _OPEN


def _wait_s(newest: list[Event], now: datetime) -> int:
    """Return in how many seconds the first of them expires by itself."""
    ends = [event.state.expires_at for event in newest if event.state.expires_at]
    return max(1, math.ceil((min(ends) - now).total_seconds())) if ends else _NEVER_EXPIRES_S
