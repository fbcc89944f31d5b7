import logging
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from roteiro.errors import StoreUnavailable
from roteiro.usecases.outbox import Office, Tried
from roteiro.web import errands
from roteiro.web.errands import Rounds, run_errands

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NOBODY = cast("Office", None)  # deliver_due is replaced, so no adapter is asked


class Heard(logging.Logger):
    """A log that keeps what it is told: level and our own fields."""

    def __init__(self) -> None:
        super().__init__("heard", logging.WARNING)
        self.lines: list[tuple[str, str, int]] = []

    def handle(self, record: logging.LogRecord) -> None:
        told: Any = record
        self.lines.append((record.levelname, told.code, getattr(told, "status", 0)))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(errands, "log", heard)
    return heard


@pytest.mark.parametrize(
    ("seconds", "times"), [([0], 1), ([0, 0, 29.9], 1), ([0, 30], 2), ([0, 30, 59, 60, 89], 3), ([0, 500, 520], 2)]
)
def test_a_process_looks_once_in_thirty_seconds(seconds: list[float], times: int) -> None:
    rounds = Rounds()

    assert sum(rounds.is_time(NOON + timedelta(seconds=second)) for second in seconds) == times


@pytest.mark.parametrize(
    ("verdict", "lines"),
    [
        ("off", [("ERROR", "hook_off", 410)]),
        ("dead", [("WARNING", "hook_dead", 410)]),
        ("sent", []),
        ("later", []),
        ("dropped", []),
    ],
)
def test_what_an_operator_must_know_is_logged(
    monkeypatch: pytest.MonkeyPatch, log: Heard, verdict: str, lines: list[tuple[str, str, int]]
) -> None:
    monkeypatch.setattr(errands, "deliver_due", lambda *_: [Tried("wh_1", verdict, 410)])

    run_errands(NOBODY)

    assert log.lines == lines


def test_a_store_that_is_away_is_noted_and_harms_nobody(monkeypatch: pytest.MonkeyPatch, log: Heard) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(errands, "deliver_due", away)

    run_errands(NOBODY)

    assert log.lines == [("WARNING", "store_unavailable", 0)]
