"""An investigation goes on: contracts are read supplier by supplier, in as many calls as it takes.

Nothing runs on after a call; what `investigation_to` writes is all that the next one needs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from roteiro.domain.anomalies.bounds import Bounds
from roteiro.domain.anomalies.finding import Finding
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.prices import Market, market_of
from roteiro.domain.anomalies.rules import found_in_contract, found_in_organ, found_in_supplier
from roteiro.domain.anomalies.tally import counted
from roteiro.domain.contracts.records import Item, Note, Purchase, is_demo
from roteiro.ports import Ledger

__all__ = ["PAGE", "begin", "investigate"]

PAGE = 500  # contracts between two looks at the deadline (measured by benchmarks/anomalies.py)
_PEERS = 1000  # prices of one item, whoever bought it (chosen)

_Hung = TypeVar("_Hung", Item, Note)
_Markets = dict[str, Market | None]


def begin(organ: str, start: str, end: str, ledger: Ledger, bounds: Bounds = Bounds()) -> Investigation:  # noqa: B008 - a value
    """Return an investigation of which nothing is read yet."""
    sources = ledger.sources()
    names = tuple(source.name for source in sources)
    whole = ledger.aggregates(organ, start, end)
    return Investigation(organ, start, end, is_demo(sources), names, whole, bounds=bounds)


def investigate(case: Investigation, ledger: Ledger, is_late: Callable[[], bool]) -> Investigation:
    """Go on until it is done or late; at least one page is read, so that every call comes further.

    Raises StoreUnavailable; what was given is then still where to go on from.
    """
    markets: _Markets = {}
    while not case.is_done:
        page = _whole_suppliers(ledger.purchases(case.organ, case.start, case.end, case.after, PAGE))
        case = _read(case, page, ledger, markets) if page else _summed_up(case)
        if is_late():
            break
    return case


def _whole_suppliers(page: Sequence[Purchase]) -> Sequence[Purchase]:
    """Leave out the last supplier of a full page: more of it may follow. One that fills a page is taken in pieces."""
    if len(page) < PAGE:
        return page
    last = page[-1].supplier
    return [one for one in page if one.supplier != last] or page


def _read(case: Investigation, page: Sequence[Purchase], ledger: Ledger, markets: _Markets) -> Investigation:
    within = [one for one in page if case.bounds.hold(one.final)]
    found = list(_found_in(within, ledger, markets))
    tally = case.tally
    for _, of_one in groupby(within, key=lambda one: one.supplier):
        tally = counted(tally, list(of_one))
    return replace(case, tally=tally, after=page[-1].place, seen=case.seen + len(page)).with_found(found)


def _found_in(page: Sequence[Purchase], ledger: Ledger, markets: _Markets) -> Iterator[Finding]:
    ids = [one.id for one in page]
    items, notes = _by_contract(ledger.items(ids)), _by_contract(ledger.notes(ids))
    known = _known({item.kind for some in items.values() for item in some}, ledger, markets)
    for one in page:
        yield from found_in_contract(one, items.get(one.id, ()), notes.get(one.id, ()), known)
    for _, of_one in groupby(page, key=lambda one: one.supplier):
        yield from found_in_supplier(list(of_one))


def _known(kinds: Iterable[str], ledger: Ledger, markets: _Markets) -> dict[str, Market]:
    for kind in sorted(set(kinds) - set(markets)):
        markets[kind] = market_of(ledger.prices(kind, _PEERS))
    return {kind: market for kind, market in markets.items() if market}


def _by_contract(records: Iterable[_Hung]) -> dict[str, list[_Hung]]:
    found: dict[str, list[_Hung]] = {}
    for record in records:
        found.setdefault(record.contract, []).append(record)
    return found


def _summed_up(case: Investigation) -> Investigation:
    tally = case.tally.closed()
    found = list(found_in_organ(tally, case.start, case.end))
    return replace(case, tally=tally, is_done=True).with_found(found)
