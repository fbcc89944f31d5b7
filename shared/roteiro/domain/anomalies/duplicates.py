"""Contracts that look like one written twice: same unit, supplier, object and value within a few days."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from roteiro.domain.anomalies.finding import MOST_CONTRACTS, Finding, Rule, Severity
from roteiro.domain.contracts.reading import kind_named
from roteiro.domain.contracts.records import Purchase

__all__ = ["duplicates"]

_DAYS = 30  # between one and the next; twelve equal monthly contracts are a habit, not a slip (chosen)
_HIGH = 3  # so many alike stand out more than two (chosen)


def duplicates(of_one_supplier: Iterable[Purchase]) -> Iterator[Finding]:
    """Find contracts alike in all that the source tells; without an object or a value there is nothing to compare."""
    alike: dict[tuple[str, int, str], list[Purchase]] = {}
    for one in of_one_supplier:
        told = kind_named(one.object)
        if told and one.initial > 0:
            alike.setdefault((one.unit, one.initial, told), []).append(one)
    for purchases in alike.values():
        for run in _runs(sorted(purchases, key=lambda one: (one.signed, one.id))):
            yield _finding(run)


def _runs(purchases: list[Purchase]) -> Iterator[list[Purchase]]:
    """Cut where more than the given days lie between two; what stands alone is left out."""
    run = purchases[:1]
    for before, one in pairwise(purchases):
        if _days(before, one) > _DAYS:
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(one)
    yield from [run] if len(run) > 1 else []


def _days(before: Purchase, one: Purchase) -> int:
    return (date.fromisoformat(one.signed) - date.fromisoformat(before.signed)).days


def _finding(run: list[Purchase]) -> Finding:
    value = run[0].initial
    return Finding(
        rule=Rule.DUPLICATE,
        severity=Severity.HIGH if len(run) >= _HIGH else Severity.MEDIUM,
        contracts=tuple(one.id for one in run[:MOST_CONTRACTS]),
        cents=value * (len(run) - 1),
        figures={
            "contracts": len(run),
            "supplier": run[0].supplier_name,
            "value": value,
            "days": _days(run[0], run[-1]),
        },
    )
