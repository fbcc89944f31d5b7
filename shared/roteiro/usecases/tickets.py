"""Tickets that no longer count are deleted, a bounded number at a time; nothing is wrong while they stay."""

from datetime import timedelta

from roteiro.ports import Clock, Store

__all__ = ["forget_old_tickets"]

_OLD = timedelta(minutes=2)  # a window of one minute, and as much for clocks that differ
_PAGE = 500  # tickets of one command; chosen: a short write, some milliseconds on either database
_WITHIN = timedelta(milliseconds=200)  # after this no further page is begun; spec: bounded work after a request


def forget_old_tickets(*, store: Store, clock: Clock) -> int:
    """Delete tickets older than two minutes; return how many. What 200 ms did not suffice for goes the next time."""
    began = clock.now()
    gone = page = store.forget_tickets(began - _OLD, _PAGE)
    while page == _PAGE and clock.now() - began <= _WITHIN:
        page = store.forget_tickets(began - _OLD, _PAGE)
        gone += page
    return gone
