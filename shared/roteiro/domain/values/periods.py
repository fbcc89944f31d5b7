"""Periods in a sentence, both ends inclusive: "2º trimestre de 2024", "últimos 6 meses", "entre janeiro e abril"."""

import re
from collections.abc import Iterable
from datetime import date

from roteiro.domain.values import dates
from roteiro.domain.values.days import limit_of, month_end
from roteiro.domain.values.letters import level
from roteiro.domain.values.named_times import Period, times_in, year_end
from roteiro.domain.values.time_limits import Spoken, spoken
from roteiro.domain.values.time_words import COUNTED, LEFT, LONG_MONTH, NAMES, YEAR
from roteiro.domain.values.value import LIKELY, Found, Hints, Problem, Value

__all__ = ["Period", "find_periods", "periods_in", "shown", "year_told"]

_STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_YEAR = re.compile(YEAR)
_YEARS = re.compile(rf"{YEAR}(?:(?: ?,| e| and| y| &) ?(?:(?:em|en|in|de|do|of|o|the|el|ano) )*{YEAR})+")
_BETWEEN = re.compile(r"\b(?:entre|between)(?: os)?(?: anos)?(?: de)? $")
_YEAR_FIRST = re.compile(rf"{LEFT}(?P<year>{YEAR}) (?=contratos?\b)")
_FAR_YEAR = re.compile(rf"\b(?:em|ano|para|in|en)(?: de)? (?P<year>2[01][0-9]{{2}})\b(?![/.,-]?[0-9])(?! ?{COUNTED}\b)")
_UNIT_NAME = "(?:ano|mes|semana|trimestre|semestre)"
_COMING = re.compile(
    rf"\b{_UNIT_NAME} (?:que|q) vem\b|\bproxim[oa]s? (?:[0-9]+ )?{_UNIT_NAME}|\bnext (?:year|month|week|quarter)\b"
)
# A time was meant that nobody reads: an open beginning, a day, a code for a quarter, an event, a part of something.
_TRIED = re.compile(
    r"\b(?:(?:ate|antes d[eo]|em|no dia|dia|bienio|carnaval|natal|ano|until|before|hasta)(?: de| d[eo] ano(?: de)?)? "
    rf"(?:(?:{LONG_MONTH}) (?:de )?)?{LEFT}{YEAR}\b(?!,[0-9])(?! ?{COUNTED}\b)|"
    rf"[1-4][ts] ?/?(?:20)?[0-9]{{2}}\b|(?:hoje|ontem|yesterday|ayer)\b|"
    r"n[ao] (?:carnaval|natal|pandemia|gestao|mandato|decada)\b|"
    r"(?:nos|over) (?:the )?[a-z0-9]+ (?:dias|days|semanas|weeks|meses|months|anos|years)\b|"
    r"governo (?:lula|dilma|temer|bolsonaro|passado|anterior)\b|"
    r"(?:ultim[oa]s?|last|past|primeir[oa]s|primer[oa]s|first|proxim[oa]s|next) (?:[a-z0-9]+ ){0,2}"
    r"(?:dias|days|semanas|weeks|meses|months|trimestres|quarters|semestres|anos|years)\b|"
    rf"(?<!por )(?<!cada )(?<!per )(?<!each )(?<!every )(?:trimestre|bimestre|quadrimestre|cuatrimestre|"
    r"semestre|quinzena|quincena|quarter|semester|fortnight)\b|"
    r"(?:inicio|comeco|meio|meados|final|fim|fines|principios|mediados|beginning|middle|end) "
    r"(?:do|deste|desse|del|de este|of the|of this) (?:ano|mes|year|month)\b)"
)


