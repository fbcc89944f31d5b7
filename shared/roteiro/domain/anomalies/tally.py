"""What is summed while an organ's contracts pass by, supplier after supplier: of one size however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from roteiro.domain.anomalies.finding import MOST_CONTRACTS
from roteiro.domain.contracts.records import Purchase
from roteiro.domain.values.masking import without_cpfs

__all__ = ["Month", "Share", "Tally", "counted", "tally_from", "tally_to"]

_DECEMBER = "12"


@dataclass(frozen=True, slots=True)
class Share:
    """What one supplier was given: cents, how many contracts, and the ids of the dearest."""

    supplier: str = ""
    name: str = ""
    cents: int = 0
    contracts: int = 0
    dearest: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """One month's contracts: cents and count; for a December the ids of the dearest too."""

    cents: int = 0
    contracts: int = 0
    dearest: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums so far: `running` is the supplier being read, `top` the greatest before, `squares` the sum of cents²."""

    contracts: int = 0
    suppliers: int = 0
    cents: int = 0
    squares: int = 0
    top: Share = Share()
    running: Share = Share()
    months: Mapping[str, Month] = field(default_factory=dict)

    def closed(self) -> "Tally":
        """Return the sums with the supplier being read among those before."""
        known = self.running
        if not known.supplier:
            return replace(self, running=Share())
        return replace(
            self,
            suppliers=self.suppliers + 1,
            cents=self.cents + known.cents,
            squares=self.squares + known.cents**2,
            top=max(self.top, known, key=lambda share: share.cents),
            running=Share(),
        )


def counted(tally: Tally, of_one_supplier: Sequence[Purchase]) -> Tally:
    """Return the sums with one supplier's contracts, or with more of the supplier that was read last.

    What is below nothing counts as nothing. Contracts whose supplier is secret belong to the months alone.
    """
    supplier = of_one_supplier[0].supplier
    known = tally if tally.running.supplier == supplier else tally.closed()
    share = known.running
    values = [(max(one.final, 0), one.id) for one in of_one_supplier]
    running = Share(
        supplier=supplier,
        name=of_one_supplier[0].supplier_name,
        cents=share.cents + sum(cents for cents, _ in values),
        contracts=share.contracts + len(values),
        dearest=_dearest(share.dearest, values),
    )
    months = dict(known.months)
    for one in of_one_supplier:
        months[one.signed[:7]] = _with(months.get(one.signed[:7], Month()), one)
    return replace(known, contracts=known.contracts + len(values), running=running, months=months)


def _with(month: Month, one: Purchase) -> Month:
    cents = max(one.final, 0)
    dearest = _dearest(month.dearest, [(cents, one.id)]) if one.signed[5:7] == _DECEMBER else ()
    return Month(month.cents + cents, month.contracts + 1, dearest)


def _dearest(known: Sequence[tuple[int, str]], more: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted([*known, *more], reverse=True)[:MOST_CONTRACTS])


def tally_to(tally: Tally) -> dict[str, Any]:
    """Write sums as JSON values; squares are text, as they outgrow a database's whole numbers."""
    return {
        "contracts": tally.contracts,
        "suppliers": tally.suppliers,
        "cents": tally.cents,
        "squares": str(tally.squares),
        "top": _share_to(tally.top),
        "running": _share_to(tally.running),
        "months": {name: [one.cents, one.contracts, _pairs(one.dearest)] for name, one in tally.months.items()},
    }


def tally_from(document: Mapping[str, Any]) -> Tally:
    """Read what `tally_to` wrote."""
    months = {name: Month(cents, count, _read(ids)) for name, (cents, count, ids) in document["months"].items()}
    return Tally(
        contracts=document["contracts"],
        suppliers=document["suppliers"],
        cents=document["cents"],
        squares=int(document["squares"]),
        top=_share_from(document["top"]),
        running=_share_from(document["running"]),
        months=months,
    )


def _share_to(share: Share) -> list[Any]:
    return [share.supplier, share.name, share.cents, share.contracts, _pairs(share.dearest)]


def _share_from(values: Sequence[Any]) -> Share:
    supplier, name, cents, contracts, ids = values
    return Share(supplier, without_cpfs(name), cents, contracts, _read(ids))


def _pairs(dearest: Sequence[tuple[int, str]]) -> list[list[int | str]]:
    return [[cents, contract] for cents, contract in dearest]


def _read(pairs: Sequence[Sequence[Any]]) -> tuple[tuple[int, str], ...]:
    return tuple((cents, contract) for cents, contract in pairs)
