"""Times that words name by themselves, in three languages: a year, "março", "Q2 2025", "last quarter"."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from roteiro.domain.values.days import day_of, month_end, months_before
from roteiro.domain.values.time_words import (
    ANY_ORDINAL,
    COUNTED,
    COUNTS,
    DAY_OF,
    DAYS_IN,
    LAST,
    LEFT,
    LONG_MONTH,
    MONTH,
    MONTHS,
    MONTHS_IN,
    NAMED_YEAR,
    NUMBER,
    NUMBERED,
    OF_A_YEAR,
    OF_YEAR,
    ORDINALS,
    OWN_YEAR,
    PART,
    PARTS,
    RIGHT,
    START,
    TH,
    TO,
    UNIT,
    UNITS,
    YEAR,
)

__all__ = ["Period", "Time", "times_in", "year_end"]

_FIRST_YEAR = 1990  # specs: years are 1990 to next year; other numbers of four digits are no years
_MOST_UNITS = 400  # of "últimos N": chosen, a year of days and some
_WEEK = 7
_MONTHS_A_YEAR = 12
_HALF_MONTH = 15
_PAST = re.compile(r"pass?ad|last|past|previous|anterior")


class Period(NamedTuple):
    """Days from `first` to `last`, both included, and what the words said.

    `type` is year, month, quarter, semester, range or relative. `year`, `month`, `n` and `unit` where known;
    `inferred_year` if the words named none.
    """

    type: str
    first: date
    last: date
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    n: int | None = None
    unit: str | None = None
    inferred_year: bool = False


class Time(NamedTuple):
    """A period that words name, and the same words read beside another year: "março" of 2025."""

    period: Period
    in_year: Callable[[int], Period | None]


def times_in(levelled: str, today: date, year: int | None) -> list[Time]:
    """Return the times that a levelled text names, in its order; a month alone takes `year`, if that is known."""
    taken = bytearray(len(levelled))
    found: list[Time] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(levelled):
            if any(taken[match.start() : match.end()]):
                continue
            period = read(match, today, year)
            if period or read is _no_time:
                taken[match.start() : match.end()] = b"1" * (match.end() - match.start())
            found += [Time(period, partial(read, match, today))] if period else []
    return sorted(found, key=lambda time: time.period.start)


def year_end(year: int, today: date) -> date:
    """Return the last day of a year, today in the one that runs."""
    return today if year == today.year else date(year, 12, 31)


def _no_time(_match: re.Match[str], _today: date, _known: int | None) -> None:
    """Pass over the number of a contract: "pregão 15/2023"."""


def _year(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    year = _in_reach(match["year"], today)
    return Period("year", date(year, 1, 1), year_end(year, today), *match.span(), year) if year else None


def _years(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    first, last = _in_reach(match["low"], today), _in_reach(match["high"], today)
    return Period("range", date(first, 1, 1), year_end(last, today), *match.span()) if first and last else None


def _month(match: re.Match[str], today: date, known: int | None) -> Period | None:
    month, named = _month_of(match["month"]), _year_said(match, today)
    if match.groupdict().get("year") and not named:
        return None
    year = named or known or today.year - (month > today.month)
    first, last = date(year, month, 1), month_end(year, month)
    return Period("month", first, last, *match.span(), year, month, inferred_year=not named)


def _half_month(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "a segunda quinzena de março": from the 16th on."""
    whole, n = _month(match, today, known), ORDINALS.get(match["n"])
    if not whole or n not in (1, 2):
        return None
    middle = whole.first.replace(day=_HALF_MONTH)
    first, last = (whole.first, middle) if n == 1 else (middle + timedelta(days=1), whole.last)
    return whole._replace(type="range", first=first, last=last)


