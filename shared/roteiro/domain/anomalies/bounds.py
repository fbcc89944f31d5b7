"""Between which final values contracts are looked at, as somebody said it: "acima de", "até", "entre"."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from roteiro.domain.texts import text
from roteiro.domain.values import money

__all__ = ["Bounds", "bounds_in"]


class Bounds(NamedTuple):
    """The lowest and the highest final value in cents, both included; None: open on that side."""

    low: int | None = None
    high: int | None = None

    @property
    def is_open(self) -> bool:
        """Say whether every contract lies within."""
        return self.low is None and self.high is None

    def hold(self, cents: int) -> bool:
        """Say whether a value lies within."""
        return (self.low is None or cents >= self.low) and (self.high is None or cents <= self.high)

    def shown(self, locale: str) -> str:
        """Return them as people read them; empty if every contract lies within."""
        if self.is_open:
            return ""
        key = "table.between" if None not in self else "table.from" if self.high is None else "table.until"
        low, high = (money.shown(str(Decimal(one or 0) / 100), locale) for one in self)
        return text(key, locale, low=low, high=high)


def bounds_in(words: str, among: Iterable[int] | None = None) -> Bounds:
    """Return the bounds that a text names; `among`: only these amounts count. An amount alone bounds nothing.

    >>> bounds_in("contratos acima de R$ 1 milhão")
    Bounds(low=100000000, high=None)
    """
    known = None if among is None else frozenset(among)
    said = [one for one in money.amounts_in(words) if known is None or one.cents in known]
    ends = sorted(one.cents for one in said if one.op == "between")
    low = [one.cents for one in said if one.op == "gt"] + ends[:1]
    high = [one.cents for one in said if one.op == "lt"] + ends[1:][-1:]
    found = Bounds(max(low, default=None), min(high, default=None))
    return found if found.low is None or found.high is None or found.low <= found.high else Bounds()
