from datetime import UTC, datetime, timedelta, timezone

import pytest

from roteiro.domain.moments import answer_due, stamp


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-11-20T18:00:00Z", "2026-11-28T02:59:59.000Z"),
        ("2026-11-21T02:59:59Z", "2026-11-28T02:59:59.000Z"),  # still the 20th in São Paulo
        ("2026-11-21T03:00:00Z", "2026-11-29T02:59:59.000Z"),  # the 21st there
        ("2026-11-30T23:30:00Z", "2026-12-08T02:59:59.000Z"),
        ("2026-12-28T12:00:00Z", "2027-01-05T02:59:59.000Z"),
        ("2027-01-01T01:00:00Z", "2027-01-08T02:59:59.000Z"),  # New Year's Eve there
        ("2028-02-25T12:00:00Z", "2028-03-04T02:59:59.000Z"),  # over a 29th of February
    ],
)
def test_an_answer_is_due_at_the_end_of_the_seventh_day_in_sao_paulo(opened: str, due: str) -> None:
    assert stamp(answer_due(datetime.fromisoformat(opened))) == due


def test_a_moment_is_written_in_utc_to_the_millisecond_wherever_it_was_noted() -> None:
    moment = datetime(2026, 11, 20, 15, 0, 0, 123_999, tzinfo=timezone(timedelta(hours=-3)))

    assert stamp(moment) == "2026-11-20T18:00:00.123Z"
    assert stamp(datetime(2026, 11, 20, 18, 0, tzinfo=UTC)) == "2026-11-20T18:00:00.000Z"
