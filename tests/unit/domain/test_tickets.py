"""Tickets: the arithmetic of "at most so many in any sixty seconds", without any store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from roteiro.domain.tickets import Admission, Counted, Stub, Ticket
from tests.windows import most_in_any

START = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def a_ticket(*seconds: float, seq: int = 7) -> Ticket:
    """Return the newest ticket of a key whose requests came at these seconds: `r0`, `r1`, …"""
    return Ticket("k", seq, tuple(Stub(at(second), f"r{number}") for number, second in enumerate(seconds)))


def counted(*seconds: float, most: int = 3, of: str = "mine") -> Counted:
    return Counted(Admission("k", most, of), a_ticket(*seconds) if seconds else None)


def test_the_first_ticket_of_a_key_is_number_nought_and_holds_its_own_admission() -> None:
    ticket = counted().ticket(at(0))

    assert ticket == Ticket("k", 0, (Stub(at(0), "mine"),))


def test_the_next_ticket_holds_what_still_counts_and_its_own_admission() -> None:
    ticket = counted(0, 30, 50, most=9).ticket(at(70))

    assert ticket is not None
    assert ticket.seq == 8
    assert ticket.stubs == (Stub(at(30), "r1"), Stub(at(50), "r2"), Stub(at(70), "mine"))


@pytest.mark.parametrize(
    ("came", "now", "wait"),
    [
        ((), 0, 0),
        ((0, 10), 20, 0),
        ((0, 10, 20), 20, 40),
        ((0, 10, 20), 59.999, 1),
        ((0, 10, 20), 59, 1),
        ((0, 10, 20), 58.999, 2),
        ((0, 10, 20), 60, 0),  # what is a whole minute old no longer counts
        ((10, 10, 10), 10, 60),
        ((0, 10, 20, 30), 40, 30),  # four of three: the limit was lowered meanwhile
        ((0, 10, 20), 5, 40),  # this clock is behind: the newest admission says how late it is
    ],
)
def test_the_wait_is_until_the_place_of_the_oldest_that_counts_is_free(
    came: tuple[float, ...], now: float, wait: int
) -> None:
    assert counted(*came).wait_s(at(now)) == wait


def test_who_waits_as_long_as_told_is_let_in() -> None:
    full = counted(0.4, 10, 20)

    wait = full.wait_s(at(20.7))

    assert full.wait_s(at(20.7 + wait)) == 0
    assert full.wait_s(at(20.7 + wait - 1)) == 1


def test_a_clock_that_is_behind_writes_the_time_of_the_newest_ticket() -> None:
    ticket = counted(0, 30, most=9).ticket(at(10))

    assert ticket is not None
    assert ticket.at == at(30)


def test_a_request_that_has_its_ticket_is_let_in_and_buys_no_other() -> None:
    full = counted(0, 10, 20, of="r1")

    assert full.wait_s(at(21)) == 0
    assert full.ticket(at(21)) is None


@pytest.mark.parametrize("seq", [0, 9, 99, 999_999, 1_000_000])
def test_the_order_of_ids_is_the_order_of_the_chain(seq: int) -> None:
    assert a_ticket(0, seq=seq).id < a_ticket(0, seq=seq + 1).id


def test_an_id_begins_as_no_conversation_can() -> None:
    assert a_ticket(0).id == "~t:k:000000007"


class Chain:
    """A limiter by tickets, as the store keeps them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._newest: Ticket | None = None

    def lets_in(self, now: datetime, skew: timedelta = timedelta()) -> bool:
        asked = Counted(Admission("k", self._most, str(now)), self._newest)
        if asked.wait_s(now + skew):
            return False
        self._newest = asked.ticket(now + skew)
        return True

    @property
    def newest(self) -> datetime:
        assert self._newest
        return self._newest.at


class FixedWindow:
    """What many limiters do: a counter for each minute of the clock."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[int, int] = {}

    def lets_in(self, now: datetime) -> bool:
        minute = int(now.timestamp() // 60)
        self._counts[minute] = self._counts.get(minute, 0) + 1
        return self._counts[minute] <= self._most


@pytest.mark.parametrize(("limiter", "worst"), [(Chain, 5), (FixedWindow, 10)])
def test_no_window_holds_more_than_the_limit_and_a_counter_per_minute_would_be_seen_to(
    limiter: Callable[[int], Chain | FixedWindow], worst: int
) -> None:
    one = limiter(5)
    bursts = [*range(50, 70), *range(100, 190, 2)]

    admitted = [at(second) for second in bursts if one.lets_in(at(second))]

    assert most_in_any(timedelta(seconds=60), admitted) == worst


def test_clocks_that_differ_never_let_more_in_by_the_tickets_time() -> None:
    chain = Chain(5)
    asked = [(at(second), timedelta(seconds=40 if second % 3 else -10)) for second in range(300)]

    admitted = [chain.newest for now, skew in asked if chain.lets_in(now, skew)]

    assert most_in_any(timedelta(seconds=60), admitted) == 5
    assert admitted == sorted(admitted)
