"""The columns of the monthly files, found by name whatever their order, case and accents.

Names seen in public programs that read files of 2019 to 2026 (pandas listings of all ten columns of 202401_ItemCompra
and 202401_TermoAditivo; lists of Compras columns verified on 2023 files); not compared with the publisher's own data
dictionary. Certain: the columns of Compras, ItemCompra and TermoAditivo below. Less certain: those of Apostilamento,
known in order but not in their exact words, so several are accepted.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from roteiro.domain.values.letters import level

__all__ = ["COLUMNS", "Column", "Kind", "kind_of", "missing_columns", "places"]


class Kind(StrEnum):
    """What a file holds, by the end of its name: AAAAMM_<kind>.csv."""

    PURCHASES = "Compras"
    ITEMS = "ItemCompra"
    AMENDMENTS = "TermoAditivo"
    ADJUSTMENTS = "Apostilamento"


class Column(NamedTuple):
    """A column as we call it, the names it goes by in the files, and whether a file is of no use without it."""

    name: str
    titles: tuple[str, ...]
    is_needed: bool = True


_UNIT = Column("unit", ("Código UG",))
_NUMBER = Column("number", ("Número Contrato", "Número do Contrato"))

COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.PURCHASES: (
        Column("number", ("Número do Contrato", "Número Contrato")),
        _UNIT,
        Column("organ", ("Código Órgão Superior", "Código do Órgão Superior")),
        Column("supplier", ("Código Contratado",)),
        Column("supplier_name", ("Nome Contratado",), is_needed=False),
        Column("object", ("Objeto",), is_needed=False),
        Column("modality", ("Modalidade Compra",), is_needed=False),
        Column("basis", ("Fundamento Legal",), is_needed=False),
        Column("signed", ("Data Assinatura Contrato",)),
        Column("published", ("Data Publicação DOU", "Data Publicação"), is_needed=False),
        Column("initial", ("Valor Inicial Compra",)),
        Column("final", ("Valor Final Compra",)),
    ),
    Kind.ITEMS: (
        _NUMBER,
        _UNIT,
        Column("item", ("Código Item Compra",), is_needed=False),
        Column("description", ("Descrição Item Compra",)),
        Column("quantity", ("Quantidade Item",)),
        Column("price", ("Valor Item",)),
    ),
    Kind.AMENDMENTS: (
        _NUMBER,
        _UNIT,
        Column("note", ("Número Termo Aditivo",)),
        Column("text", ("Objeto",), is_needed=False),
    ),
    Kind.ADJUSTMENTS: (
        _NUMBER,
        _UNIT,
        Column("note", ("Número Apostilamento",)),
        Column("text", ("Descrição Apostilamento", "Descrição", "Objeto"), is_needed=False),
        Column("value", ("Valor Apostilamento", "Valor")),
    ),
}


def kind_of(name: str) -> Kind | None:
    """Return what a file holds by its name; None for one that is not read (or not ours).

    >>> kind_of("202401_Compras.csv"), kind_of("202401_itemCompra.CSV"), kind_of("202401_Licitação.csv")
    (<Kind.PURCHASES: 'Compras'>, <Kind.ITEMS: 'ItemCompra'>, None)
    """
    stem, _, ending = name.rpartition(".")
    if ending.lower() != "csv":
        return None
    last = stem.rpartition("_")[2].lower()
    return next((kind for kind in Kind if kind.value.lower() == last), None)


def places(kind: Kind, header: Sequence[str]) -> dict[str, int]:
    """Return where in a line each known column stands; one that the file does not have is absent."""
    stands = {_plain(title): place for place, title in reversed(list(enumerate(header)))}
    found = {}
    for column in COLUMNS[kind]:
        place = next((stands[title] for title in map(_plain, column.titles) if title in stands), None)
        if place is not None:
            found[column.name] = place
    return found


def missing_columns(kind: Kind, found: Mapping[str, int]) -> list[str]:
    """Return the titles of the needed columns that a file does not have."""
    return [column.titles[0] for column in COLUMNS[kind] if column.is_needed and column.name not in found]


def _plain(title: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in level(title)).split())
