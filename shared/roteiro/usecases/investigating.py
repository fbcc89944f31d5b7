"""An investigation goes on: contracts are read supplier by supplier, in as many calls as it takes.

Nothing runs on after a call; what `investigation_to` writes is all that the next one needs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from roteiro.domain.anomalies.finding import Finding
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.prices import Market, market_of
from roteiro.domain.anomalies.rules import found_in_contract, found_in_organ, found_in_supplier
from roteiro.domain.anomalies.tally import counted
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Item, Note, Purchase, is_demo
from roteiro.ports import Ledger
from roteiro.usecases.remembered import Asked, asked, recall, remember

__all__ = ["PAGE", "begin", "investigate"]

PAGE = 500  # contracts between two looks at the deadline (measured by benchmarks/anomalies.py)
_PEERS = 1000  # prices of one item, whoever bought it (chosen)

_Hung = TypeVar("_Hung", Item, Note)


def begin(organ: str, start: str, end: str, ledger: Ledger, bounds: Bounds = Bounds()) -> Investigation:  # noqa: B008 - a value
    """Return an investigation of which nothing is read yet."""
    sources = ledger.sources()
    names = tuple(source.shown for source in sources)
    known = recall(Asked(organ, start, end, bounds, tuple(sources)), ledger)
    whole = known.whole if known else ledger.aggregates(organ, start, end)
    return Investigation(organ, start, end, is_demo(sources), names, whole, bounds=bounds)


def investigate(case: Investigation, ledger: Ledger, is_late: Callable[[], bool]) -> Investigation:
    """Go on until it is done or late; at least one supplier is read, so that every call comes further.

    What was read in one call is remembered: asked again, it is not read again until a file is imported.
    Raises StoreUnavailable; what was given is then still where to go on from.
    """
    key = None if case.after or case.is_done else asked(case, ledger)
    if known := recall(key, ledger):
        return known
    read = _further(case, _Reading(ledger, is_late))
    if read.is_done:
        remember(key, read, ledger)
    return read


@dataclass(frozen=True, slots=True)
class _Reading:
    """One call's reading: what items cost is looked up once in it."""

    ledger: Ledger
    is_late: Callable[[], bool]
    markets: dict[str, Market] = field(default_factory=dict)
    looked_up: set[str] = field(default_factory=set)

    def knows(self, kinds: Iterable[str]) -> bool:
        """Look up what items cost; say whether there is time for more."""
        new = sorted(set(kinds) - self.looked_up)
        for kind in new:
            if market := market_of(self.ledger.prices(kind, _PEERS)):
                self.markets[kind] = market
        self.looked_up.update(new)
        return not (new and self.is_late())


def _further(case: Investigation, reading: _Reading) -> Investigation:
    while not case.is_done:
        page = _whole_suppliers(reading.ledger.purchases(case.organ, case.start, case.end, case.after, PAGE))
        case = _read(case, page, reading) if page else _summed_up(case)
        if reading.is_late():
            break
    return case


def _whole_suppliers(page: Sequence[Purchase]) -> Sequence[Purchase]:
    """Leave out the last supplier of a full page: more of it may follow. One that fills a page is taken in pieces."""
    if len(page) < PAGE:
        return page
    last = page[-1].supplier
    return [one for one in page if one.supplier != last] or page


def _read(case: Investigation, page: Sequence[Purchase], reading: _Reading) -> Investigation:
    items = _by_contract(reading.ledger.items([one.id for one in page if case.bounds.hold(one.final)]))
    page = _in_time(page, items, reading)
    within = [one for one in page if case.bounds.hold(one.final)]
    found = list(_found_in(within, items, reading))
    tally = case.tally
    for _, of_one in groupby(within, key=_supplier):
        tally = counted(tally, list(of_one))
    return replace(case, tally=tally, after=page[-1].place, seen=case.seen + len(page)).with_found(found)


def _in_time(page: Sequence[Purchase], items: Mapping[str, Sequence[Item]], reading: _Reading) -> Sequence[Purchase]:
    """Return the suppliers whose items there was time to look up, the first at least: each may cost a trip."""
    read = 0
    for _, of_one in groupby(page, key=_supplier):
        contracts = list(of_one)
        read += len(contracts)
        if not reading.knows(item.kind for one in contracts for item in items.get(one.id, ())):
            break
    return page[:read]


def _found_in(page: Sequence[Purchase], items: Mapping[str, Sequence[Item]], reading: _Reading) -> Iterator[Finding]:
    notes = _by_contract(reading.ledger.notes([one.id for one in page]))
    for one in page:
        yield from found_in_contract(one, items.get(one.id, ()), notes.get(one.id, ()), reading.markets)
    for _, of_one in groupby(page, key=_supplier):
        yield from found_in_supplier(list(of_one), items)


def _supplier(purchase: Purchase) -> str:
    return purchase.supplier


def _by_contract(records: Iterable[_Hung]) -> dict[str, list[_Hung]]:
    found: dict[str, list[_Hung]] = {}
    for record in records:
        found.setdefault(record.contract, []).append(record)
    return found


def _summed_up(case: Investigation) -> Investigation:
    tally = case.tally.closed()
    found = list(found_in_organ(tally, case.start, case.end))
    return replace(case, tally=tally, is_done=True).with_found(found)
