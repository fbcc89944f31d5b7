"""Tokens are reserved before a call and settled after it; no cap is ever passed."""

from datetime import date

import pytest

from roteiro.errors import StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.budgets import Budgets, Reservation

TODAY = date(2026, 11, 20)
DAY, MONTH = "model-tokens:seguros:2026-11-20", "model-tokens:seguros:2026-11"


@pytest.fixture
def shelf() -> SqliteStore:
    store = SqliteStore(":memory:")
    store.prepare()
    return store


class Broken(SqliteStore):
    """A shelf whose counters cannot be reached."""

    def __init__(self, works: int = 0) -> None:
        super().__init__(":memory:")
        self.works = works

    def next_number(self, name: str, by: int = 1) -> int:
        self.works -= 1
        if self.works < 0:
            raise StoreUnavailable
        return super().next_number(name, by)


def counted(shelf: SqliteStore) -> tuple[int, int]:
    return shelf.next_number(DAY, 0), shelf.next_number(MONTH, 0)


def test_a_reservation_is_counted_in_the_day_and_the_month_and_settled_to_what_was_used(shelf: SqliteStore) -> None:
    limits = Budgets(shelf, per_day=1000, per_month=5000)

    reserved = limits.reserve(400, "seguros", 0, TODAY)
    before = counted(shelf)
    assert reserved is not None
    limits.settle(reserved, 90)

    assert before == (400, 400)
    assert counted(shelf) == (90, 90)


@pytest.mark.parametrize(
    ("per_day", "per_month", "fits"),
    [(400, 5000, True), (399, 5000, False), (1000, 400, True), (1000, 399, False), (0, 0, True), (0, 399, False)],
)
def test_a_call_that_would_pass_a_cap_is_not_made_and_leaves_nothing_reserved(
    shelf: SqliteStore, per_day: int, per_month: int, *, fits: bool
) -> None:
    reserved = Budgets(shelf, per_day=per_day, per_month=per_month).reserve(400, "seguros", 0, TODAY)

    assert (reserved is not None) is fits
    assert fits or counted(shelf) == (0, 0)


@pytest.mark.parametrize(("spent", "cap", "fits"), [(600, 1000, True), (601, 1000, False), (10**9, 0, True)])
def test_a_conversation_has_a_cap_of_its_own(shelf: SqliteStore, spent: int, cap: int, *, fits: bool) -> None:
    reserved = Budgets(shelf, per_conversation=cap).reserve(400, "seguros", spent, TODAY)

    assert (reserved is not None) is fits


def test_another_pack_and_another_day_have_budgets_of_their_own(shelf: SqliteStore) -> None:
    limits = Budgets(shelf, per_day=400)
    limits.reserve(400, "seguros", 0, TODAY)

    assert limits.reserve(400, "seguros", 0, TODAY) is None
    assert limits.reserve(400, "transparencia", 0, TODAY)
    assert limits.reserve(400, "seguros", 0, date(2026, 11, 21))


@pytest.mark.parametrize("works", [0, 1, 2])
def test_a_counter_that_cannot_be_reached_has_no_room(works: int) -> None:
    shelf = Broken(works)
    shelf.prepare()

    reserved = Budgets(shelf, per_day=1000, per_month=1000).reserve(400, "seguros", 0, TODAY)

    assert (reserved is not None) is (works == 2)


def test_what_cannot_be_settled_stays_spent_and_breaks_nothing() -> None:
    shelf = Broken(2)
    shelf.prepare()
    limits = Budgets(shelf, per_day=1000, per_month=1000)
    reserved = limits.reserve(400, "seguros", 0, TODAY)
    assert reserved is not None

    limits.settle(reserved, 10)

    shelf.works = 9
    assert counted(shelf) == (400, 400)


def test_without_a_shelf_nothing_is_counted() -> None:
    limits = Budgets()

    assert limits.reserve(400, "seguros", 0, TODAY) == Reservation(400)
    limits.settle(Reservation(400), 10)


def test_the_operator_is_warned_once_when_four_fifths_are_reserved(
    shelf: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("roteiro.usecases.budgets._log.warning", lambda text, *facts: told.append(text % facts))
    caps = Budgets(shelf, per_day=1000)

    for _ in range(5):
        caps.reserve(200, "seguros", 0, TODAY)

    assert told == [f"80 % of a model budget is reserved: {DAY}"]
