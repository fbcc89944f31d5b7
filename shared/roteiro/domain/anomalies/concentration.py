"""One supplier with most of what an organ spends: its share, and the index of Herfindahl and Hirschman."""

from roteiro.domain.anomalies.finding import Finding, Rule, Severity
from roteiro.domain.anomalies.tally import Tally

__all__ = ["concentrated"]

_WHOLE = 10_000  # hundredths of a percent, and the index of a single supplier
_SHARE, _HIGH_SHARE = 4_000, 6_000  # hundredths of a percent of an organ's value (chosen)
# Above it a market counts as highly concentrated. Source: CADE, Guia de Análise de Atos de Concentração Horizontal
# (2016); to be checked. It was made for markets, not for one buyer: taken as the nearest yardstick (chosen).
_INDEX = 2_500
_FEWEST = 20  # contracts of the period, below which a share is chance (chosen)
_FEWEST_OF_ONE = 3  # contracts of the supplier: one great contract is no habit (chosen)


def concentrated(tally: Tally) -> Finding | None:
    """Return the supplier with the greatest share if it, or the index, is above the references."""
    known = tally.closed()
    top = known.top
    if known.contracts < _FEWEST or top.contracts < _FEWEST_OF_ONE or not known.cents:
        return None
    share = top.cents * _WHOLE // known.cents
    index = known.squares * _WHOLE // known.cents**2
    if share < _SHARE and index <= _INDEX:
        return None
    return Finding(
        rule=Rule.CONCENTRATION,
        severity=Severity.HIGH if share >= _HIGH_SHARE else Severity.MEDIUM,
        contracts=tuple(contract for _, contract in top.dearest),
        cents=top.cents,
        figures={
            "contracts": top.contracts,
            "supplier": top.name,
            "share": share,
            "value": top.cents,
            "total": known.cents,
            "hhi": index,
        },
    )
