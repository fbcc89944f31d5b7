"""Contracts, their items and what was noted on them later, as the ledger keeps them: money in whole cents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

__all__ = [
    "DEMO",
    "Aggregate",
    "Counts",
    "Item",
    "Note",
    "Noted",
    "Purchase",
    "Record",
    "Source",
    "is_demo",
    "spoken_number",
    "unit_of",
]

DEMO = "demo-"  # the ids of the synthetic sample begin with it, so that one range holds all of it

_PART = " (…)"  # the same in every language
_BETWEEN = "\t"  # sorts before every character that a supplier may hold, so that one supplier's places stand together


@dataclass(frozen=True, slots=True)
class Purchase:
    """One contract: `id` is "<unit>-<number>", `organ` the superior organ's SIAFI code, `signed` YYYY-MM-DD.

    `supplier` is what the source calls Código Contratado (a CNPJ's 14 digits; a person's CPF comes masked), empty when
    it is kept secret. `initial` and `final` are cents. `edition` is the month of the file, YYYYMM.
    """

    id: str
    organ: str
    unit: str
    supplier: str
    supplier_name: str
    object: str
    modality: str
    basis: str
    signed: str
    initial: int
    final: int
    edition: str

    @property
    def place(self) -> str:
        """Return where the contract stands when an organ's are read supplier by supplier."""
        return f"{self.supplier}{_BETWEEN}{self.id}"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a contract: `quantity` in thousandths, `price` of one in cents, `kind` the description, levelled.

    `name` is the description as the source writes it, empty in what was imported before it was kept.
    """

    id: str
    contract: str
    kind: str
    quantity: int
    price: int
    edition: str
    name: str = ""


class Noted(StrEnum):
    """What was noted on a contract later: an amendment's words, or an adjustment of prices with its cents."""

    AMENDMENT = "amendment"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Note:
    """A later note on a contract; `cents` is 0 where the source gives no value, as with every amendment."""

    id: str
    contract: str
    what: Noted
    text: str
    cents: int
    edition: str


Record: TypeAlias = Purchase | Item | Note


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of records that were given: not there before, replaced by other content, or as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def rows(self) -> int:
        """Return how many records there were."""
        return self.new + self.changed + self.unchanged

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: `name` as it was given out, `at` when it was last read (ISO-8601), `rows` good ones.

    It has no rows while it is read, and after that was broken off.
    """

    name: str
    at: str
    rows: int
    is_demo: bool = False

    @property
    def shown(self) -> str:
        """Return the name, marked where not all of the file is there."""
        return self.name if self.rows else f"{self.name}{_PART}"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An organ's contracts of a period: how many, of how many suppliers, and their final values together in cents."""

    contracts: int
    suppliers: int
    cents: int


def is_demo(sources: Iterable[Source]) -> bool:
    """Say whether the synthetic sample is all there is."""
    known = list(sources)
    return bool(known) and all(source.is_demo for source in known)


def spoken_number(contract: str) -> str:
    """Return a contract's number as people look it up.

    >>> spoken_number("demo-999001-50001-2024"), spoken_number("250005-500012024")
    ('50001-2024', '500012024')
    """
    return re.sub(r"^\D*\d+-", "", contract)


def unit_of(contract: str) -> str:
    """Return the code of the unit that signed a contract, from its id: numbers are a unit's own.

    >>> unit_of("demo-999001-50001-2024"), unit_of("250005-500012024")
    ('999001', '250005')
    """
    return re.sub(r"^\D*(\d+)-.*", r"\1", contract)