def find_periods(text: str, hints: Hints) -> Found:
    """Find periods, stored as "2024-01-01..2024-12-31"; where several are taken, "2024 e 2025" is two.

    Problems: `out_of_order` (it would end before it begins), `not_yet` (it is to come, or begins after `maximum`),
    `unreadable` (a time was meant that nobody reads, or is changed by words that nobody reads: no value then).
    """
    latest = limit_of(hints.maximum, hints.today)
    said = _spoken(text, hints.today, hints.year)
    if said.is_unread:
        yield Problem("unreadable")
        return
    found = [each for one in said.periods for each in _apart(one, text, hints)]
    for period in found or _asked_year(text, hints):
        if period.first > period.last:
            yield Problem("out_of_order")
        elif latest and period.first > latest:
            yield Problem("not_yet")
        else:
            stored = f"{period.first}..{period.last}"
            yield Value(stored, shown(stored, hints.locale), period.start, period.end, LIKELY)
    if not found and (problem := _tried(level(text), hints.today)):
        yield problem


def periods_in(text: str, today: date, year: int | None = None) -> list[Period]:
    """Return the periods in the order of the text; a month alone takes `year`, that of the period collected before."""
    return _spoken(text, today, year).periods


def _spoken(text: str, today: date, year: int | None) -> Spoken:
    levelled = level(text)
    return spoken(times_in(levelled, today, year), levelled, today, year)


def _tried(levelled: str, today: date) -> Problem | None:
    """Return what is wrong with words that meant a time although they name none that can be read."""
    far = _FAR_YEAR.search(levelled)
    if _COMING.search(levelled) or (far and int(far["year"]) > today.year + 1):
        return Problem("not_yet")
    return Problem("unreadable") if _TRIED.search(levelled) else None


def _apart(period: Period, text: str, hints: Hints) -> list[Period]:
    """Return the years of "2024 e 2025" where several periods are taken; "entre 2024 e 2025" is one."""
    levelled = level(text)
    if not hints.many or not _YEARS.fullmatch(levelled, period.start, period.end):
        return [period]
    if _BETWEEN.search(levelled[: period.start]):
        return [period]
    years = ((int(one[0]), *one.span()) for one in _ONE_YEAR.finditer(levelled, period.start, period.end))
    return [Period("year", date(y, 1, 1), year_end(y, hints.today), a, b, y) for y, a, b in years]


def _asked_year(text: str, hints: Hints) -> list[Period]:
    """Return the year of "2025 contratos" where a period was asked for: otherwise that is a number of contracts."""
    match = _YEAR_FIRST.search(level(text)) if hints.asked else None
    return periods_in(match["year"], hints.today) if match else []


def shown(stored: str, locale: str) -> str:
    """Return a stored period as it is read: a whole year or month by its name, one day by itself.

    >>> shown("2026-05-21..2026-11-20", "pt-BR"), shown("2026-05-21..2026-11-20", "en")
    ('21/05/2026 a 20/11/2026', '21 May 2026 to 20 Nov 2026')
    >>> [shown("2024-03-01..2024-03-31", tongue) for tongue in ("pt-BR", "en", "es")]
    ['março de 2024', 'March 2024', 'marzo de 2024']
    """
    first, last = (date.fromisoformat(day) for day in stored.split(".."))
    if first == last:
        return dates.shown(first, locale)
    if (first.day, first.month, last) == (1, 1, date(first.year, 12, 31)):
        return str(first.year)
    if first.day == 1 and last == month_end(first.year, first.month):
        name = NAMES.get(locale, NAMES["pt-BR"])[first.month - 1]
        return f"{name} {'' if locale.startswith('en') else 'de '}{first.year}"
    return f"{dates.shown(first, locale)} {'to' if locale.startswith('en') else 'a'} {dates.shown(last, locale)}"


def year_told(values: Iterable[object]) -> int | None:
    """Return the year in which the first stored period among these values begins, the last of several; else None.

    >>> year_told(["26000", "2024-01-01..2024-12-31"]), year_told(["2024"])
    (2024, None)
    """
    last = (value[-1] if isinstance(value, list) and value else value for value in values)
    return next((int(one[:4]) for one in last if isinstance(one, str) and _STORED.fullmatch(one)), None)
