"""What a message counts against: keys that tell no address, of the day, and of the day before just after midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest

from roteiro.errors import LimitReached
from roteiro.web.limits import Limits, Meter

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
ADDRESS = "203.0.113.7"


def day_key(day: date) -> bytes:
    return f"secret of {day}".encode()


def limits(messages: int = 60, sessions: int = 30) -> Limits:
    return Limits({Meter.MESSAGES: messages, Meter.SESSIONS: sessions}, day_key)


def keys(caller: str = ADDRESS, meter: Meter = Meter.MESSAGES, now: datetime = NOON) -> list[str]:
    return [one.key for one in limits().admissions(meter, caller, now)]


def test_a_message_counts_once_against_the_limit_of_its_meter() -> None:
    (message,) = limits().admissions(Meter.MESSAGES, ADDRESS, NOON)
    (opening,) = limits().admissions(Meter.SESSIONS, ADDRESS, NOON)

    assert (message.most, message.window_s, message.is_opening) == (60, 60, False)
    assert (opening.most, opening.window_s, opening.is_opening) == (30, 60, True)


def test_a_key_stands_for_one_caller_and_meter_and_tells_neither() -> None:
    assert keys() == keys()
    assert len({*keys(), *keys("203.0.113.8"), *keys(meter=Meter.SESSIONS)}) == 3
    assert ADDRESS not in "".join(keys())


def test_two_requests_of_one_caller_have_names_of_their_own() -> None:
    (first,), (second,) = (limits().admissions(Meter.MESSAGES, ADDRESS, NOON) for _ in range(2))

    assert first.key == second.key
    assert first.of != second.of


@pytest.mark.parametrize(
    ("seconds", "days"),
    [(-1, [20]), (0, [21, 20]), (60, [21, 20]), (119.999, [21, 20]), (120, [21]), (3600, [21])],
)
def test_the_key_of_the_day_before_counts_too_for_a_window_and_the_difference_of_clocks(
    seconds: float, days: list[int]
) -> None:
    of_day = {keys(now=NOON + timedelta(days=day - 20))[0]: day for day in (20, 21)}

    found = keys(now=MIDNIGHT + timedelta(seconds=seconds))

    assert [of_day[key] for key in found] == days


def test_the_day_is_that_of_utc_wherever_the_clock_stands() -> None:
    here = NOON.astimezone().replace(microsecond=0)

    assert keys(now=here) == keys(now=NOON)


@pytest.mark.parametrize(("most", "is_exact"), [(1, True), (1000, True), (1001, False), (0, False)])
def test_a_limit_too_high_for_a_ticket_is_counted_by_each_instance(most: int, is_exact: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(limits(most).admissions(Meter.MESSAGES, ADDRESS, NOON)) is is_exact


def test_without_a_days_secret_each_instance_counts_for_itself() -> None:
    own = Limits({Meter.MESSAGES: 1})

    assert own.admissions(Meter.MESSAGES, ADDRESS, NOON) == ()
    with pytest.raises(LimitReached) as refused:
        own.admissions(Meter.MESSAGES, ADDRESS, NOON + timedelta(seconds=12.5))
    assert refused.value.retry_after == 48


def test_of_too_many_callers_the_one_who_was_quiet_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.web.limits._MOST_CALLERS", 2)
    own = Limits({Meter.READS: 2})

    for caller in ("quiet", "busy", "busy", "new"):
        own.admit(Meter.READS, caller, NOON)

    own.admit(Meter.READS, "quiet", NOON)
    own.admit(Meter.READS, "quiet", NOON)
    with pytest.raises(LimitReached):
        own.admit(Meter.READS, "quiet", NOON)


def test_who_calls_on_and_on_is_not_forgotten_for_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.web.limits._MOST_CALLERS", 2)
    own = Limits({Meter.READS: 2})

    for caller in ("busy", "a", "busy", "b"):
        own.admit(Meter.READS, caller, NOON)

    with pytest.raises(LimitReached):
        own.admit(Meter.READS, "busy", NOON)
