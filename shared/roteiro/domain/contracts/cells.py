"""Cells of the monthly files as values: reais with a decimal comma as cents, days as ISO-8601."""

import re
from datetime import date
from decimal import Decimal

__all__ = ["UnreadableCell", "cents_of", "day_of", "thousandths_of"]

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_MOST = 10**15  # cents or thousandths: ten trillion reais, and nine thousand of them still sum up in a database
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1980, 2100  # what lies outside is a slip of the pen (chosen)


class UnreadableCell(ValueError):
    """A cell that is not what its column holds; the text is the `fault.` code."""


def cents_of(cell: str) -> int:
    """Return an amount in cents, the half cent rounded up.

    >>> cents_of("1.234.567,89"), cents_of("1500"), cents_of("R$ 0,5")
    (123456789, 150000, 50)
    """
    return _scaled(cell.removeprefix("R$").strip(), 100, "contract_money")


def thousandths_of(cell: str) -> int:
    """Return a quantity in thousandths.

    >>> thousandths_of("12"), thousandths_of("0,5000")
    (12000, 500)
    """
    return _scaled(cell, 1000, "contract_quantity")


def day_of(cell: str) -> str:
    """Return a day as ISO-8601.

    >>> day_of("31/01/2024")
    '2024-01-31'
    """
    found = _DAY.fullmatch(cell)
    if not found or not _FIRST_YEAR <= int(found[3]) <= _LAST_YEAR:
        raise UnreadableCell("contract_day")
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError as error:
        raise UnreadableCell("contract_day") from error


def _scaled(cell: str, by: int, code: str) -> int:
    if not _NUMBER.fullmatch(cell) or not cell.isascii():
        raise UnreadableCell(code)
    scaled = Decimal(cell.replace(".", "").replace(",", ".")) * by
    whole = int(scaled.to_integral_value(rounding="ROUND_HALF_UP")) if abs(scaled) < _MOST else _MOST
    if abs(whole) >= _MOST:
        raise UnreadableCell(code)
    return whole
