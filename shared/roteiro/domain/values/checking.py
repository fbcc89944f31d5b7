"""Whether a slot of a script is declared so that it can be read: its pattern, its bounds, its examples."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from roteiro.domain.faults import OwnFault, placed
from roteiro.domain.patterns import vetted
from roteiro.domain.values.days import limit_of
from roteiro.domain.values.parsing import Hints, Problem, parse
from roteiro.domain.values.value import Choice

__all__ = ["check_bounds", "check_slot"]

_SOME_DAY = date(2026, 1, 1)  # examples are read as if on a fixed day, so that a script never goes bad overnight
_RELATIVE = re.compile(r"today(?:[+-][0-9]{1,5}d)?")
_AMOUNT = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,2})?")
_LENGTH = re.compile(r"[0-9]{1,4}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")
_Bound: TypeAlias = int | float | str | None


def check_slot(slot: Any) -> None:
    """Check a slot as authors write it (`schema.Slot`).

    Raises OwnFault: those of `vetted` at `pattern`, those of `check_bounds` at `min` or `max`, `bad_slot_example`
    (found) at `examples` and its place. Examples of an `entity` wait for the pack's list.
    """
    pattern = None
    if slot.pattern is not None:
        with placed("pattern"):
            pattern = vetted(slot.pattern)
    check_bounds(slot.type, slot.min, slot.max)
    choices = tuple(Choice(one["value"], one["label"], tuple(one["aliases"])) for one in slot.options())
    low, high = (None if bound is None or _is_relative(bound) else str(bound) for bound in (slot.min, slot.max))
    hints = Hints(_SOME_DAY, True, choices, pattern, low, high, slot.many)  # noqa: FBT003 - asked for
    for place, example in enumerate(slot.examples if slot.type != "entity" else ()):
        if isinstance(parse(slot.type, example, hints), Problem):
            raise OwnFault("bad_slot_example", "examples", place, found=example)


def check_bounds(kind: str, minimum: _Bound, maximum: _Bound) -> None:
    """Check the limits of a slot: a number, an amount, a day (ISO or `today-30d`) or a length, as its kind has it.

    Raises OwnFault: `no_bounds` (kind), `bad_bound` (found, kind, example), `bounds_crossed` (minimum, maximum).
    """
    low, high = _read(kind, "min", minimum), _read(kind, "max", maximum)
    if _is_relative(minimum) != _is_relative(maximum):
        return  # which of "today" and a fixed day is later changes with the days
    if low is not None and high is not None and low > high:
        raise OwnFault("bounds_crossed", "min", minimum=minimum, maximum=maximum)


def _read(kind: str, place: str, bound: _Bound) -> Fraction | None:
    if bound is None:
        return None
    if kind not in _READERS or (kind, place) == ("period", "min"):
        raise OwnFault("no_bounds", place, kind=kind)
    read, example = _READERS[kind]
    value = None if isinstance(bound, bool) else read(str(bound))
    if value is None:
        raise OwnFault("bad_bound", place, found=bound, kind=kind, example=example)
    return value


def _written(form: re.Pattern[str]) -> Callable[[str], Fraction | None]:
    return lambda bound: Fraction(bound) if form.fullmatch(bound) else None


def _day(bound: str) -> Fraction | None:
    if bound.startswith("today") and not _RELATIVE.fullmatch(bound):
        return None
    try:
        day = limit_of(bound, _SOME_DAY)
    except (ValueError, OverflowError):
        return None
    return None if day is None else Fraction(day.toordinal())


def _is_relative(bound: object) -> bool:
    return isinstance(bound, str) and bound.startswith("today")


_READERS: dict[str, tuple[Callable[[str], Fraction | None], str]] = {
    "integer": (_written(_NUMBER), "10"),
    "money_brl": (_written(_AMOUNT), "1500.50"),
    "text": (_written(_LENGTH), "40"),
    "long_text": (_written(_LENGTH), "400"),
    "date": (_day, "today-30d"),
    "period": (_day, "today"),  # a latest beginning; no `min`
}
