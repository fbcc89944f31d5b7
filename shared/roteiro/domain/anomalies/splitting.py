"""One purchase that may have been split: several without a tender, each below the limit, together not below it."""

from collections.abc import Iterable, Iterator, Sequence

from roteiro.domain.anomalies.finding import MOST_CONTRACTS, Finding, Rule, Severity
from roteiro.domain.anomalies.limits import limit_of
from roteiro.domain.contracts.records import Purchase

__all__ = ["split_purchases"]

_HIGH = 2  # times the limit that the purchases reach together (chosen)

_Key = tuple[str, str, int]  # unit, year, limit


def split_purchases(of_one_supplier: Iterable[Purchase]) -> Iterator[Finding]:
    """Find what one unit bought from one supplier within a year in parts below the limit in force.

    The law sums what is of the same nature; the supplier stands for that here (chosen), as no column says it.
    Strictly below: a purchase of exactly the limit should have had a tender, and is another matter.
    """
    groups: dict[_Key, list[Purchase]] = {}
    for one in of_one_supplier:
        found = limit_of(one)
        if found and 0 < one.initial < found[1]:
            groups.setdefault((one.unit, one.signed[:4], found[1]), []).append(one)
    for (_, year, limit), purchases in groups.items():
        total = sum(one.initial for one in purchases)
        if len(purchases) > 1 and total >= limit:
            yield _finding(purchases, year, limit, total)


def _finding(purchases: Sequence[Purchase], year: str, limit: int, total: int) -> Finding:
    return Finding(
        rule=Rule.SPLIT,
        severity=Severity.HIGH if total >= _HIGH * limit else Severity.MEDIUM,
        contracts=tuple(one.id for one in purchases[:MOST_CONTRACTS]),
        cents=total,
        figures={
            "contracts": len(purchases),
            "supplier": purchases[0].supplier_name,
            "year": year,
            "ceiling": limit,
            "total": total,
        },
    )
