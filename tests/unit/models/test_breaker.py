"""A server that keeps failing is left alone, and found well again by one probe."""

import time
from collections.abc import Callable

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.models.breaker import Breaker
from roteiro.models.deadlines import Workers


class Seconds:
    """A clock in seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(seconds: Seconds) -> Breaker:
    return Breaker(seconds)


def call(breaker: Breaker, *, works: bool, pause_s: float = 0.0) -> None:
    is_probe = breaker.admit()
    if works:
        breaker.succeeded(is_probe=is_probe)
    else:
        breaker.failed(is_probe=is_probe, pause_s=pause_s)


def is_refused(breaker: Breaker) -> bool:
    try:
        breaker.admit()
    except ModelUnavailable as error:
        return error.reason == "breaker"
    return False


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        ("xxxx", False),
        ("xxxxx", True),
        ("x.x.x.x.x", True),
        ("xxxx......", False),
        ("xxxx......x", False),
        ("x" + "." * 9 + "xxxx", False),
        ("." * 30 + "xxxxx", True),
    ],
)
def test_five_failures_of_the_last_ten_calls_open_it(breaker: Breaker, outcomes: str, *, is_open: bool) -> None:
    for outcome in outcomes:
        call(breaker, works=outcome == ".")

    assert breaker.is_open is is_open
    assert is_refused(breaker) is is_open


def test_after_fifteen_seconds_one_probe_goes_through_and_nobody_else(breaker: Breaker, seconds: Seconds) -> None:
    for _ in range(5):
        call(breaker, works=False)
    seconds.now += 14.9
    too_early = is_refused(breaker)

    seconds.now += 0.2

    assert too_early
    assert breaker.admit() is True
    assert is_refused(breaker)


def test_a_good_probe_closes_it_within_twenty_seconds_of_the_recovery(breaker: Breaker, seconds: Seconds) -> None:
    for _ in range(5):
        call(breaker, works=False)
    seconds.now += 15.0
    call(breaker, works=True)

    assert not breaker.is_open
    assert [breaker.admit() for _ in range(20)] == [False] * 20


def test_a_bad_probe_begins_another_rest(breaker: Breaker, seconds: Seconds) -> None:
    for _ in range(5):
        call(breaker, works=False)
    seconds.now += 15.0
    call(breaker, works=False)
    seconds.now += 14.9

    assert breaker.is_open


def test_a_probe_that_never_tells_is_followed_by_another_one(breaker: Breaker, seconds: Seconds) -> None:
    for _ in range(5):
        call(breaker, works=False)
    seconds.now += 15.0
    breaker.admit()
    seconds.now += 15.0

    assert breaker.admit() is True


@pytest.mark.parametrize(("asked", "rest"), [(1.0, 1.0), (60.0, 60.0), (300.0, 300.0), (86_400.0, 300.0)])
def test_a_server_that_asks_for_a_pause_gets_it_at_once_up_to_five_minutes(
    breaker: Breaker, seconds: Seconds, asked: float, rest: float
) -> None:
    call(breaker, works=False, pause_s=asked)
    seconds.now += rest - 0.1
    is_open = breaker.is_open
    seconds.now += 0.1

    assert is_open
    assert not breaker.is_open


def test_calls_that_began_before_it_opened_neither_shorten_nor_close_the_rest(
    breaker: Breaker, seconds: Seconds
) -> None:
    call(breaker, works=False, pause_s=60.0)
    breaker.succeeded(is_probe=False)
    for _ in range(5):
        breaker.failed(is_probe=False)
    seconds.now += 59.0

    assert breaker.is_open


def test_an_open_one_refuses_in_a_moment_and_calls_nothing() -> None:
    workers = Workers("test")
    calls: list[float] = []
    for _ in range(5):
        workers.breaker.failed(is_probe=False)
    began = time.perf_counter()

    with pytest.raises(ModelUnavailable, match="rests"):
        workers.run(calls.append, 5.0)

    assert time.perf_counter() - began < 0.05
    assert calls == []


@pytest.mark.parametrize(("pause_s", "is_open"), [(0.0, False), (9.0, True)])
def test_workers_tell_the_breaker_how_a_call_went(pause_s: float, *, is_open: bool) -> None:
    workers = Workers("test")

    with pytest.raises(ModelUnavailable):
        workers.run(_failing(pause_s), 5.0)

    assert workers.breaker.is_open is is_open


def _failing(pause_s: float) -> Callable[[float], None]:
    def fails(_: float) -> None:
        raise ModelUnavailable("broken", reason="error", pause_s=pause_s)

    return fails
