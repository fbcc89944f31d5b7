"""A December that holds far more of a year's value than its months before."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low

from roteiro.domain.anomalies.finding import Finding, Rule, Severity
from roteiro.domain.anomalies.tally import Month, Tally

__all__ = ["year_end_rushes"]

_WHOLE = 10_000
_SHARE, _HIGH_SHARE = 3_000, 5_000  # hundredths of a percent of the year's value; a twelfth is 833 (chosen)
_TIMES = 3  # times the middle month at least, so that a year of few great contracts is none (chosen)
_FEWEST, _FEWEST_OF_MONTH = 24, 5  # contracts of the year and of its December (chosen)
_MONTHS = range(1, 13)


def year_end_rushes(tally: Tally, start: str, end: str) -> Iterator[Finding]:
    """Find years that lie wholly between two days and end in a rush."""
    for year in sorted({name[:4] for name in tally.months}):
        if start <= f"{year}-01-01" and f"{year}-12-31" <= end:
            yield from _of_year(year, tally.months)


def _of_year(year: str, months: Mapping[str, Month]) -> Iterator[Finding]:
    *before, last = [months.get(f"{year}-{month:02}", Month()) for month in _MONTHS]
    total = sum(month.cents for month in [*before, last])
    if not total or not _is_busy(before, last):
        return
    share = last.cents * _WHOLE // total
    if share >= _SHARE and last.cents >= _TIMES * median_low(month.cents for month in before):
        yield _finding(year, last, share, total)


def _is_busy(before: Sequence[Month], last: Month) -> bool:
    return last.contracts >= _FEWEST_OF_MONTH and sum(month.contracts for month in [*before, last]) >= _FEWEST


def _finding(year: str, last: Month, share: int, total: int) -> Finding:
    return Finding(
        rule=Rule.RUSH,
        severity=Severity.HIGH if share >= _HIGH_SHARE else Severity.MEDIUM,
        contracts=tuple(contract for _, contract in last.dearest),
        cents=last.cents,
        figures={"contracts": last.contracts, "year": year, "share": share, "value": last.cents, "total": total},
    )
