"""Public contracts in MongoDB, a collection for each kind of record; beside the portable commands `$in` and sums."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from roteiro.domain.contracts.records import DEMO, Aggregate, Counts, Item, Note, Purchase, Record, Source
from roteiro.domain.contracts.scope import Scope, SupplierShare
from roteiro.stores.records import (
    item_from,
    note_from,
    purchase_from,
    share_from,
    sorted_out,
    source_from,
    source_to,
    table_of,
)

__all__ = ["MongoLedger"]

_RECORDS = ("purchases", "purchase_items", "purchase_notes")
_UP = 1  # the driver's ASCENDING; the driver itself has one door, the store
_SEEN = {"digest": 1, "edition": 1}
_SUMMED = ("organ", "signed", "supplier", "final", "supplier_name")  # an organ's sums are made from this index alone
_NOTHING = Aggregate(0, 0, 0)
_PRICED = {"_id": 0, "price": 1}  # nothing beside the index is read
_SIGNED = {"_id": 0, "signed": 1}
_BY_SUPPLIER = {"_id": "$supplier", "contracts": {"$sum": 1}, "cents": {"$sum": "$final"}}
_NAMED = {**_BY_SUPPLIER, "name": {"$max": "$supplier_name"}}
_TOGETHER = {
    "_id": None,
    "contracts": {"$sum": "$contracts"},
    "suppliers": {"$sum": 1},
    "cents": {"$sum": "$cents"},
}

Within = Callable[[], AbstractContextManager[None]]


class MongoLedger:
    """A Ledger on a store's database; `translated` gives each verb its deadline and turns the driver's errors.

    `building` does so for indexes, which take as long as there are contracts.

    Every document has its key twice, as `_id` and as `key`: look-alikes cannot index `_id` beside other fields.
    """

    def __init__(self, database: Callable[[], Any], translated: Within, building: Within) -> None:
        self._database = database
        self._translated = translated
        self._building = building

    def prepare(self) -> None:
        """Create the indexes."""
        with self._building():
            database = self._database()
            database["purchases"].create_index([("organ", _UP), ("place", _UP), ("signed", _UP)])
            database["purchases"].create_index([(name, _UP) for name in _SUMMED])
            database["purchases"].create_index([("organ", _UP), ("final", _UP)])
            database["purchases"].create_index([("supplier", _UP), ("place", _UP)])
            database["purchases"].create_index([("number", _UP), ("place", _UP)])
            database["purchase_items"].create_index([("contract", _UP), ("key", _UP)])
            database["purchase_items"].create_index([("kind", _UP), ("digest", _UP), ("price", _UP)])
            database["purchase_notes"].create_index([("contract", _UP), ("key", _UP)])

    def put_many(self, records: Sequence[Record]) -> Counts:
        """Keep records of one kind; who is interrupted reads the file again."""
        if not records:
            return Counts()
        name = table_of(records)
        with self._translated():
            collection = self._database()[name]
            found = collection.find({"_id": {"$in": [record.id for record in records]}}, _SEEN)
            known = {one["_id"]: (one["digest"], one["edition"]) for one in found}
            new, changed, counts = sorted_out(records, known)
            if new:
                collection.insert_many([_keyed(document) for document in new])
        for document in changed:  # each with a deadline of its own: there is a trip for each
            with self._translated():
                collection.find_one_and_replace({"_id": document["_id"]}, _keyed(document))
        return counts

    def note_source(self, source: Source) -> None:
        """Keep that a file was read."""
        document = source_to(source)
        with self._translated():
            self._database()["purchase_sources"].find_one_and_replace({"_id": document["_id"]}, document, upsert=True)

    def sources(self) -> list[Source]:
        """Return the files that were read, by name."""
        with self._translated():
            return [
                source_from(document) for document in self._database()["purchase_sources"].find({}).sort("_id", _UP)
            ]

    def forget(self, prefix: str) -> None:
        """Delete all records whose id begins with `prefix`, and the sources of the sample with it."""
        for name in _RECORDS:
            with self._translated():
                self._database()[name].delete_many({"_id": {"$gte": prefix, "$lt": f"{prefix}\uffff"}})
        if prefix == DEMO:
            with self._translated():
                self._database()["purchase_sources"].delete_many({"is_demo": True})

    def purchases(self, organ: str, start: str, end: str, after: str = "", limit: int = 500) -> list[Purchase]:
        """Return an organ's contracts of a period by their places."""
        with self._translated():
            found = self._database()["purchases"].find(_of_a_period(organ, start, end, after))
            return [purchase_from(document) for document in found.sort("place", _UP).limit(limit)]

    def items(self, contracts: Sequence[str]) -> list[Item]:
        """Return the items of contracts."""
        return [item_from(document) for document in self._of("purchase_items", contracts)]

    def purchases_of(self, ids: Sequence[str]) -> list[Purchase]:
        """Return contracts by their ids."""
        with self._translated():
            found = self._database()["purchases"].find({"_id": {"$in": list(ids)}}).sort("_id", _UP)
            return [purchase_from(document) for document in found]

    def notes(self, contracts: Sequence[str]) -> list[Note]:
        """Return what was noted on contracts later."""
        return [note_from(document) for document in self._of("purchase_notes", contracts)]

    def prices(self, kind: str, limit: int) -> list[int]:
        """Return prices of items of a kind, drawn by the digests of their content."""
        with self._translated():
            found = self._database()["purchase_items"].find({"kind": kind}, _PRICED).sort("digest", _UP).limit(limit)
            return [int(document["price"]) for document in found]

    def aggregates(self, organ: str, start: str, end: str) -> Aggregate:
        """Return how much an organ's contracts are together."""
        return self.total(Scope((organ,), start, end))

    def span(self, organ: str) -> tuple[str, str] | None:
        """Return the days of an organ's first and last contract, each at its end of an index."""
        with self._translated():
            purchases = self._database()["purchases"]
            days = [list(purchases.find({"organ": organ}, _SIGNED).sort("signed", way).limit(1)) for way in (_UP, -_UP)]
        return (days[0][0]["signed"], days[1][0]["signed"]) if all(days) else None

    def total(self, scope: Scope) -> Aggregate:
        """Return how much the contracts of a scope are together."""
        found = self._grouped(scope, _BY_SUPPLIER, {"$group": _TOGETHER})
        return Aggregate(*(int(found[0][name]) for name in ("contracts", "suppliers", "cents"))) if found else _NOTHING

    def largest(self, scope: Scope, limit: int) -> list[Purchase]:
        """Return the contracts of a scope with the greatest final values."""
        with self._translated():
            found = self._database()["purchases"].find(_within(scope, scope.organs))
            return [purchase_from(one) for one in found.sort([("final", -_UP), ("place", _UP)]).limit(limit)]

    def top_suppliers(self, scope: Scope, limit: int, *, by_count: bool = False) -> list[SupplierShare]:
        """Return the suppliers with the greatest sums in a scope."""
        order = ({"contracts": -_UP} if by_count else {}) | {"cents": -_UP, "_id": _UP}
        found = self._grouped(scope, _NAMED, {"$sort": order}, {"$limit": limit})
        return [share_from(one["_id"], one["name"], one["contracts"], one["cents"]) for one in found]

    def _grouped(self, scope: Scope, told: Mapping[str, Any], *further: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return what is told of each supplier of a scope, and what further stages make of it; in one trip."""
        stages = [{"$match": _within(scope, scope.organs)}, {"$group": told}, *further]
        with self._translated():
            return list(self._database()["purchases"].aggregate(stages))

    def _of(self, name: str, contracts: Sequence[str]) -> Iterable[dict[str, Any]]:
        with self._translated():
            return list(self._database()[name].find({"contract": {"$in": list(contracts)}}).sort("key", _UP))


def _of_a_period(organ: str, start: str, end: str, after: str) -> dict[str, Any]:
    return {"organ": organ, "place": {"$gt": after}, "signed": {"$gte": start, "$lte": end}}


def _within(scope: Scope, organs: Sequence[str]) -> dict[str, Any]:
    """Return the filter that finds a scope's contracts of these organs; none: of any."""
    wanted: dict[str, Any] = {"signed": {"$gte": scope.start, "$lte": scope.end}}
    if organs:
        wanted["organ"] = organs[0] if len(organs) == 1 else {"$in": list(organs)}
    wanted |= {name: value for name in ("supplier", "number") if (value := getattr(scope, name))}
    bounds = {"$gte": scope.low, "$lte": scope.high}
    narrow = {sign: value for sign, value in bounds.items() if value is not None}
    return wanted | ({"final": narrow} if narrow else {})


def _keyed(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "key": document["_id"]}
