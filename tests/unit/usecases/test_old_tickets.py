"""Tickets that no longer count go with the sweep: all that are old, and no more at once than fits into little time."""

from datetime import datetime, timedelta

import pytest

from roteiro.domain.tickets import Stub, Ticket
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.tickets import forget_old_tickets
from tests.factories import an_event
from tests.shop import ShopClock


class SlowClock(ShopClock):
    """A clock by which every page takes 90 ms."""

    def now(self) -> datetime:
        self.sleep(0.09)
        return super().now()


def with_tickets(*ages_s: float) -> SqliteStore:
    """Return a store with a ticket of each age, in seconds."""
    store, now = SqliteStore(":memory:"), ShopClock().now()
    made = [Ticket("k", seq, (Stub(now - timedelta(seconds=age), "r"),)) for seq, age in enumerate(ages_s)]
    store.append(an_event(0), made)
    return store


def left(store: SqliteStore) -> int:
    return store.forget_tickets(ShopClock().now() + timedelta(days=1), 10_000)


@pytest.mark.parametrize(("age_s", "gone"), [(0, 0), (60, 0), (120, 0), (120.001, 1), (3600, 1)])
def test_a_ticket_goes_when_it_is_older_than_two_minutes(age_s: float, gone: int) -> None:
    store = with_tickets(age_s)

    assert forget_old_tickets(store=store, clock=ShopClock()) == gone
    assert left(store) == 1 - gone


def test_all_old_tickets_go_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.usecases.tickets._PAGE", 4)
    store = with_tickets(*[600] * 9, 1)

    assert forget_old_tickets(store=store, clock=ShopClock()) == 9
    assert left(store) == 1


def test_what_takes_longer_than_a_fifth_of_a_second_waits_for_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.usecases.tickets._PAGE", 4)
    store = with_tickets(*[600] * 40)

    assert forget_old_tickets(store=store, clock=SlowClock()) == 12
    assert left(store) == 28
