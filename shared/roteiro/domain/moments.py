"""Moments as they are written, and the company's day: when it ends, and when an answer is due."""

from datetime import UTC, date, datetime, time, timedelta, timezone

__all__ = ["COMPANY_ZONE", "answer_due", "last_moment", "stamp"]

COMPANY_ZONE = timezone(timedelta(hours=-3))  # America/Sao_Paulo; Brazil has had no summer time since 2019
_ANSWER_DAYS = 7  # calendar days to answer a demand, source: Decreto 11.034/2022 (SAC)


def stamp(moment: datetime) -> str:
    """Return a moment in UTC with milliseconds and Z, so that text order is time order.

    >>> stamp(datetime(2026, 11, 20, 15, 0, tzinfo=COMPANY_ZONE))
    '2026-11-20T18:00:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def answer_due(opened: datetime) -> datetime:
    """Return the last second in which a demand may still be answered: the end of its seventh day, São Paulo time."""
    return last_moment(opened.astimezone(COMPANY_ZONE).date())


def last_moment(opened: date) -> datetime:
    """Return that second for a demand that was opened on a day of the company."""
    return datetime.combine(opened + timedelta(days=_ANSWER_DAYS), time(23, 59, 59), COMPANY_ZONE)
