"""What words make of times they name: "desde março", "until June 2025", "de março a maio", and what nobody reads."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from roteiro.domain.values.named_times import Period, Time
from roteiro.domain.values.time_words import ORDINAL, PART, START

__all__ = ["Spoken", "spoken"]

_LOOK = 60  # characters around a time that can hold a limit; chosen
_DAY = timedelta(days=1)
_END = "(?:fim|fins|final|finais|fin|fines|finales|end)"
_SMALL = "(?:(?:o|a|os|as|the|el|la|los|de|do|da|dos|del|of|em|en|in|mes|ano|year|month|dia|day) )*"
_BEGUN = rf"{_SMALL}(?:{START} )?{_SMALL}$"
_SINCE = re.compile(rf"\b(?:desde|since|starting(?: from| on)?|a partir|as of) {_BEGUN}")
_AFTER = re.compile(rf"\b(?:depois|apos|posterior(?:es)? a|after|despues) {_SMALL}$")
_UNTIL = re.compile(rf"\b(?:ate|until|till|hasta|through|by|up to) {_SMALL}(?:{_END} )?{_SMALL}$")
_ONWARDS = re.compile(
    r",? (?:em diante|en adelante|(?:pra|para) (?:ca|hoje)|(?:a|ate) (?:hoje|agora|o momento)|(?:until|till|to) "
    r"(?:now|today|date|the present)|onwards?|hasta (?:hoy|ahora|la fecha)|on(?=\W*$|[,.;?!]))(?![a-z0-9])"
)
_GAP = rf"{_SMALL}(?:{_END} )?{_SMALL}"
_TO = re.compile(rf" ?- ?|\.\.| (?:a|ate|ao|al?|to|until|till|through|thru|hasta) {_GAP}")
_AND = re.compile(rf"(?: ?(?:,|e|and|y|&) {_GAP}|/)")
_BETWEEN = re.compile(rf"\b(?:entre|between) {_BEGUN}")
_RANGED = re.compile(rf"\b(?:de|do|da|from|del|desde|since|entre|between) {_BEGUN}")
_LISTED = re.compile(r"[ ,;&]*\b(?:e|and|y|o|ou|or|com|con|with|vs|versus|contra|x|a|than|que)\b.*", re.DOTALL)
_COMMA = re.compile(r" ?[,;/] ?")
# Words of a part, a limit or a day: beside a time they change it, and where nothing has read them, nobody knows how.
_PARTLY = (
    rf"{START}|{_END}|meio|meados|mediados|middle|mid|early|late|{PART}s?|quinzenas?|quincenas?|fortnights?|"
    "semanas?|weeks?|decada|decade|dias|days|natal|navidad|christmas|carnaval|carnival|pascoa|easter"
)
_LIMIT = (
    "ate|antes|depois|apos|desde|partir|since|until|till|before|after|prior to|through|by|anterior(?:es)? a|"
    "posterior(?:es)? a|hasta|despues|between|entre|around|por volta|cerca|hacia"
)
_WHOSE = "(?:(?:o|a|os|as|the|el|la|los|de|do|da|dos|del|of|mes|ano|year|month|dia|day) )*"
_CHANGED = re.compile(rf"\b(?:(?:{_PARTLY}|{_LIMIT})[ -]|(?:{ORDINAL}) (?:a|ao|al|to|e|and|y|ou|or) ){_WHOSE}$")
_IN_A_YEAR = re.compile(r"\b(?:mes|meses|months?) (?:de |do |of |in )?$")
_ON_A_DAY = re.compile(r"(?<![0-9.,/])[0-9]{1,2}(?:o|st|nd|rd|th)? (?:de |of |e |and |y )?$")
_BEHIND = re.compile(
    rf"[ -](?:ou antes|or earlier|e antes|and before|o antes|para tras|que vem|(?:{PART}|{_END}|{START})\b)"
)


_YEAR_BEFORE = re.compile(r"\b(?:ano anterior|previous year|year before)\b")


class Spoken(NamedTuple):
    """The periods that words name, with their limits; `is_unread` if words beside one change it, unread."""

    periods: list[Period]
    is_unread: bool = False


class _Place(NamedTuple):
    """The words right before and right after a time; the year that a month alone takes; today."""

    before: str
    after: str
    known: int | None
    today: date


def spoken(times: Sequence[Time], levelled: str, today: date, known: int | None) -> Spoken:
    """Return the periods of a levelled text out of the times that it names by themselves.

    `known` is the year that a month alone takes.
    """
    settled = _passed_on(_in_their_year(times, levelled), levelled)
    read: list[Period | None] = []
    for period, is_joined in _ranges(settled, levelled):
        place = _Place(levelled[max(0, period.start - _LOOK) : period.start], levelled[period.end :], known, today)
        read.append(_ranged(period, place) if is_joined else _limited(period, place))
    return Spoken([one for one in read if one], None in read or _shares(settled, levelled))


def _in_their_year(times: Sequence[Time], levelled: str) -> list[Time]:
    """Give months and parts the one year that was named apart from them: "2025, segundo trimestre"."""
    years = [time for time in times if _is_year(time.period)]
    if len(years) != 1:
        return list(times)
    year, begins = years[0].period, _beginnings(times, levelled)
    open_ = [time for time in times if time.period.inferred_year and time not in begins]
    inner = [time for time in open_ if not _is_listed(time.period, year, levelled)]
    if not inner:
        return list(times)
    return [_moved(time, year.first.year) if time in inner else time for time in times if time.period is not year]


def _beginnings(times: Sequence[Time], levelled: str) -> list[Time]:
    """Return the times that begin a range, the end of which has a year: "janeiro" of "de janeiro a março de 2025"."""
    pairs = [(low, high) for low, high in pairwise(times) if not high.period.inferred_year]
    return [low for low, high in pairs if _TO.fullmatch(_between(low.period, high.period, levelled))]


def _passed_on(times: list[Time], levelled: str) -> list[Time]:
    """Give times without a year that of the next one in a list, or of the one before: "março e maio de 2025"."""
    settled = list(times)
    years = [None if time.period.inferred_year else time.period.first.year for time in times]
    pairs = [(at, at + 1) for at in reversed(range(len(times) - 1))] + [(at + 1, at) for at in range(len(times) - 1)]
    for at, other in pairs:
        if years[at] is None and years[other] and _in_a_list(settled[at].period, settled[other].period, levelled):
            years[at] = years[other]
            settled[at] = _moved(settled[at], years[other] or 0)
    return settled


def _in_a_list(one: Period, other: Period, levelled: str) -> bool:
    gap = _between(one, other, levelled)
    return not _is_year(other) and bool(_LISTED.fullmatch(gap) or _COMMA.fullmatch(gap))


def _is_year(period: Period) -> bool:
    return period.type == "year" or (period.type == "relative" and period.unit == "year" and period.year is not None)


def _is_listed(one: Period, other: Period, levelled: str) -> bool:
    """Say whether two times stand in a list, a range or a comparison, not one in the other."""
    gap = _between(one, other, levelled)
    return bool(_TO.fullmatch(gap) or _LISTED.fullmatch(gap))


def _between(one: Period, other: Period, levelled: str) -> str:
    first, second = sorted((one, other), key=lambda period: period.start)
    return levelled[first.end : second.start]


def _moved(time: Time, year: int) -> Time:
    return time._replace(period=time.in_year(year) or time.period)


def _shares(times: Sequence[Time], levelled: str) -> bool:
    """Say whether a time means another one of the same words, which nobody reads.

    "Março de 2024 e 2025" shares the month; "2024 e o ano anterior" counts from the year.
    """
    years = [time.period for time in times if time.period.type == "year"]
    parts = [time.period for time in times if time.period.type in ("month", "quarter", "semester")]
    several = len(years) > 1 and any(part.inferred_year for part in parts)
    is_relative = len(times) > 1 and _YEAR_BEFORE.search(levelled) is not None
    return (
        several
        or is_relative
        or any(
            part.end <= year.start and _AND.fullmatch(_between(part, year, levelled))
            for part in parts
            for year in years
        )
    )


def _ranges(times: Sequence[Time], levelled: str) -> list[tuple[Period, bool]]:
    """Return the periods, and whether each is joined out of several."""
    found: list[tuple[Time, bool]] = []
    for time in times:
        joined = _joined(found[-1][0], time, levelled) if found else None
        if joined:
            found[-1] = (found[-1][0]._replace(period=joined), True)
        else:
            found.append((time, False))
    return [(time.period, is_joined) for time, is_joined in found]


def _joined(low: Time, high: Time, levelled: str) -> Period | None:
    """Return two times as one: from the first to the second, or both where nothing lies between."""
    gap = levelled[low.period.end : high.period.start]
    is_range = bool(
        _TO.fullmatch(gap) or (_AND.fullmatch(gap) and _BETWEEN.search(levelled[: low.period.start][-_LOOK:]))
    )
    if not is_range and not (_AND.fullmatch(gap) and _touch(low.period, high.period)):
        return None
    one, other = (
        _in_order(low, high) if is_range else sorted((low.period, high.period), key=lambda period: period.first)
    )
    inferred = low.period.inferred_year and high.period.inferred_year
    return Period("range", one.first, other.last, low.period.start, high.period.end, inferred_year=inferred)


def _in_order(low: Time, high: Time) -> tuple[Period, Period]:
    """Return both ends of a range; the one without a year takes that of the other, or the year beside it."""
    one, other = low.period, high.period
    if one.inferred_year:
        near = _moved(low, other.first.year).period
        return (near if near.first <= other.first else _moved(low, other.first.year - 1).period), other
    if other.inferred_year:
        near = _moved(high, one.first.year).period
        return one, (near if near.first >= one.first else _moved(high, one.first.year + 1).period)
    return one, other


def _touch(one: Period, other: Period) -> bool:
    return _DAY in (other.first - one.last, one.first - other.last)


def _ranged(period: Period, place: _Place) -> Period | None:
    """Return a period that has both its ends, None if something else beside it is not read."""
    opened = _RANGED.search(place.before)
    before = place.before[: opened.start()] if opened else place.before
    return period if _is_whole(period, before, place.after) else None


def _limited(period: Period, place: _Place) -> Period | None:
    """Return a period with the limit that stands beside it, None if something beside it is not read."""
    onwards = _ONWARDS.match(place.after)
    said = period._replace(end=period.end + onwards.end()) if onwards else period
    for limit, read in _LIMITS:
        if found := limit.search(place.before):
            return read(said._replace(start=said.start - len(found[0])), place)
    if onwards:
        return _since(said, place)
    return period if _is_whole(period, place.before, place.after) else None


def _since(period: Period, place: _Place) -> Period | None:
    return _open_end(period, period.first, place.today) if period.first <= place.today else period


def _after(period: Period, place: _Place) -> Period | None:
    """Read "depois de junho": that month is left out."""
    first = period.last + _DAY
    return _open_end(period, first, place.today) if first <= place.today else None


def _open_end(period: Period, first: date, today: date) -> Period:
    """Return the days from the first one until now, in the place of a period."""
    return Period("range", first, today, period.start, period.end, first.year, inferred_year=period.inferred_year)


def _until(period: Period, place: _Place) -> Period | None:
    """Read "até junho de 2025" as public accounts do: since that year began. "Até 2025" says not where it begins.

    A month that has not come this year is asked about: which year is meant is open.
    """
    is_guessed = period.inferred_year and period.first.year not in (place.today.year, place.known)
    is_part = period.type in ("month", "quarter", "semester", "range") or period.unit == "month"
    if is_guessed or not is_part or period.first.year != period.last.year:
        return None
    begun = period.first.replace(month=1, day=1)
    return Period("range", begun, period.last, period.start, period.end, inferred_year=period.inferred_year)


def _is_whole(period: Period, before: str, after: str) -> bool:
    """Say whether no word beside a period makes it another one."""
    by_type = {"year": _IN_A_YEAR, "month": _ON_A_DAY, "range": _ON_A_DAY}.get(period.type)
    return not (_CHANGED.search(before) or (by_type and by_type.search(before)) or _BEHIND.match(after))


_LIMITS: tuple[tuple[re.Pattern[str], Callable[[Period, _Place], Period | None]], ...] = (
    (_SINCE, _since),
    (_AFTER, _after),
    (_UNTIL, _until),
)
