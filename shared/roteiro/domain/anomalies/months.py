"""An investigation month by month, those without contracts too: a gap is not to look as if there were none."""

from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.tally import Month

__all__ = ["every_month"]

_LONG = 2  # years between a period's ends from which empty months at its ends are left out (chosen: two pages)


def every_month(case: Investigation, today: str) -> list[tuple[str, Month]]:
    """Return the months (YYYY-MM) of the period up to a day; of a long one from the first contract to the last.

    Before and after those there may be no data at all. Without any contract there are no months.
    """
    known = case.tally.months
    if not known:
        return []
    first, last = case.start[:7], max(min(case.end, today)[:7], *known)
    if int(last[:4]) - int(first[:4]) > _LONG:
        first, last = min(known), max(known)
    years = range(int(first[:4]), int(last[:4]) + 1)
    names = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    return [(name, known.get(name, Month())) for name in names if first <= name <= last]
