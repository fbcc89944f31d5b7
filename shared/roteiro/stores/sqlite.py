"""Conversations and the shelf in one SQLite file (or in memory): the store that needs no set-up, for one machine."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from roteiro.domain.conversation import Event, Head, Mark, Status
from roteiro.domain.desk.queue import ALL, LAST_PLACE, MOST_COUNTED, Only
from roteiro.domain.ids import ConversationId, event_id
from roteiro.domain.tickets import Ticket
from roteiro.errors import StoreUnavailable
from roteiro.ports import Document
from roteiro.stores.connections import BUSY_MS, Connections
from roteiro.stores.documents import as_time, event_from, event_to, head_from, head_to, mark_to, ticket_from
from roteiro.stores.sqlite_ledger import LEDGER_SCHEMA, SqliteLedger

__all__ = ["SqliteStore"]

_LAST = "\uffff"  # sorts after every character that a key may hold

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL, client_message_id TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (conversation, client_message_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heads (
  id TEXT PRIMARY KEY, seq INTEGER NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS heads_by_place ON heads (status, ifnull(json_extract(body, '$.place'), ' '));
CREATE INDEX IF NOT EXISTS heads_by_pack ON heads (json_extract(body, '$.pack'), json_extract(body, '$.at'), id);
CREATE INDEX IF NOT EXISTS heads_by_user ON heads (json_extract(body, '$.user'), json_extract(body, '$.at'), id);
CREATE TABLE IF NOT EXISTS shelf (id TEXT PRIMARY KEY, version INTEGER, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
_INSERT_EVENT = "INSERT INTO events (id, conversation, client_message_id, body) VALUES (?, ?, ?, ?)"
_FORGET_TICKETS = """
DELETE FROM events WHERE id IN (
  SELECT id FROM events WHERE id >= '~t:' AND id < '~t;' AND json_extract(body, '$.at') < ? ORDER BY id LIMIT ?
)
"""
_PUT_HEAD = """
INSERT INTO heads (id, seq, status, body) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, status = excluded.status, body = excluded.body
  WHERE excluded.seq >= heads.seq
"""
# An empty value lets every head pass. A head without a place was written by an older release: it comes first.
_ONLY = """
  AND (? = '' OR json_extract(body, '$.pack') = ?) AND (? = '' OR json_extract(body, '$.queue') = ?)
  AND (? = '' OR json_extract(body, '$.assigned') = ?) AND (? = '' OR json_extract(body, '$.reason') = ?)
  AND (? = '' OR json_extract(body, '$.locale') = ?)
