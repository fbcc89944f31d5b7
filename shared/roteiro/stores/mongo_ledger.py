"""Public contracts in MongoDB, a collection for each kind of record; beside the portable commands it asks by `$in`."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from roteiro.domain.contracts.records import DEMO, Aggregate, Counts, Item, Note, Purchase, Record, Source
from roteiro.stores.records import (
    item_from,
    note_from,
    purchase_from,
    sorted_out,
    source_from,
    source_to,
    table_of,
)

__all__ = ["MongoLedger"]

_RECORDS = ("purchases", "purchase_items", "purchase_notes")
_UP = 1  # the driver's ASCENDING; the driver itself has one door, the store
_SEEN = {"digest": 1, "edition": 1}
_SUMMED = {"place": 1, "supplier": 1, "final": 1}
_PAGE = 5000  # documents of three small fields, well within a verb's deadline (chosen)


class MongoLedger:
    """A Ledger on a store's database; `translated` gives each verb its deadline and turns the driver's errors.

    Every document has its key twice, as `_id` and as `key`: look-alikes cannot index `_id` beside other fields.
    """

    def __init__(self, database: Callable[[], Any], translated: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._translated = translated

    def prepare(self) -> None:
        """Create the indexes."""
        with self._translated():
            database = self._database()
            database["purchases"].create_index([("organ", _UP), ("place", _UP), ("signed", _UP)])
            database["purchase_items"].create_index([("contract", _UP), ("key", _UP)])
            database["purchase_items"].create_index([("kind", _UP), ("key", _UP)])
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

    def notes(self, contracts: Sequence[str]) -> list[Note]:
        """Return what was noted on contracts later."""
        return [note_from(document) for document in self._of("purchase_notes", contracts)]

    def prices(self, kind: str, limit: int) -> list[int]:
        """Return prices of items of a kind."""
        with self._translated():
            found = self._database()["purchase_items"].find({"kind": kind}, {"price": 1}).sort("key", _UP).limit(limit)
            return [int(document["price"]) for document in found]

    def aggregates(self, organ: str, start: str, end: str) -> Aggregate:
        """Return how much an organ's contracts are together, summed here: look-alikes do not sum alike."""
        suppliers: set[str] = set()
        contracts, cents, after = 0, 0, ""
        while page := self._summed(organ, start, end, after):
            contracts += len(page)
            cents += sum(document["final"] for document in page)
            suppliers.update(document["supplier"] for document in page)
            after = page[-1]["place"]
        return Aggregate(contracts, len(suppliers), cents)

    def span(self, organ: str) -> tuple[str, str] | None:
        """Return the days of an organ's first and last contract, each found by itself: look-alikes do not sum alike."""
        with self._translated():
            purchases = self._database()["purchases"]
            days = [list(purchases.find({"organ": organ}).sort("signed", way).limit(1)) for way in (_UP, -_UP)]
        return (days[0][0]["signed"], days[1][0]["signed"]) if all(days) else None

    def _summed(self, organ: str, start: str, end: str, after: str) -> list[dict[str, Any]]:
        with self._translated():
            found = self._database()["purchases"].find(_of_a_period(organ, start, end, after), _SUMMED)
            return list(found.sort("place", _UP).limit(_PAGE))

    def _of(self, name: str, contracts: Sequence[str]) -> Iterable[dict[str, Any]]:
        with self._translated():
            return list(self._database()[name].find({"contract": {"$in": list(contracts)}}).sort("key", _UP))


def _of_a_period(organ: str, start: str, end: str, after: str) -> dict[str, Any]:
    return {"organ": organ, "place": {"$gt": after}, "signed": {"$gte": start, "$lte": end}}


def _keyed(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "key": document["_id"]}
