"""Dates in a sentence: what `written_days` and `relative_days` read, within the limits of the slot."""

from collections.abc import Iterator
from datetime import date

from roteiro.domain.values import relative_days, written_days
from roteiro.domain.values.days import Rule, Said, limit_of
from roteiro.domain.values.letters import level
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_dates", "shown"]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# In this order: what one rule has read, no later one reads again ("12 de março" is no month alone).
_RULES = (*written_days.RULES, *relative_days.RULES, *relative_days.VAGUE, *written_days.VAGUE)


def find_dates(text: str, hints: Hints) -> Found:
    """Find days. A weekday beside another day only describes it.

    Problems: `no_such_day`, `incomplete` (a month or year alone), `ambiguous` (a whole week), `out_of_range`
    (minimum, maximum as ISO dates).
    """
    found = list(_days(level(text), hints))
    days = [one for one in found if isinstance(one, Value)]
    sure = any(day.certainty > BARE for day in days)
    for one in found:
        if not (sure and isinstance(one, Value) and one.certainty <= BARE):
            yield _within(one, hints) if isinstance(one, Value) else one


def shown(day: date, locale: str) -> str:
    """Return the day as it is read: 12/03/2026; in English 12 Mar 2026, which nobody takes for December."""
    if not locale.startswith("en"):
        return f"{day:%d/%m/%Y}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"  # not %b, which follows the machine's language


def _days(levelled: str, hints: Hints) -> Iterator[Value | Problem]:
    limit = hints.minimum or ""
    said = Said(hints.today, ahead=limit.startswith("today") and "-" not in limit, asked=hints.asked)
    taken = bytearray(len(levelled))
    for rule in _RULES:
        if rule.only_asked and not hints.asked:
            continue
        for found in rule.pattern.finditer(levelled):
            if not any(taken[found.start() : found.end()]):
                taken[found.start() : found.end()] = b"1" * (found.end() - found.start())
                yield _read(rule, found.start(), found.end(), rule.read(found, said), hints)


def _read(rule: Rule, start: int, end: int, day: date | str | None, hints: Hints) -> Value | Problem:
    if isinstance(day, date):
        return Value(day.isoformat(), shown(day, hints.locale), start, end, BARE if rule.weak else LIKELY)
    return Problem(day or "no_such_day")


def _within(value: Value, hints: Hints) -> Value | Problem:
    low, high = limit_of(hints.minimum, hints.today), limit_of(hints.maximum, hints.today)
    day = date.fromisoformat(str(value.stored))
    if (low and day < low) or (high and day > high):
        facts = (("minimum", low), ("maximum", high))
        return Problem("out_of_range", tuple((name, limit.isoformat()) for name, limit in facts if limit))
    return value
