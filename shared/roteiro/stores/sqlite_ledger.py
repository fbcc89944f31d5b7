"""Public contracts in the same SQLite file, each kind of record in its own table, found without reading the others."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from roteiro.domain.contracts.records import DEMO, Aggregate, Counts, Item, Note, Purchase, Record, Source
from roteiro.domain.contracts.scope import Scope, SupplierShare
from roteiro.stores.connections import Connections
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

__all__ = ["LEDGER_SCHEMA", "SqliteLedger"]

LEDGER_SCHEMA = """
CREATE TABLE IF NOT EXISTS purchases (
  id TEXT PRIMARY KEY, organ TEXT NOT NULL, place TEXT NOT NULL, signed TEXT NOT NULL, supplier TEXT NOT NULL,
  final INTEGER NOT NULL, digest TEXT NOT NULL, edition TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS purchases_by_place ON purchases (organ, place, signed, supplier, final);
CREATE INDEX IF NOT EXISTS purchases_by_supplier ON purchases (supplier, signed, final);
CREATE INDEX IF NOT EXISTS purchases_by_number ON purchases (json_extract(body, '$.number'));
CREATE TABLE IF NOT EXISTS purchase_items (
  id TEXT PRIMARY KEY, contract TEXT NOT NULL, kind TEXT NOT NULL, price INTEGER NOT NULL,
  digest TEXT NOT NULL, edition TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS purchase_items_by_contract ON purchase_items (contract, id);
CREATE INDEX IF NOT EXISTS purchase_items_drawn ON purchase_items (kind, digest, price);
DROP INDEX IF EXISTS purchase_items_by_kind; -- of older files: ids begin with the unit, so it drew from few of them
CREATE TABLE IF NOT EXISTS purchase_notes (
  id TEXT PRIMARY KEY, contract TEXT NOT NULL, digest TEXT NOT NULL, edition TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS purchase_notes_by_contract ON purchase_notes (contract, id);
CREATE TABLE IF NOT EXISTS purchase_sources (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = {
    "purchases": ("_id", "organ", "place", "signed", "supplier", "final", "digest", "edition"),
    "purchase_items": ("_id", "contract", "kind", "price", "digest", "edition"),
    "purchase_notes": ("_id", "contract", "digest", "edition"),
}
_OF_A_PERIOD = "FROM purchases WHERE organ = ? AND place > ? AND signed >= ? AND signed <= ?"


class SqliteLedger:
    """A Ledger on the connections of a store."""

    def __init__(self, file: Connections) -> None:
        self._file = file

    def put_many(self, records: Sequence[Record]) -> Counts:
        """Keep records of one kind; all of them or none."""
        if not records:
            return Counts()
        table = table_of(records)
        ids = [record.id for record in records]
        with self._file.transaction() as connection:
            found = connection.execute(
                f"SELECT id, digest, edition FROM {table} WHERE id IN ({_holes(ids)})",  # noqa: S608 - our own names
                ids,
            )
            known = {key: (digest, edition) for key, digest, edition in found}
            new, changed, counts = sorted_out(records, known)
            rows = [_row(table, document) for document in [*new, *changed]]
            if rows:
                connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({_holes(rows[0])})", rows)  # noqa: S608
        return counts

    def note_source(self, source: Source) -> None:
        """Keep that a file was read."""
        with self._file.transaction() as connection:
            row = (source.name, json.dumps(source_to(source), ensure_ascii=False))
            connection.execute("INSERT OR REPLACE INTO purchase_sources VALUES (?, ?)", row)

    def sources(self) -> list[Source]:
        """Return the files that were read, by name."""
        rows = self._file.rows("SELECT body FROM purchase_sources ORDER BY id")
        return [source_from(json.loads(body)) for (body,) in rows]

    def forget(self, prefix: str) -> None:
        """Delete all records whose id begins with `prefix`, and the sources of the sample with it."""
        with self._file.transaction() as connection:
            for table in _COLUMNS:
                connection.execute(f"DELETE FROM {table} WHERE id >= ? AND id < ?", (prefix, f"{prefix}\uffff"))  # noqa: S608
            if prefix == DEMO:
                connection.execute("DELETE FROM purchase_sources WHERE json_extract(body, '$.is_demo')")

    def purchases(self, organ: str, start: str, end: str, after: str = "", limit: int = 500) -> list[Purchase]:
        """Return an organ's contracts of a period by their places."""
        rows = self._file.rows(f"SELECT body {_OF_A_PERIOD} ORDER BY place LIMIT ?", (organ, after, start, end, limit))
        return [purchase_from(json.loads(body)) for (body,) in rows]

    def items(self, contracts: Sequence[str]) -> list[Item]:
        """Return the items of contracts."""
        return [item_from(document) for document in self._of("purchase_items", contracts)]

    def purchases_of(self, ids: Sequence[str]) -> list[Purchase]:
        """Return contracts by their ids."""
        rows = self._file.rows(f"SELECT body FROM purchases WHERE id IN ({_holes(ids)}) ORDER BY id", list(ids))  # noqa: S608
        return [purchase_from(json.loads(body)) for (body,) in rows]

    def notes(self, contracts: Sequence[str]) -> list[Note]:
        """Return what was noted on contracts later."""
        return [note_from(document) for document in self._of("purchase_notes", contracts)]

    def prices(self, kind: str, limit: int) -> list[int]:
        """Return prices of items of a kind, drawn by the digests of their content."""
        rows = self._file.rows("SELECT price FROM purchase_items WHERE kind = ? ORDER BY digest LIMIT ?", (kind, limit))
        return [int(price) for (price,) in rows]

    def aggregates(self, organ: str, start: str, end: str) -> Aggregate:
        """Return how much an organ's contracts of a period are together."""
        return self.total(Scope((organ,), start, end))

    def span(self, organ: str) -> tuple[str, str] | None:
        """Return the days of an organ's first and last contract."""
        ((first, last),) = self._file.rows("SELECT MIN(signed), MAX(signed) FROM purchases WHERE organ = ?", (organ,))
        return (first, last) if first else None

    def total(self, scope: Scope) -> Aggregate:
        """Return how much the contracts of a scope are together."""
        where, values = _within(scope)
        wanted = f"SELECT COUNT(*), COUNT(DISTINCT supplier), COALESCE(SUM(final), 0) {where}"
        ((contracts, suppliers, cents),) = self._file.rows(wanted, values)
        return Aggregate(int(contracts), int(suppliers), int(cents))

    def largest(self, scope: Scope, limit: int) -> list[Purchase]:
        """Return the contracts of a scope with the greatest final values; only their own content is read."""
        where, values = _within(scope)
        order = "ORDER BY final DESC, place"
        wanted = f"SELECT body FROM purchases WHERE rowid IN (SELECT rowid {where} {order} LIMIT ?) {order}"  # noqa: S608
        return [purchase_from(json.loads(body)) for (body,) in self._file.rows(wanted, (*values, limit))]

    def top_suppliers(self, scope: Scope, limit: int, *, by_count: bool = False) -> list[SupplierShare]:
        """Return the suppliers with the greatest sums in a scope; names are looked for in the contracts of these."""
        where, values = _within(scope)
        order = f"ORDER BY {'contracts DESC, ' if by_count else ''}cents DESC, supplier"
        top = f"SELECT supplier, COUNT(*) AS contracts, SUM(final) AS cents {where} GROUP BY supplier {order} LIMIT ?"
        name = f"SELECT MAX(json_extract(body, '$.supplier_name')) {where} AND supplier = top.supplier"
        wanted = f"SELECT supplier, ({name}), contracts, cents FROM ({top}) AS top {order}"  # noqa: S608 - our own names
        rows = self._file.rows(wanted, (*values, *values, limit))
        return [share_from(supplier, named, int(contracts), int(cents)) for supplier, named, contracts, cents in rows]

    def _of(self, table: str, contracts: Sequence[str]) -> list[dict[str, Any]]:
        rows = self._file.rows(
            f"SELECT body FROM {table} WHERE contract IN ({_holes(contracts)}) ORDER BY id",  # noqa: S608
            list(contracts),
        )
        return [json.loads(body) for (body,) in rows]


def _within(scope: Scope) -> tuple[str, tuple[object, ...]]:
    """Return where the contracts of a scope are, and the values of its holes."""
    told = [(condition, values) for condition, values in _narrowings(scope) if values]
    conditions = ["signed >= ?", "signed <= ?", *(condition for condition, _ in told)]
    values = (scope.start, scope.end, *(value for _, several in told for value in several))
    return f"FROM purchases WHERE {' AND '.join(conditions)}", values


def _narrowings(scope: Scope) -> Iterator[tuple[str, Sequence[object]]]:
    yield f"organ IN ({_holes(scope.organs)})", scope.organs
    yield "supplier = ?", [scope.supplier] if scope.supplier else []
    yield "json_extract(body, '$.number') = ?", [scope.number] if scope.number else []
    yield "final >= ?", [] if scope.low is None else [scope.low]
    yield "final <= ?", [] if scope.high is None else [scope.high]


def _holes(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _row(table: str, document: dict[str, Any]) -> tuple[object, ...]:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return (*(document[name] for name in _COLUMNS[table]), body)
