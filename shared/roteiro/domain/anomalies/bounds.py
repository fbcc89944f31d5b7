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
_ONE = re.compile(rf"\b(?P<word>(?P<more>{_MORE})|(?:{_LESS})) {_AMOUNT.format('')}")
_COUNTS_TOO = re.compile(  # before an amount: it is itself within
    r"\b(?:a partir de|pelo menos|ao menos|no minimo|at least|from|ate|no maximo|nao passa de|up to|at most|hasta)"
    r" *(?:r\$ *)?$"
)
_TWO = re.compile(rf"\b(?:between|entre) {_AMOUNT.format(1)} (?:and|[ye]) {_AMOUNT.format(2)}")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
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
    levelled = level(words)
    found = _between(levelled) or _beside(levelled) or _in_portuguese(words, levelled)
    return found if found.low is None or found.high is None or found.low <= found.high else Bounds()


def _in_portuguese(words: str, levelled: str) -> Bounds:
    said = money.amounts_in(words)
    ends = [_End(cents, is_strict=False) for cents in sorted(one.cents for one in said if one.op == "between")]
    named = [(one.op, _End(one.cents, not _COUNTS_TOO.search(levelled[: one.start]))) for one in said]
    low = [end for op, end in named if op == "gt"] + ends[:1]
    high = [end for op, end in named if op == "lt"] + ends[1:][-1:]
    return _bounds(max(low, default=None), min(high, default=None))


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
            end = _End(_cents(one["digits"], one["scale"]), not _COUNTS_TOO.search(one["word"]))
            low, high = (end, high) if one["more"] else (low, end)
    return None if low is None and high is None else _bounds(low, high)


def _bounds(low: _End | None, high: _End | None) -> Bounds:
    """Return the bounds that two amounts make, either of which may not have been named."""
    return Bounds(
        None if low is None else low.cents + low.is_strict,
        None if high is None else high.cents - high.is_strict,
        is_above=low is not None and low.is_strict,
        is_below=high is not None and high.is_strict,
    )


def _cents(digits: str, scale: str | None) -> int:
    """Return an amount: separators of thousands are dropped, any other is a decimal one."""
    plain = digits.rstrip(".,")
    number = re.sub(r"[.,]", "", plain) if _GROUPED.fullmatch(plain) else plain.replace(",", ".")
    whole, _, part = number.partition(".")
    return int(Decimal(f"{whole}.{re.sub(r'[.]', '', part) or 0}") * 10 ** _SCALES.get(scale or "", 0) * _CENTS)