def _part(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read a part of a year: "segundo trimestre", "Q2 2025", "último semestre de 2024"."""
    size, unit = PARTS[match["unit"]]
    n = ORDINALS.get(match["n"]) or _MONTHS_A_YEAR // size
    if n * size > _MONTHS_A_YEAR:
        return None
    named, begins = _year_said(match, today), (n - 1) * size + 1
    if not named and (match.groupdict().get("year") or match.groupdict().get("short")):
        return None
    year = named or known or today.year - (begins > today.month)
    first, last = date(year, begins, 1), month_end(year, n * size)
    kind = unit if unit in ("quarter", "semester") else "range"
    return Period(kind, first, last, *match.span(), year, None, n, unit, inferred_year=not named)


def _parts(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "do primeiro ao terceiro trimestre"; "o primeiro e o terceiro" are two that nobody reads."""
    high = _part(match, today, known)
    low, n = ORDINALS[match["low"]], ORDINALS[match["n"]]
    if not high or low >= n or (match["join"] in ("e", "and", "y") and n - low > 1):
        return None
    size, _ = PARTS[match["unit"]]
    return high._replace(type="range", first=months_before(high.first, (n - low) * size), n=None, unit=None)


def _quarter_alone(match: re.Match[str], _today: date, known: int | None) -> Period | None:
    """Read "e no 3º?" after a period whose year is known: a quarter, which the answer names by its days."""
    n = int(match["n"])
    if known is None:
        return None
    first, last = date(known, 3 * n - 2, 1), month_end(known, 3 * n)
    return Period("quarter", first, last, *match.span("n"), known, None, n, "quarter", inferred_year=True)


def _first_months(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "os primeiros seis meses de 2024"; without a year, of that which runs."""
    unit = UNITS[_singular(match["unit"])]
    named = _year_said(match, today)
    count = _counted(match["n"] or "um")
    months = count * MONTHS_IN[unit]
    if not 0 < months <= _MONTHS_A_YEAR:
        return None
    year = named or known or today.year
    last = month_end(year, months)
    return Period("range", date(year, 1, 1), last, *match.span(), year, n=count, unit=unit, inferred_year=not named)


def _last_months(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "os últimos três meses de 2025", which end when that year does."""
    whole = _first_months(match, today, known)
    if not whole or not whole.year:
        return None
    last = year_end(whole.year, today)
    return whole._replace(first=months_before(last.replace(day=1), whole.last.month - 1), last=last)


def _last_units(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    count, unit = _counted(match["n"] or "um"), UNITS[_singular(match["unit"])]
    if not 0 < count <= _MOST_UNITS:
        return None
    days = DAYS_IN.get(unit)
    begun = today - timedelta(days=count * days) if days else months_before(today, count * MONTHS_IN[unit])
    return Period("relative", begun + timedelta(days=1), today, *match.span(), n=count, unit=unit)


def _year_before(match: re.Match[str], today: date, known: int | None) -> Period:
    """Read "o ano anterior": the one before that talked about."""
    year = (known or today.year) - 1
    return Period("relative", date(year, 1, 1), date(year, 12, 31), *match.span(), year, None, 1, "year")


def _named(match: re.Match[str], today: date, _known: int | None) -> Period:
    """Read this and the last week, month, part of a year and year; what still runs ends today."""
    unit = UNITS[_singular(match["unit"])]
    past = 2 if "retrasad" in match[0] else 1 if _PAST.search(match[0]) else 0
    if unit == "week":
        first = today - timedelta(days=today.weekday() + past * _WEEK)
        last = first + timedelta(days=_WEEK - 1)
    else:
        size = MONTHS_IN[unit]
        running = date(today.year, (today.month - 1) // size * size + 1, 1)
        first = months_before(running, past * size)
        last = months_before(first, -size) - timedelta(days=1)
    year, month = (None if unit == "week" else first.year), (first.month if unit == "month" else None)
    return Period("relative", first, min(last, today), *match.span(), year, month, past, unit)


def _this_year(match: re.Match[str], today: date, _known: int | None) -> Period:
    """Read "o começo do ano" where something is to begin there."""
    return Period("relative", date(today.year, 1, 1), today, *match.span(), today.year, None, 0, "year")


def _day(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read one day, "15 de março de 2025" or "March 15"; without a year the latest."""
    month, named = _month_of(match["month"]), _year_said(match, today)
    if match.groupdict().get("year") and not named:
        return None
    day = int(match["day"])
    this_year = day_of(today.year, month, day, today)
    year = named or known or today.year - (this_year is None or this_year > today)
    found = day_of(year, month, day, today)
    return Period("range", found, found, *match.span(), inferred_year=not named) if found else None


def _days(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "de 1 a 15 de março", "entre os dias 1 e 15"; "1 e 15 de março" are two days, which nobody reads."""
    if not match["between"] and match["join"].split()[:1] in (["e"], ["and"], ["y"]):
        return None
    high = _day(match, today, known)
    first = high and day_of(high.first.year, high.first.month, int(match["low"]), today)
    return high._replace(first=first) if high and first else None


def _month_of(word: str) -> int:
    return MONTHS.get(word) or int(word)


def _counted(word: str) -> int:
    return COUNTS.get(word) or int(word)


def _singular(word: str) -> str:
    """Return the name of a unit as `UNITS` has it: "meses" is "mes", "months" is "month"."""
    return "mes" if word in ("mes", "meses") else word.removesuffix("s")


def _in_reach(digits: str | None, today: date) -> int | None:
    year = int(digits or 0)
    return year if _FIRST_YEAR <= year <= today.year + 1 else None


def _year_said(match: re.Match[str], today: date) -> int | None:
    """Return the year that the words name: "2024", "mar/24", "do ano passado"."""
    said = match.groupdict()
    if words := said.get("said"):
        return today.year - (2 if "retrasado" in words else _PAST.search(words) is not None)
    if short := said.get("short"):
        return _in_reach(f"20{short}", today)
    return _in_reach(said.get("year"), today)


# The longer patterns of the rules below.
_MONTH_OF_A_DAY = rf"(?P<month>{LONG_MONTH}|(?:{MONTH})(?=,? (?:de )?{YEAR}))\b{OF_YEAR}"
_TWO_DAYS = (
    rf"(?:(?P<between>\b(?:entre|between) (?:os |the |el )?(?:dias? )?)|{LEFT})(?P<low>[0-9]{{1,2}}){TH}"
    rf"(?P<join>{TO})(?P<day>[0-9]{{1,2}}){TH}{DAY_OF}{_MONTH_OF_A_DAY}"
)
_HALF = rf"(?P<n>{ANY_ORDINAL}) (?:quinzena|quincena|metade|mitad|half|fortnight)"
_HALF_OF_A_MONTH = rf"\b{_HALF} (?:de|do|of) (?:mes de )?(?P<month>{LONG_MONTH}|may)\b{OF_YEAR}"
_TWO_ORDINALS = rf"(?P<low>{ANY_ORDINAL}) (?P<join>a|ao|al|to|through|e|and|y) (?:o |a |the |el )?(?P<n>{ANY_ORDINAL})"
_THE_YEAR = r"(?:d[oe]l?|d?est[ea]|desse|of|of the|of this|de este) (?:ano|year)"
_YEAR_BEGAN = (
    rf"\b(?:desde|since|a partir d[eo]) (?:o |the |el )?{START} {_THE_YEAR}\b(?! (?:passado|pasado|anterior|de |20))"
)
_Reader = Callable[[re.Match[str], date, int | None], Period | None]
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?:{NUMBERED}) (?:n[o.]* ?|numero )?[0-9]{{1,6}}/(?:{YEAR}|[0-9]{{2}})\b", _no_time),
        (rf"{LEFT}(?P<day>[0-9]{{1,2}})(?P<sign>[/.-])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<year>{YEAR}){RIGHT}", _day),
        (rf"{LEFT}(?P<year>{YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){RIGHT}", _day),
        (_TWO_DAYS, _days),
        (rf"{LEFT}(?P<day>[0-9]{{1,2}}){TH}{DAY_OF}{_MONTH_OF_A_DAY}", _day),
        (rf"\b(?P<month>{MONTH}) (?P<day>[0-9]{{1,2}}){TH},? (?:of )?(?P<year>{YEAR}){RIGHT}", _day),
        (_HALF_OF_A_MONTH, _half_month),
        (rf"\b{_TWO_ORDINALS} (?P<unit>{PART})s?\b{OF_YEAR}", _parts),
        (rf"\b(?P<n>{ANY_ORDINAL})[ -](?P<unit>{PART})\b{OF_YEAR}", _part),
        (rf"\b(?P<unit>{PART}) (?P<n>[1-6])\b(?![/.,]?[0-9]){OF_YEAR}", _part),
        (rf"\b(?P<n>[1-4]o) (?P<unit>tri|sem)\b\.?{NAMED_YEAR}", _part),  # "1 tri" is money
        (rf"\b{LAST} (?P<n>)(?P<unit>{PART})\b{NAMED_YEAR}", _part),
        (rf"\b(?P<n>[1-4])(?P<unit>[ts])[ /]?(?:de )?(?:(?P<year>{YEAR})|(?P<short>[0-9]{{2}})){RIGHT}", _part),
        (rf"\b(?P<unit>[tqsh])(?P<n>[1-4])(?:[ /-]|,? ?(?:of|de) ?)?(?P<year>{YEAR}){RIGHT}", _part),
        (rf"\b(?P<unit>[tqsh])(?P<n>[1-4])(?: (?:of|de) |[ /]?)(?P<said>{OWN_YEAR})", _part),
        (rf"{LEFT}(?P<year>{YEAR})[ /-]?(?P<unit>[tqsh])(?P<n>[1-4])\b", _part),
        (r"\b(?P<unit>[q])(?P<n>[1-4])\b", _part),
        (rf"\b{LAST} (?P<n>{NUMBER}) (?P<unit>{OF_A_YEAR})\b{NAMED_YEAR}", _last_months),
        (rf"\b{LAST} (?P<n>)(?P<unit>mes|month)\b{NAMED_YEAR}", _last_months),
        (rf"\b(?P<n>{NUMBER}) {LAST} (?P<unit>{OF_A_YEAR})\b{NAMED_YEAR}", _last_months),
        (rf"\b(?:primeir[oa]s|primer[oa]s|first) (?P<n>{NUMBER}) (?P<unit>{OF_A_YEAR})\b{OF_YEAR}", _first_months),
        (rf"\b(?P<n>{NUMBER}) (?:primeir[oa]s|primer[oa]s) (?P<unit>{OF_A_YEAR})\b{OF_YEAR}", _first_months),
        (rf"\b(?P<n>{NUMBER}) {LAST} (?P<unit>{UNIT})\b", _last_units),
        (rf"\b{LAST} (?P<n>{NUMBER}) (?P<unit>{UNIT})\b", _last_units),
        (rf"\bultim[oa] (?P<n>)(?P<unit>semana|mes|ano|{PART})\b", _last_units),
        (_YEAR_BEGAN, _this_year),
        (rf"\b(?P<month>{MONTH})[ /](?:de |of )?(?P<year>{YEAR}){RIGHT}", _month),
        (rf"\b(?P<month>{MONTH})/(?P<short>[0-9]{{2}}){RIGHT}", _month),
        (rf"\b(?P<month>{LONG_MONTH}) de (?P<short>1[3-9]|[2-9][0-9]){RIGHT}(?! {COUNTED})", _month),
        (rf"\b(?P<month>may){NAMED_YEAR}", _month),
        (rf"\b(?P<month>{LONG_MONTH})\b{OF_YEAR}", _month),
        (rf"\b(?P<month>{MONTH})\b(?={TO}(?:{MONTH})(?: ?(?:de|of|/|,)? ?){YEAR}\b)", _month),
        (rf"{LEFT}(?P<month>0?[1-9]|1[0-2])/(?P<year>{YEAR}){RIGHT}", _month),
        (rf"{LEFT}(?P<month>0?[1-9]|1[0-2])/(?P<short>1[3-9]|[2-9][0-9]){RIGHT}", _month),  # no day has that month
        (rf"{LEFT}(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2]){RIGHT}", _month),
        (r"^\W*(?:(?:e|y) )?(?:n?o |el )?(?P<n>[1-4])o\W*$", _quarter_alone),
        (r"\b(?:ano anterior|previous year|year before)\b", _year_before),
        (rf"\b(?:last|past|previous|this) (?P<unit>week|month|year|{PART})\b", _named),
        (
            rf"\b(?P<unit>semana|mes|ano|{PART}) (?:pass?ad[oa]|retrasad[oa]|anterior|atual|actual|corrente)\b",
            _named,
        ),
        (rf"\b[nd]?es[st][ae] (?P<unit>semana|mes|ano|{PART})\b", _named),
        (rf"{LEFT}(?P<low>{YEAR}) ?- ?(?P<high>{YEAR}){RIGHT}", _years),
        (rf"{LEFT}(?P<year>{YEAR}){RIGHT}(?! ?{COUNTED}\b)", _year),
    )
)
