"""Contracts, items and notes for the tests, with everything that a test does not speak about filled in."""

from typing import Any

from roteiro.domain.contracts.records import Item, Note, Noted, Purchase

__all__ = ["a_note", "a_purchase", "an_item", "months_of"]

WAIVED = "LEI 14.133/2021 - Artigo: 75 - Inciso: II"


def a_purchase(number: int | str = 1, **given: Any) -> Purchase:
    """Return a contract of R$ 1,000.00 signed on 2024-03-15."""
    fields: dict[str, Any] = {
        "id": f"250005-{number}",
        "organ": "36000",
        "unit": "250005",
        "supplier": "99000000000100",
        "supplier_name": "Padaria Boa Hora",
        "object": f"Pães do lote {number}",
        "modality": "Pregão",
        "basis": "",
        "signed": "2024-03-15",
        "initial": 100_000,
        "edition": "202403",
    }
    made = fields | given
    return Purchase(**{"final": made["initial"], **made})


def an_item(number: int = 1, contract: str = "250005-1", **given: Any) -> Item:
    """Return an item of R$ 10.00, bought once."""
    fields: dict[str, Any] = {"kind": "cafe em po", "quantity": 1000, "price": 1000, "edition": "202403"}
    return Item(id=f"{contract}-{number:05}", contract=contract, **(fields | given))


def a_note(number: int = 1, contract: str = "250005-1", **given: Any) -> Note:
    """Return an amendment."""
    fields: dict[str, Any] = {"what": Noted.AMENDMENT, "text": "Acréscimo", "cents": 0, "edition": "202403"}
    made = fields | given
    return Note(id=f"{contract}-{made['what']}-{number}", contract=contract, **made)


def months_of(year: int, cents: int, december: int, each: int = 2) -> list[Purchase]:
    """Return a year's contracts: so many each month worth `cents` each, and ten in December worth `december` each."""
    days = [f"{year}-{month:02}-10" for month in range(1, 12) for _ in range(each)]
    usual = [a_purchase(place, signed=day, initial=cents) for place, day in enumerate(days)]
    return usual + [a_purchase(900 + n, signed=f"{year}-12-20", initial=december) for n in range(10)]
