"""A price far above what the same item cost elsewhere, by a score that a few wild prices cannot move."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import median, quantiles

from roteiro.domain.anomalies.finding import Finding, Rule, Severity
from roteiro.domain.contracts.records import Item, Purchase
from roteiro.domain.values.masking import without_cpfs

__all__ = ["FEWEST_PEERS", "Market", "high_prices", "market_of"]

FEWEST_PEERS = 8  # with fewer, quartiles say nothing (chosen, measured by benchmarks/anomalies.py)
_SCORE = 3.5  # of the modified z-score; source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993)
_NORMAL_MAD, _NORMAL_IQR = 0.6745, 1.349  # of a normal distribution with a standard deviation of 1
_NARROWEST = 0.05  # prices all alike would make every cent an outlier: 5 % of spread is taken at least (chosen)
_TIMES = 250  # hundredths of the middle price at least; twice it is common retail (benchmarks/anomalies.py)
_MEDIUM, _HIGH = 300, 500  # hundredths of the middle price (chosen)
_WORTH = 100_000  # cents above the middle price in all; less is not worth a reader's time (chosen)
_THOUSANDTHS = 1000
_SLACK = 101  # percent: an item may exceed its contract by what rounding does, no more


@dataclass(frozen=True, slots=True)
class Market:
    """What an item costs: the middle price in cents, of how many prices, and the middle and spread of their logs."""

    median: int
    peers: int
    middle: float
    spread: float

    def score(self, price: int) -> float:
        """Return how many standard deviations above the middle a price stands, robustly."""
        return (log(price) - self.middle) / self.spread


def market_of(prices: Iterable[int]) -> Market | None:
    """Return the market that prices in cents make; None for too few. Prices spread by factors, hence logarithms."""
    known = [price for price in prices if price > 0]
    if len(known) < FEWEST_PEERS:
        return None
    logs = [log(price) for price in known]
    middle = median(logs)
    mad = median(abs(one - middle) for one in logs) / _NORMAL_MAD
    low, _, high = quantiles(logs, n=4)
    spread = max(mad or (high - low) / _NORMAL_IQR, _NARROWEST)  # over half alike: the quartiles may still differ
    return Market(int(median(known)), len(known), middle, spread)


def high_prices(purchase: Purchase, items: Sequence[Item], markets: Mapping[str, Market]) -> Iterator[Finding]:
    """Find the items of one contract that cost far more than the same item elsewhere.

    The source calls the column Valor Item; programs that read it take it for the price of one. Where that would make
    an item dearer than its contract it cannot be so, and nothing is said.
    """
    most = max(purchase.initial, purchase.final)
    for item in items:
        market = markets.get(item.kind)
        if market and _is_price_of_one(item, most) and _stands_out(item, market):
            yield _finding(purchase, item, market)


def _is_price_of_one(item: Item, most: int) -> bool:
    return item.price > 0 and item.quantity > 0 and item.price * item.quantity * 100 <= most * _SLACK * _THOUSANDTHS


def _stands_out(item: Item, market: Market) -> bool:
    times = item.price * 100 // market.median
    return times >= _TIMES and _above(item, market) >= _WORTH and market.score(item.price) > _SCORE


def _above(item: Item, market: Market) -> int:
    return (item.price - market.median) * item.quantity // _THOUSANDTHS


def _finding(purchase: Purchase, item: Item, market: Market) -> Finding:
    times = item.price * 100 // market.median
    severity = Severity.HIGH if times >= _HIGH else Severity.MEDIUM if times >= _MEDIUM else Severity.LOW
    return Finding(
        rule=Rule.PRICE,
        severity=severity,
        contracts=(purchase.id,),
        cents=_above(item, market),
        figures={
            "contracts": 1,
            "supplier": purchase.supplier_name,
            "item": item.name or without_cpfs(item.kind),  # a kind is what prices are found by, so it stays as kept
            "price": item.price,
            "median": market.median,
            "times": times,
            "peers": market.peers,
        },
    )