"""
_PLACE = "ifnull(json_extract(body, '$.place'), ' ')"
_HEADS = f"SELECT body FROM heads WHERE status = ? AND {_PLACE} > ? {_ONLY} ORDER BY {_PLACE} LIMIT ?"  # noqa: S608 - ours
_COUNT = f"SELECT COUNT(*) FROM (SELECT 1 FROM heads WHERE status = ? AND {_PLACE} < ? {_ONLY} LIMIT ?)"  # noqa: S608 - ours


class SqliteStore:
    """A Store and a Shelf in the file `path` (`:memory:`: none); writers wait `busy_ms` milliseconds for each other."""

    def __init__(self, path: str, busy_ms: int = BUSY_MS) -> None:
        self._file = Connections(path, _SCHEMA + LEDGER_SCHEMA, busy_ms)

    def prepare(self) -> None:
        """Create the file and its tables; every first use does so too."""
        self._file.rows("SELECT name FROM counters LIMIT 1")

    def ledger(self) -> SqliteLedger:
        """Return the public contracts in the same file."""
        return SqliteLedger(self._file)

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        """Return the newest `last` events, oldest first."""
        rows = self._file.rows(
            "SELECT body FROM events WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
            (f"{conversation}:", f"{conversation};", last),
        )
        return [event_from(json.loads(body)) for (body,) in reversed(rows)]

    def newest_of(self, conversations: Sequence[ConversationId]) -> list[Event]:
        """Return the newest event of each; a file is no trip away, so one after the other."""
        return [newest for conversation in conversations for newest in self.load(conversation, 1)]

    def load_with_tickets(
        self, conversation: ConversationId, last: int, keys: Sequence[str]
    ) -> tuple[list[Event], list[Ticket | None]]:
        """Return what `load` does and the newest ticket of each key; a file is no trip away, so one after the other."""
        return self.load(conversation, last), [self._newest_ticket(key) for key in keys]

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        """Insert marks, tickets, event and head in one transaction; raises SeatTaken and then nothing was written."""
        rows = [_event_row(document) for document in [*map(mark_to, marks), event_to(event)]]
        heads = [_head_row(head)] if head else []

        def job(connection: sqlite3.Connection) -> None:
            connection.executemany(_INSERT_EVENT, rows)
            connection.executemany(_PUT_HEAD, heads)

        self._file.write(job)

    def find_turn(self, conversation: ConversationId, message_key: str) -> Event | None:
        """Return the event with this message key."""
        rows = self._file.rows(
            "SELECT body FROM events WHERE conversation = ? AND client_message_id = ?", (conversation, message_key)
        )
        return event_from(json.loads(rows[0][0])) if rows else None

    def erase(self, conversation: ConversationId, below: int) -> None:
        """Delete the events under `below` and the head; pages and log are overwritten, not only unlinked.

        Raises StoreUnavailable also when only the log is left to empty; erasing again is harmless.
        """
        with self._file.transaction() as connection:
            connection.execute(
                "DELETE FROM events WHERE id >= ? AND id < ?", (f"{conversation}:", event_id(conversation, below))
            )
            connection.execute("DELETE FROM heads WHERE id = ?", (conversation,))
        (busy, *_) = self._file.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        if busy:  # the words are deleted but the log still holds them: not erased yet, so ask again
            raise StoreUnavailable("SQLite could not empty its log beside other readers")

    def heads(self, status: Status, limit: int = 100, *, only: Only = ALL, after: str = "") -> list[Head]:
        """Return the heads of one status by their place, beginning after the place `after`."""
        rows = self._file.rows(_HEADS, (status.value, after, *_twice(only), limit))
        return [head_from(json.loads(body)) for (body,) in rows]

    def count_heads(self, status: Status, only: Only = ALL, before: str = LAST_PLACE, most: int = MOST_COUNTED) -> int:
        """Return how many heads of one status have a place below `before`, `most` at most."""
        return int(self._file.rows(_COUNT, (status.value, before, *_twice(only), most))[0][0])

    def find_head(self, conversation: ConversationId) -> Head | None:
        """Return the head of a conversation."""
        rows = self._file.rows("SELECT body FROM heads WHERE id = ?", (conversation,))
        return head_from(json.loads(rows[0][0])) if rows else None

    def scan_heads(self, after: str, limit: int) -> list[Head]:
        """Return heads of every status by the id of their conversation."""
        rows = self._file.rows("SELECT body FROM heads WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
        return [head_from(json.loads(body)) for (body,) in rows]

    def recent(self, pack: str, limit: int) -> list[Head]:
        """Return the heads of a pack, those that changed last first."""
        rows = self._file.rows(
            "SELECT body FROM heads WHERE json_extract(body, '$.pack') = ? "
            "ORDER BY json_extract(body, '$.at') DESC, id DESC LIMIT ?",
            (pack, limit),
        )
        return [head_from(json.loads(body)) for (body,) in rows]

    def heads_of(self, user: str, limit: int) -> list[Head]:
        """Return the heads of a customer's own conversations, those that changed last first."""
        rows = self._file.rows(
            "SELECT body FROM heads WHERE json_extract(body, '$.user') = ? "
            "ORDER BY json_extract(body, '$.at') DESC, id DESC LIMIT ?",
            (user, limit),
        )
        return [head_from(json.loads(body)) for (body,) in rows]

    def put_head(self, head: Head) -> None:
        """Write a head unless a newer one is there."""
        with self._file.transaction() as connection:
            connection.execute(_PUT_HEAD, _head_row(head))

    def scan_events(self, after: str, limit: int) -> list[Event]:
        """Return events of all conversations by id; marks, which begin with ~, sort after them and are left out."""
        rows = self._file.rows("SELECT body FROM events WHERE id > ? AND id < '~' ORDER BY id LIMIT ?", (after, limit))
        return [event_from(json.loads(body)) for (body,) in rows]

    def page(self, conversation: ConversationId, after: int, limit: int) -> list[Event]:
        """Return the first `limit` events of a conversation above `after`, oldest first."""
        rows = self._file.rows(
            "SELECT body FROM events WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
            (event_id(conversation, after) if after >= 0 else f"{conversation}:", f"{conversation};", limit),
        )
        return [event_from(json.loads(body)) for (body,) in rows]

    def forget_tickets(self, before: datetime, most: int) -> int:
        """Delete `most` tickets at most that are older than a moment."""
        with self._file.transaction() as connection:
            return connection.execute(_FORGET_TICKETS, (as_time(before), most)).rowcount

    def holder(self, mark: str) -> ConversationId | None:
        """Return the conversation that took a mark."""
        rows = self._file.rows("SELECT body FROM events WHERE id = ?", (mark,))
        return ConversationId(json.loads(rows[0][0])["holds"]) if rows else None

    def get(self, key: str) -> Document | None:
        """Return the document, or None."""
        rows = self._file.rows("SELECT body FROM shelf WHERE id = ?", (key,))
        return dict(json.loads(rows[0][0])) if rows else None

    def create(self, key: str, document: Document) -> bool:
        """Insert a document; False if the key exists."""
        values = (key, document.get("version"), _json({**document, "_id": key}))
        with self._file.transaction() as connection:
            return connection.execute("INSERT OR IGNORE INTO shelf VALUES (?, ?, ?)", values).rowcount == 1

    def replace_if_version(self, key: str, document: Document, version: int) -> bool:
        """Replace the document whose `version` is this one; False if it is not."""
        values = (document.get("version"), _json({**document, "_id": key}), key, version)
        with self._file.transaction() as connection:
            cursor = connection.execute("UPDATE shelf SET version = ?, body = ? WHERE id = ? AND version = ?", values)
            return cursor.rowcount == 1

    def scan(self, prefix: str, after: str = "", limit: int = 200) -> list[Document]:
        """Return documents whose key begins with `prefix`, by key, after the key `after`."""
        rows = self._file.rows(
            "SELECT body FROM shelf WHERE id >= ? AND id < ? AND id > ? ORDER BY id LIMIT ?",
            (prefix, prefix + _LAST, after, limit),
        )
        return [json.loads(body) for (body,) in rows]

    def delete_range(self, first: str, last: str) -> int:
        """Delete the documents with `first` <= key < `last`."""
        with self._file.transaction() as connection:
            return connection.execute("DELETE FROM shelf WHERE id >= ? AND id < ?", (first, last)).rowcount

    def next_number(self, name: str, by: int = 1) -> int:
        """Add to a counter and return its new value."""
        with self._file.transaction() as connection:
            (value,) = connection.execute(
                "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value "
                "RETURNING value",
                (name, by),
            ).fetchone()
            return int(value)

    def _newest_ticket(self, key: str) -> Ticket | None:
        rows = self._file.rows(
            "SELECT body FROM events WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1", (f"~t:{key}:", f"~t:{key};")
        )
        return ticket_from(json.loads(rows[0][0])) if rows else None

    def close(self) -> None:
        """Close this thread's connection and, in memory, the data with it."""
        self._file.close()


def _event_row(document: Document) -> tuple[object, ...]:
    return (document["_id"], document["conversation"], document["client_message_id"], _json(document))


def _head_row(head: Head) -> tuple[object, ...]:
    return (head.conversation, head.seq, head.status, _json(head_to(head)))


def _twice(only: Only) -> list[str]:
    """Return what `_ONLY` compares: each value for the question whether it is empty, and again for itself."""
    return [value for value in astuple(only) for _ in range(2)]


def _json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
