"""Which contracts a question is about, and how much of them a supplier has."""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Scope", "SupplierShare", "number_key"]

_ALWAYS = ("", "9999-12-31")  # ISO-8601 days sort as text; before and after every day that a file may hold


@dataclass(frozen=True, slots=True)
class Scope:
    """Contracts signed from `start` to `end` (ISO-8601, both included), narrowed by whatever else is given.

    `organs` are SIAFI codes (none: any organ), `supplier` a Código Contratado, `number` as `number_key` gives it, `low`
    and `high` the least and the greatest final value in cents, both included.
    """

    organs: tuple[str, ...] = ()
    start: str = _ALWAYS[0]
    end: str = _ALWAYS[1]
    supplier: str = ""
    number: str = ""
    low: int | None = None
    high: int | None = None


class SupplierShare(NamedTuple):
    """What one supplier has of the contracts asked about, in cents; of several names the last by its letters."""

    supplier: str
    name: str
    contracts: int
    cents: int


def number_key(number: str) -> str:
    """Return a contract's number as it is compared: signs and leading zeros are written or left out as people like.

    >>> number_key("00012/2025"), number_key("122025"), number_key("50001-2024")
    ('122025', '122025', '500012024')
    """
    return "".join(filter(str.isalnum, number)).lstrip("0").upper()
