"""Contracts as the plain documents that every database keeps, and which of them are news.

What was stored before imports masked it is masked when it is read: no CPF goes from here to a line, finding or paper.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from typing import Any, NamedTuple

from roteiro.domain.contracts.records import Counts, Item, Note, Noted, Purchase, Record, Source, spoken_number
from roteiro.domain.contracts.scope import SupplierShare, number_key
from roteiro.domain.values.masking import without_cpfs

__all__ = [
    "Sorted",
    "item_from",
    "note_from",
    "purchase_from",
    "record_to",
    "share_from",
    "sorted_out",
    "source_from",
    "source_to",
    "table_of",
]

_TABLES: Mapping[type[Record], str] = {Purchase: "purchases", Item: "purchase_items", Note: "purchase_notes"}
# Raised when `record_to` adds a field: what was stored without it is news then, and the next import writes it.
# 2: a contract's number. The others have none, so their digests, by which prices are drawn, stay.
_LAYOUTS: Mapping[type[Record], int] = {Purchase: 2}

Stored = Mapping[str, tuple[str, str]]  # digest and edition by id


class Sorted(NamedTuple):
    """Documents to insert, those that replace another, and the count with those that stay as they are."""

    new: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    counts: Counts


def table_of(records: Sequence[Record]) -> str:
    """Return the name of the table or collection that records of this kind are in."""
    return _TABLES[type(records[0])]


def record_to(record: Record) -> dict[str, Any]:
    """Write a record: its fields, `_id` for `id`, a digest of content and layout, and a contract's place and number."""
    document = asdict(record)
    layout = {"layout": _LAYOUTS[type(record)]} if type(record) in _LAYOUTS else {}
    told = json.dumps({**document, **layout, "edition": ""}, ensure_ascii=False, sort_keys=True)
    document["_id"] = document.pop("id")
    document["digest"] = blake2b(told.encode(), digest_size=12).hexdigest()
    if isinstance(record, Purchase):
        document["place"] = record.place
        document["number"] = number_key(spoken_number(record.id))
    return document


def sorted_out(records: Sequence[Record], stored: Stored) -> Sorted:
    """Sort records into new, changed and unchanged; of two with one id the later one counts."""
    documents = {document["_id"]: document for document in map(record_to, records)}
    new = [document for key, document in documents.items() if key not in stored]
    changed = [document for key, document in documents.items() if key in stored and _is_news(document, stored[key])]
    counts = Counts(len(new), len(changed), len(records) - len(new) - len(changed))
    return Sorted(new, changed, counts)


def _is_news(document: Mapping[str, Any], stored: tuple[str, str]) -> bool:
    digest, edition = stored
    return bool(document["digest"] != digest and document["edition"] >= edition)


def purchase_from(document: Mapping[str, Any]) -> Purchase:
    """Read a contract."""
    return Purchase(**_given(Purchase, document, "supplier_name", "object"))


def item_from(document: Mapping[str, Any]) -> Item:
    """Read an item."""
    return Item(**_given(Item, document, "name"))


def note_from(document: Mapping[str, Any]) -> Note:
    """Read a note."""
    given = _given(Note, document, "text")
    return Note(**(given | {"what": Noted(given["what"])}))


def source_to(source: Source) -> dict[str, Any]:
    """Write a source; its key is its name."""
    document = asdict(source)
    document["_id"] = document.pop("name")
    return document


def source_from(document: Mapping[str, Any]) -> Source:
    """Read a source."""
    return Source(document["_id"], document["at"], document["rows"], document["is_demo"])


def share_from(supplier: str, name: str, contracts: int, cents: int) -> SupplierShare:
    """Read what a supplier has of a sum."""
    return SupplierShare(supplier, without_cpfs(name), contracts, cents)


def _given(kind: Any, document: Mapping[str, Any], *texts: str) -> dict[str, Any]:
    """Return the fields of a record, `texts` without CPFs; what was stored before one was kept goes without it."""
    named = ((one.name, "_id" if one.name == "id" else one.name) for one in fields(kind))
    given = {name: document[key] for name, key in named if key in document}
    return given | {name: without_cpfs(given[name]) for name in texts if name in given}
