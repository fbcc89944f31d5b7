"""Between which final values contracts are looked at, as somebody said it: "acima de", "até", "entre"."""

import re
from decimal import Decimal
from typing import NamedTuple

from roteiro.domain.texts import text
from roteiro.domain.values import money
from roteiro.domain.values.letters import level

__all__ = ["Bounds", "bounds_in"]

# The parser of amounts knows how they compare in Portuguese. In English and Spanish only what is plainly money counts:
# a currency or a scale beside the number.
_SCALES = {"thousand": 3, "mil": 3, "k": 3, "million": 6, "millon": 6, "millones": 6, "milhao": 6, "milhoes": 6}
_AMOUNT = rf"(?P<sign{{0}}>r\$ ?|brl ?)?(?P<digits{{0}}>\d[\d.,]*) ?(?P<scale{{0}}>{'|'.join(_SCALES)})?\b"
_MORE = r"above|over|more than|greater than|at least|from|mas de|mayor(?:es)? (?:de|a|que)|por encima de"
_LESS = r"below|under|less than|up to|at most|menor(?:es)? (?:de|a|que)|hasta|por debajo de"
_ONE = re.compile(rf"\b(?:(?P<more>{_MORE})|(?:{_LESS})) {_AMOUNT.format('')}")
_TWO = re.compile(rf"\b(?:between|entre) {_AMOUNT.format(1)} (?:and|[ye]) {_AMOUNT.format(2)}")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
_CENTS = 100


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
        low, high = (money.shown(str(Decimal(one or 0) / _CENTS), locale) for one in self)
        return text(key, locale, low=low, high=high)


def bounds_in(words: str) -> Bounds:
    """Return the bounds that a text names. An amount alone bounds nothing, nor do two that leave nothing between.

    >>> bounds_in("contratos acima de R$ 1 milhão"), bounds_in("contracts up to 1.5 million")
    (Bounds(low=100000000, high=None), Bounds(low=None, high=150000000))
    """
    levelled = level(words)
    found = _between(levelled) or _beside(levelled) or _in_portuguese(words)
    return found if found.low is None or found.high is None or found.low <= found.high else Bounds()


def _in_portuguese(words: str) -> Bounds:
    said = money.amounts_in(words)
    ends = sorted(one.cents for one in said if one.op == "between")
    low = [one.cents for one in said if one.op == "gt"] + ends[:1]
    high = [one.cents for one in said if one.op == "lt"] + ends[1:][-1:]
    return Bounds(max(low, default=None), min(high, default=None))


def _between(levelled: str) -> Bounds | None:
    """Read "between 1 and 2 million": the scale of the second is that of the first too, if that one has none."""
    found = _TWO.search(levelled)
    if not found or not (found["sign1"] or found["sign2"] or found["scale2"]):
        return None
    low = _cents(found["digits1"], found["scale1"] or found["scale2"])
    return Bounds(low, _cents(found["digits2"], found["scale2"]))


def _beside(levelled: str) -> Bounds | None:
    low, high = None, None
    for one in _ONE.finditer(levelled):
        if one["sign"] or one["scale"]:
            cents = _cents(one["digits"], one["scale"])
            low, high = (cents, high) if one["more"] else (low, cents)
    return None if low is None and high is None else Bounds(low, high)


def _cents(digits: str, scale: str | None) -> int:
    """Return an amount: separators of thousands are dropped, any other is a decimal one."""
    plain = digits.rstrip(".,")
    number = re.sub(r"[.,]", "", plain) if _GROUPED.fullmatch(plain) else plain.replace(",", ".")
    whole, _, part = number.partition(".")
    return int(Decimal(f"{whole}.{re.sub(r'[.]', '', part) or 0}") * 10 ** _SCALES.get(scale or "", 0) * _CENTS)
