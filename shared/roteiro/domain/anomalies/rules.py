"""All rules at once: those of one contract, those of one supplier's contracts, and those of an organ's sums."""

from collections.abc import Iterator, Mapping, Sequence

from roteiro.domain.anomalies.concentration import concentrated
from roteiro.domain.anomalies.duplicates import duplicates
from roteiro.domain.anomalies.finding import Finding
from roteiro.domain.anomalies.growth import grown
from roteiro.domain.anomalies.prices import Market, high_prices
from roteiro.domain.anomalies.rush import year_end_rushes
from roteiro.domain.anomalies.splitting import split_purchases
from roteiro.domain.anomalies.tally import Tally
from roteiro.domain.contracts.records import Item, Note, Purchase

__all__ = ["found_in_contract", "found_in_organ", "found_in_supplier"]


def found_in_contract(
    purchase: Purchase, items: Sequence[Item], notes: Sequence[Note], markets: Mapping[str, Market]
) -> Iterator[Finding]:
    """Find what one contract shows by itself and beside the prices of others."""
    if finding := grown(purchase, notes):
        yield finding
    yield from high_prices(purchase, items, markets)


def found_in_supplier(contracts: Sequence[Purchase], items: Mapping[str, Sequence[Item]]) -> Iterator[Finding]:
    """Find what one supplier's contracts show together; where it is secret they were not made with the same one."""
    if contracts and contracts[0].supplier:
        yield from duplicates(contracts, items)
        yield from split_purchases(contracts)


def found_in_organ(tally: Tally, start: str, end: str) -> Iterator[Finding]:
    """Find what an organ's sums show, once all of a period is in them."""
    if finding := concentrated(tally):
        yield finding
    yield from year_end_rushes(tally, start, end)
