"""An organ and a period that are looked at, by the names that people know them by."""

from collections.abc import Sequence
from dataclasses import dataclass

from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.texts import text
from roteiro.domain.values import periods

__all__ = ["EVER", "Subject", "about", "labels"]

EVER = "1990-01-01"  # where a period begins that nobody named: before every contract there is


@dataclass(frozen=True, slots=True)
class Subject:
    """An organ by the name that people know, and what is known of its contracts."""

    name: str
    case: Investigation

    @property
    def span(self) -> tuple[str, str]:
        """Return the first and the last day, as ISO-8601."""
        return self.case.start, self.case.end

    def period(self, locale: str) -> str:
        """Return the period as people read it."""
        if self.case.start == EVER:
            return text("when.ever", locale)
        return periods.shown(f"{self.case.start}..{self.case.end}", locale)

    @property
    def has_whole_year(self) -> bool:
        """Say whether a calendar year lies within the period."""
        start, end = self.span
        first = int(start[:4]) + (start[5:] > "01-01")
        return f"{first}-12-31" <= end


def labels(subjects: Sequence[Subject], locale: str) -> list[str]:
    """Return what tells subjects apart: the organ, the period, or both."""
    by_name = len({one.name for one in subjects}) > 1
    by_period = len({one.span for one in subjects}) > 1
    if by_name and by_period:
        return [f"{one.name}, {one.period(locale)}" for one in subjects]
    return [one.period(locale) if by_period else one.name for one in subjects]


def about(subjects: Sequence[Subject], locale: str) -> str:
    """Return organs and periods in a few words, each once."""
    names = dict.fromkeys(one.name for one in subjects)
    spans = dict.fromkeys(one.period(locale) for one in subjects)
    return ", ".join([*names, *spans])
