"""Contracts that look like one written twice: same unit, supplier, object and value within a few days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from roteiro.domain.anomalies.finding import MOST_CONTRACTS, Finding, Rule, Severity
from roteiro.domain.contracts.reading import kind_named
from roteiro.domain.contracts.records import Item, Purchase

__all__ = ["duplicates"]

_DAYS = 30  # between one and the next; twelve equal monthly contracts are a habit, not a slip (chosen)
_HIGH = 3  # so many alike stand out more than two (chosen)
# An item's code ends in the number of its line within the purchase (from memory, to be checked at the source).
_LINE = 5

_Items = Mapping[str, Sequence[Item]]  # by contract


def duplicates(of_one_supplier: Iterable[Purchase], items: _Items) -> Iterator[Finding]:
    """Find contracts alike in all that the source tells; without an object or a value there is nothing to compare.

    Equal lots of one purchase are alike too, and are left out where their items say that this is what they are.
    """
    alike: dict[tuple[str, int, str], list[Purchase]] = {}
    for one in of_one_supplier:
        told = kind_named(one.object)
        if told and one.initial > 0:
            alike.setdefault((one.unit, one.initial, told), []).append(one)
    for purchases in alike.values():
        for run in _runs(sorted(purchases, key=lambda one: (one.signed, one.id))):
            if kept := list(_no_lots(run, items)):
                yield _finding(kept)


def _runs(purchases: list[Purchase]) -> Iterator[list[Purchase]]:
    """Cut where more than the given days lie between two; what stands alone is left out."""
    run = purchases[:1]
    for before, one in pairwise(purchases):
        if _days(before, one) > _DAYS:
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(one)
    yield from [run] if len(run) > 1 else []


def _no_lots(run: Sequence[Purchase], items: _Items) -> Iterator[Purchase]:
    """Yield the contracts but for lots: parts of one purchase with each of the others, that share no line with any."""
    codes = [_codes(one, items) for one in run]
    lines = Counter(code for own in codes for code in own)
    parts: dict[str, set[int]] = {}  # of each purchase: the places of the contracts that have lines of it
    for place, own in enumerate(codes):
        for code in own:
            parts.setdefault(code[:-_LINE], set()).add(place)
    for one, own in zip(run, codes, strict=True):
        beside = set().union(*(parts[purchase] for purchase in {code[:-_LINE] for code in own}))
        if len(beside) < len(run) or any(lines[code] > 1 for code in own):
            yield one


def _codes(one: Purchase, items: _Items) -> set[str]:
    """Return the codes of a contract's items, as long as the portal's; an item's id is its contract and its code."""
    codes = {item.id.removeprefix(f"{one.id}-") for item in items.get(one.id, ())}
    return {code for code in codes if code.isdecimal() and len(code) > _LINE}


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
