"""Between which final values contracts are looked at, as somebody said it: "acima de", "até", "entre"."""

from decimal import Decimal
from typing import NamedTuple

from roteiro.domain.texts import text
from roteiro.domain.values import money

__all__ = ["Bounds", "bounds_in"]

_CENTS = 100


class _End(NamedTuple):
    """An amount that was named, and whether it lies itself outside."""

    cents: int
    is_strict: bool


class Bounds(NamedTuple):
    """The lowest and the highest final value in cents, both included; None: open on that side.

    `is_above` and `is_below` say that people named the cent before the lowest and the one after the highest.
    """

    low: int | None = None
    high: int | None = None
    is_above: bool = False
    is_below: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether every contract lies within."""
        return self.low is None and self.high is None

    def hold(self, cents: int) -> bool:
        """Say whether a value lies within."""
        return (self.low is None or cents >= self.low) and (self.high is None or cents <= self.high)

    def shown(self, locale: str) -> str:
        """Return them as people read them; empty if every contract lies within."""
        low, high = self._reais(self.low, -self.is_above, locale), self._reais(self.high, self.is_below, locale)
        if low and high and not (self.is_above or self.is_below):
            return text("table.between", locale, low=low, high=high)
        lower = text("table.above" if self.is_above else "table.from", locale, low=low) if low else ""
        upper = f"table.{'below' if self.is_below else 'until'}{'_too' if low else ''}"
        return " ".join(filter(None, (lower, text(upper, locale, high=high) if high else "")))

    @staticmethod
    def _reais(cents: int | None, more: int, locale: str) -> str:
        return "" if cents is None else money.shown(str(Decimal(cents + more) / _CENTS), locale)


def bounds_in(words: str) -> Bounds:
    """Return the bounds that a text names. An amount alone bounds nothing, nor do two that leave nothing between.

    >>> bounds_in("contratos acima de R$ 1 milhão").shown("pt-BR"), bounds_in("contracts up to 1.5 million").high
    ('valor final acima de R$ 1.000.000,00', 150000000)
    """
    said = money.amounts_in(words)
    ends = [_End(cents, is_strict=False) for cents in sorted(one.cents for one in said if one.op == "between")]
    named = [(one.op, _End(one.cents, one.is_strict)) for one in said]
    low = [end for op, end in named if op == "gt"] + ends[:1]
    high = [end for op, end in named if op == "lt"] + ends[1:][-1:]
    found = _bounds(max(low, default=None), min(high, default=None))
    return found if found.low is None or found.high is None or found.low <= found.high else Bounds()


def _bounds(low: _End | None, high: _End | None) -> Bounds:
    """Return the bounds that two amounts make, either of which may not have been named."""
    return Bounds(
        None if low is None else low.cents + low.is_strict,
        None if high is None else high.cents - high.is_strict,
        is_above=low is not None and low.is_strict,
        is_below=high is not None and high.is_strict,
    )
