"""Days, weeks and months counted as people count them; no clock: today is always given."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

__all__ = [
    "COUNT",
    "COUNTS",
    "FIRST_YEAR",
    "MONTHS",
    "WEEKDAYS",
    "Rule",
    "Said",
    "day_of",
    "full_year",
    "limit_of",
    "month_end",
    "months_before",
    "nearest",
]

FIRST_YEAR = 1900  # chosen: nobody's birth, policy or claim is older
_LAST_YEARS = 100  # years ahead that a date may name; chosen
_LEAP_CYCLE = 9  # years within which 29 February comes again, also across 1900 and 2100
_CENTURY = 100

MONTHS = {
    name: at % 12 + 1
    for at, name in enumerate(
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro "
        "jan fev mar abr mai jun jul ago set out nov dez".split()
    )
}
WEEKDAYS = {
    name: at % 7
    for at, name in enumerate("segunda terca quarta quinta sexta sabado domingo seg ter qua qui sex sab dom".split())
}

_TO_NINETEEN = (
    "um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito "
    "dezenove"
).split()
_BY_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split()
COUNTS = {
    **{name: at + 1 for at, name in enumerate(_TO_NINETEEN)},
    **{ten: 10 * at for at, ten in enumerate(_BY_TENS, 2)},
    **{
        f"{ten} e {one}": 10 * at + n for at, ten in enumerate(_BY_TENS, 2) for n, one in enumerate(_TO_NINETEEN[:9], 1)
    },
    "uma": 1,
    "duas": 2,
    "catorze": 14,
    "vinte e uma": 21,
    "vinte e duas": 22,
}
COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))  # the longest first, so that "vinte e um" is not "vinte"


class Said(NamedTuple):
    """A moment that words stand for, seen from today; `ahead` if the next such day is meant, not the last."""

    today: date
    ahead: bool
    asked: bool


class Rule(NamedTuple):
    """Words that name a day: the day, None for none such, or the code of what is missing (`ambiguous`, `incomplete`).

    `only_asked`: too little to be a date where no date was asked for. `weak`: gives way to any other day in the text.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Said], date | str | None]
    only_asked: bool = False
    weak: bool = False


def day_of(year: int, month: int, day: int, today: date) -> date | None:
    """Return the day, None if the calendar has no such day or its year is beyond reason."""
    if not FIRST_YEAR <= year <= today.year + _LAST_YEARS or not 1 <= month <= len(calendar.month_name) - 1:
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def full_year(digits: str, today: date) -> int:
    """Return the year that four digits, or two, mean: two are 20YY up to next year, else 19YY."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - two digits are two digits
        return year
    near = today.year // _CENTURY * _CENTURY + year
    return near if near <= today.year + 1 else near - _CENTURY


def nearest(today: date, month: int, day: int, *, ahead: bool) -> date | None:
    """Return the last such day up to today, or the next from today on if `ahead`; None if no year has it."""
    years = range(_LEAP_CYCLE)
    days = (day_of(today.year + (n if ahead else -n), month, day, today) for n in years)
    return next((found for found in days if found and (found >= today if ahead else found <= today)), None)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier (later if negative), or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(year, month + 1))


def limit_of(written: str | None, today: date) -> date | None:
    """Return what a script's limit means: "today", "today-30d", "today+1d" or an ISO date."""
    if not written:
        return None
    if not written.startswith("today"):
        return date.fromisoformat(written)
    shift = written.removeprefix("today").removesuffix("d")
    return today + timedelta(days=int(shift or 0))
