"""Two organs, or two periods, beside each other in one sentence: which has more, of what, and how much."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.subject import Subject, labels
from roteiro.domain.texts import text
from roteiro.domain.values import money

__all__ = ["compared"]

_TWO = 2
_WHAT = ("total", "contracts", "findings")


def compared(subjects: Sequence[Subject], locale: str) -> Iterator[str]:
    """Yield the sentence if there are two, each wholly read and with contracts: what is missing compares with nothing.

    Two organs in two periods differ in two things at once and are not compared.
    """
    if len(subjects) != _TWO or not all(one.case.is_done and one.case.whole.contracts for one in subjects):
        return
    first, second = subjects
    if (first.name == second.name) == (first.span == second.span):
        return
    names = labels(subjects, locale)
    pairs = zip(_figures(first.case), _figures(second.case), strict=True)
    parts = [_part(what, (one, other), names, locale) for what, (one, other) in zip(_WHAT, pairs, strict=True)]
    yield text("acting.compared", locale, first=names[0], second=names[1], parts="; ".join(parts))


def _figures(case: Investigation) -> tuple[int, int, int]:
    tally = case.tally.closed()
    return tally.cents, tally.contracts, sum(case.by_rule.values())


def _part(what: str, figures: tuple[int, int], names: Sequence[str], locale: str) -> str:
    shown = [money.shown(str(Decimal(one) / 100), locale) if what == "total" else str(one) for one in figures]
    label = text(f"table.compared_{what}", locale)
    if figures[0] == figures[1]:
        return text("table.compared_same", locale, what=label, figure=shown[0])
    higher = figures[1] > figures[0]
    return text(
        "table.compared_more", locale, what=label, name=names[higher], more=shown[higher], less=shown[not higher]
    )
