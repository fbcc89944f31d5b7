"""One line of a monthly file to one record, or to what is wrong with the line."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import TypeVar

from roteiro.domain.contracts.asked import number_of
from roteiro.domain.contracts.cells import UnreadableCell, cents_of, day_of, thousandths_of
from roteiro.domain.contracts.columns import COLUMNS, Kind
from roteiro.domain.contracts.records import Item, Note, Noted, Purchase, Record
from roteiro.domain.values.letters import level
from roteiro.domain.values.masking import without_cpfs
from roteiro.errors import Fault

__all__ = ["kind_named", "record_of"]

_SHOWN = 40  # characters of a cell that a fault repeats
_LONGEST = 2000  # characters of a text that is kept; an object's description says what it is long before that (chosen)
_CNPJ_LENGTH = 14
_LONGEST_NAME = 200  # characters of an item's description: one finding tells it in a sentence (chosen)
_TITLES = {kind: {column.name: column.titles[0] for column in columns} for kind, columns in COLUMNS.items()}

_Value = TypeVar("_Value", int, str)

Cells = Mapping[str, str]  # by our names of the columns; an absent column is absent here too


def record_of(kind: Kind, cells: Cells, edition: str, prefix: str = "") -> Record | Fault:
    """Return the record that a line is, its id after `prefix`; or a fault whose path is the column's title."""
    line = _Line(kind, cells, edition, prefix)
    try:
        return _READERS[kind](line)
    except _CellFault as fault:
        return fault.fault


def kind_named(description: str) -> str:
    """Return what two items are compared by: their description without case, accents, signs and spare blanks.

    The item's code numbers one line of one purchase, so it cannot say that two purchases bought the same thing.

    >>> kind_named("Papel  A4, 75 g/m²")
    'papel a4 75 g m2'
    """
    return " ".join("".join(sign if sign.isalnum() else " " for sign in level(description)).split())[:200]


class _CellFault(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Line:
    """A line's cells, each read as what its column holds."""

    def __init__(self, kind: Kind, cells: Cells, edition: str, prefix: str) -> None:
        self._titles = _TITLES[kind]
        self._cells = cells
        self._prefix = prefix
        self.edition = edition

    @property
    def contract(self) -> str:
        """Return the id of the contract that the line speaks of: numbers are a unit's own."""
        return f"{self._prefix}{self.needed('unit')}-{self.needed('number')}"

    def text(self, name: str) -> str:
        """Return a cell's text without spare blanks, empty if the file has no such column."""
        return " ".join(self._cells.get(name, "").replace("\0", "").split())[:_LONGEST]

    def words(self, name: str) -> str:
        """Return a cell's text for people to read, without anybody's CPF."""
        return without_cpfs(self.text(name))

    def needed(self, name: str) -> str:
        """Return a cell's text, which must not be empty."""
        if found := self.text(name):
            return found
        raise _CellFault(Fault(self._titles[name], "missing"))

    def number(self, name: str, read: Callable[[str], int]) -> int:
        """Return a number that must be there."""
        return self._read(name, read)

    def day(self, name: str, instead: str) -> str:
        """Return a day, or the one of the column `instead` where it is empty."""
        return self._read(name if self.text(name) or not self.text(instead) else instead, day_of)

    def _read(self, name: str, read: Callable[[str], _Value]) -> _Value:
        found = self.needed(name)
        try:
            return read(found)
        except UnreadableCell as error:
            raise _CellFault(Fault(self._titles[name], str(error), (("found", found[:_SHOWN]),))) from error


def _purchase(line: _Line) -> Purchase:
    return Purchase(
        id=line.contract,
        organ=line.needed("organ"),
        unit=line.needed("unit"),
        supplier=_supplier(line.text("supplier"), line.words("supplier_name")),
        supplier_name=line.words("supplier_name"),
        object=line.words("object"),
        modality=line.text("modality"),
        basis=line.text("basis"),
        signed=line.day("signed", instead="published"),
        initial=line.number("initial", cents_of),
        final=line.number("final", cents_of),
        edition=line.edition,
    )


def _supplier(code: str, name: str) -> str:
    """Return who is paid: a masked CPF is shared by many people, and a negative code stands for a secret.

    A CNPJ is kept without its signs, as it is looked up.
    """
    if code.startswith("-"):
        return ""
    if "*" in code:
        return f"{code} {name}".strip()
    plain = number_of(code)
    return plain if len(plain) == _CNPJ_LENGTH else code


def _item(line: _Line) -> Item:
    written = line.needed("description")
    description = without_cpfs(written)
    code = line.text("item") or blake2b(written.encode(), digest_size=8).hexdigest()
    return Item(
        id=f"{line.contract}-{code}",
        contract=line.contract,
        kind=kind_named(description),
        quantity=line.number("quantity", thousandths_of),
        price=line.number("price", cents_of),
        edition=line.edition,
        name=description[:_LONGEST_NAME],
    )


def _amendment(line: _Line) -> Note:
    return _note(line, Noted.AMENDMENT, 0)


def _adjustment(line: _Line) -> Note:
    return _note(line, Noted.ADJUSTMENT, line.number("value", cents_of))


def _note(line: _Line, what: Noted, cents: int) -> Note:
    return Note(
        id=f"{line.contract}-{what}-{line.needed('note')}",
        contract=line.contract,
        what=what,
        text=line.words("text"),
        cents=cents,
        edition=line.edition,
    )


_READERS: Mapping[Kind, Callable[[_Line], Record]] = {
    Kind.PURCHASES: _purchase,
    Kind.ITEMS: _item,
    Kind.AMENDMENTS: _amendment,
    Kind.ADJUSTMENTS: _adjustment,
}
