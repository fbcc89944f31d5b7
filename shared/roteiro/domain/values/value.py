"""What a parser gives: a value with its place in the text, or the problem; and what it is told beforehand."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

__all__ = ["BARE", "CERTAIN", "LIKELY", "Choice", "Entity", "Finder", "Found", "Hints", "Problem", "Value"]

# How sure a parser is; chosen, only their order matters: a caller that fills several slots takes the surest first.
CERTAIN = 1.0  # check digits agree, or the words can mean nothing else
LIKELY = 0.8  # the usual form
BARE = 0.6  # only plausible because it was asked for, or one typo away


class Value(NamedTuple):
    """One value found: as it is stored, as people read it (never masked), and text[start:end] that said it."""

    stored: str | bool | int
    display: str
    start: int
    end: int
    certainty: float


class Problem(NamedTuple):
    """Why there is no value: a stable code, and the facts a sentence about it needs. Never what the customer wrote."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


class Choice(NamedTuple):
    """One option of a slot of type `choice`."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


class Entity(NamedTuple):
    """One entry of a pack's list; an alias that begins with "=" counts only as it is written after that sign.

    `needs` says where a name counts that was not asked for: `none` (anywhere), `context` (after "ministério d-" or
    "contratos d-", "gastos n-" and the like), `ministry` (only after "ministério d-").
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    needs: str = "none"
    data: tuple[tuple[str, str], ...] = ()  # what else is known of it: other codes, where they are from
    bodies: tuple[str, ...] = ()  # names of what belongs to it; they count wherever they stand


class Hints(NamedTuple):
    """What is known before the text is read.

    `asked`: the slot was just asked for, so bare numbers count and near misses are told. `minimum` and `maximum` are
    as the script writes them: "3", "10.50", "2026-01-31", "today", "today-30d". `pattern` was vetted when it was saved.
    `many`: the slot takes all values named, so several are no problem.
    """

    today: date
    asked: bool = True
    choices: tuple[Choice, ...] = ()
    pattern: re.Pattern[str] | None = None
    minimum: str | None = None
    maximum: str | None = None
    many: bool = False
    locale: str = "pt-BR"
    entities: tuple[Entity, ...] = ()
    year: int | None = None  # of the period collected before: what a month alone means
    begun: bool = False  # the words demand what the slot is for: a name that could stand for an entry is taken or told

    def allows(self, amount: Fraction | int) -> bool:
        """Say whether an amount is between `minimum` and `maximum`, written as numbers."""
        least, most = (Fraction(limit) if limit else None for limit in (self.minimum, self.maximum))
        return (least is None or amount >= least) and (most is None or amount <= most)

    def out_of_range(self) -> Problem:
        """Return the problem of an amount beyond `minimum` or `maximum`, with both as the script writes them."""
        limits = (("minimum", self.minimum), ("maximum", self.maximum))
        return Problem("out_of_range", tuple((name, limit) for name, limit in limits if limit))


Found = Iterator[Value | Problem]
Finder = Callable[[str, Hints], Found]
