"""Conversations and the shelf in MongoDB (Atlas or self-hosted), with only the commands that every look-alike has."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

import pymongo
from bson.errors import BSONError
from pymongo import ASCENDING, DESCENDING, MongoClient, ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    DuplicateKeyError,
    PyMongoError,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
)

from roteiro.domain.conversation import Event, Head, Mark, Status
from roteiro.domain.desk.queue import ALL, LAST_PLACE, MOST_COUNTED, Only
from roteiro.domain.ids import ConversationId, event_id
from roteiro.domain.tickets import Ticket
from roteiro.errors import InvalidSetting, OutcomeUnknown, SeatTaken, StoreUnavailable
from roteiro.ports import Document
from roteiro.stores.documents import as_time, event_from, event_to, head_from, head_to, mark_to, ticket_from
from roteiro.stores.mongo_ledger import MongoLedger

__all__ = ["MongoStore"]

_DEFAULT_DATABASE = "roteiro"
_LAST = "\uffff"  # sorts after every character that a key may hold
_DUPLICATE = 11000  # MongoDB's code for a key that exists
# The driver's defaults wait 30 s; a turn that cannot store must say so within 3.
_DEADLINE_S = 2.5  # of a whole verb, however many commands it is
_BUILDING_S = (
    600.0  # of the indexes of filled collections: no turn waits for them (chosen; millions of items take minutes)
)
_LIMITS: dict[str, Any] = {
    "serverSelectionTimeoutMS": 1500,
    "connectTimeoutMS": 1000,
    "maxPoolSize": 40,  # one connection for each request served at once
    "appname": "roteiro",
}
_READERS = 40  # threads that read tickets; chosen: as many as connections
_LISTERS = 12  # threads that read for lists, of all requests together; chosen: turns keep most connections
_DURABLE: dict[str, Any] = {"w": "majority", "readConcernLevel": "majority"}

_NEWEST_FIRST = [("at", DESCENDING), ("conversation", DESCENDING)]  # not _id: look-alikes cannot index it
# Columns of the desk are counted from this index alone.
_COLUMNS = [("status", ASCENDING), ("place", ASCENDING), ("pack", ASCENDING), ("assigned", ASCENDING)]

Documents = Collection[dict[str, Any]]


class MongoStore:
    """A Store and a Shelf; the client is made by the first call, after the server has forked.

    Every verb raises InvalidSetting for an address that the driver cannot read.
    """

    def __init__(self, url: str, client: MongoClient[dict[str, Any]] | None = None, **options: Any) -> None:
        self._url = url
        self._client = client
        self._options = options
        self._first = threading.Lock()  # threads of a cold instance share one client
        self._readers: ThreadPoolExecutor | None = None
        self._listers: ThreadPoolExecutor | None = None

    @property
    def _database(self) -> Database[dict[str, Any]]:
        with self._first:
            if self._client is None:
                self._client = _connect(self._url, _LIMITS | _DURABLE | self._options)
        return self._client.get_default_database(_DEFAULT_DATABASE)

    @property
    def _events(self) -> Documents:
        return self._database["events"]

    @property
    def _heads(self) -> Documents:
        return self._database["heads"]

    @property
    def _shelf(self) -> Documents:
        return self._database["shelf"]

    def prepare(self) -> None:
        """Create the indexes; `roteiro load` and `roteiro run` call it once. A server that is away is told at once."""
        with _translated():
            self._database.command("ping")
        with _building():
            # No partial filter: two documents without these fields would clash, so every document has them.
            self._events.create_index([("conversation", ASCENDING), ("client_message_id", ASCENDING)], unique=True)
            self._heads.create_index(_COLUMNS)
            self._heads.create_index([("pack", ASCENDING), *_NEWEST_FIRST])
            self._heads.create_index([("user", ASCENDING), *_NEWEST_FIRST])
        self.ledger().prepare()

    def ledger(self) -> MongoLedger:
        """Return the public contracts in the same database."""
        return MongoLedger(lambda: self._database, _translated, _building)

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        """Return the newest `last` events, oldest first."""
        keys = {"_id": {"$gte": f"{conversation}:", "$lt": f"{conversation};"}}
        with _translated():
            newest = list(self._events.find(keys).sort("_id", DESCENDING).limit(last))
        return [event_from(document) for document in reversed(newest)]

    def newest_of(self, conversations: Sequence[ConversationId]) -> list[Event]:
        """Return the newest event of each: as many commands, some under way at once, within one deadline for all."""
        with _translated():  # what each thread does is given the context that the deadline is in
            tasks = [(copy_context(), conversation) for conversation in conversations]
            found = list(self._for_lists.map(lambda task: task[0].run(self.load, task[1], 1), tasks))
        return [newest for events in found for newest in events]

    def load_with_tickets(
        self, conversation: ConversationId, last: int, keys: Sequence[str]
    ) -> tuple[list[Event], list[Ticket | None]]:
        """Return what `load` does and the newest ticket of each key: as many commands, all under way at once."""
        tickets = [self._for_tickets.submit(self._newest_ticket, key) for key in keys]
        events = self.load(conversation, last)
        return events, [ticket.result() for ticket in tickets]

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        """Insert marks, tickets and, last, the event: a clash anywhere stops before it.

        Raises SeatTaken or OutcomeUnknown.
        """
        with pymongo.timeout(_DEADLINE_S):
            shown = head is not None and _shows_more(event, head) and self._write_head(head, "$lt")
            with _translated(OutcomeUnknown):
                self._events.insert_many([*map(mark_to, marks), event_to(event)], ordered=True)
            if head and not shown:
                self._write_head_after(head)

    def find_turn(self, conversation: ConversationId, message_key: str) -> Event | None:
        """Return the event with this message key."""
        with _translated():
            found = self._events.find_one({"conversation": conversation, "client_message_id": message_key})
        return event_from(found) if found else None

    def erase(self, conversation: ConversationId, below: int) -> None:
        """Delete the events under `below` and the head."""
        with _translated():
            self._events.delete_many({"_id": {"$gte": f"{conversation}:", "$lt": event_id(conversation, below)}})
            self._heads.delete_many({"_id": conversation})

    def heads(self, status: Status, limit: int = 100, *, only: Only = ALL, after: str = "") -> list[Head]:
        """Return the heads of one status by their place, beginning after the place `after`."""
        place = {"place": {"$gt": after}} if after else {}
        with _translated():
            found = self._heads.find({"status": status.value, **_asked_for(only), **place})
            return [head_from(head) for head in found.sort("place", ASCENDING).limit(limit)]

    def count_heads(self, status: Status, only: Only = ALL, before: str = LAST_PLACE, most: int = MOST_COUNTED) -> int:
        """Return how many heads of one status have a place below `before`, `most` at most.

        Their places are fetched: what counts on the server is an aggregation, which not every look-alike has.
        """
        wanted = {"status": status.value, "place": {"$lt": before}, **_asked_for(only)}
        with _translated():
            return len(list(self._heads.find(wanted, {"_id": 0, "place": 1}).limit(most)))

    def find_head(self, conversation: ConversationId) -> Head | None:
        """Return the head of a conversation."""
        with _translated():
            found = self._heads.find_one({"_id": conversation})
        return head_from(found) if found else None

    def scan_heads(self, after: str, limit: int) -> list[Head]:
        """Return heads of every status by the id of their conversation."""
        with _translated():
            found = self._heads.find({"_id": {"$gt": after}})
            return [head_from(head) for head in found.sort("_id", ASCENDING).limit(limit)]

    def recent(self, pack: str, limit: int) -> list[Head]:
        """Return the heads of a pack, those that changed last first."""
        with _translated():
            return [head_from(head) for head in self._heads.find({"pack": pack}).sort(_NEWEST_FIRST).limit(limit)]

    def heads_of(self, user: str, limit: int) -> list[Head]:
        """Return the heads of a customer's own conversations, those that changed last first."""
        with _translated():
            return [head_from(head) for head in self._heads.find({"user": user}).sort(_NEWEST_FIRST).limit(limit)]

    def put_head(self, head: Head) -> None:
        """Write a head unless a newer one is there."""
        self._write_head(head, "$lte")

    def scan_events(self, after: str, limit: int) -> list[Event]:
        """Return events of all conversations by id; marks, which begin with ~, sort after them and are left out."""
        with _translated():
            found = list(self._events.find({"_id": {"$gt": after, "$lt": "~"}}).sort("_id", ASCENDING).limit(limit))
        return [event_from(document) for document in found]

    def page(self, conversation: ConversationId, after: int, limit: int) -> list[Event]:
        """Return the first `limit` events of a conversation above `after`, oldest first."""
        first = event_id(conversation, after) if after >= 0 else f"{conversation}:"
        with _translated():
            found = list(self._events.find({"_id": {"$gt": first, "$lt": f"{conversation};"}}).sort("_id").limit(limit))
        return [event_from(document) for document in found]

    def forget_tickets(self, before: datetime, most: int) -> int:
        """Delete `most` tickets at most that are older than a moment: these, from the first to the last of them."""
        old = {"at": {"$lt": as_time(before)}}
        with _translated():
            keys = self._events.find({"_id": {"$gte": "~t:", "$lt": "~t;"}, **old}, {"_id": 1})
            found = [one["_id"] for one in keys.sort("_id", ASCENDING).limit(most)]
            if found:
                self._events.delete_many({"_id": {"$gte": found[0], "$lte": found[-1]}, **old})
        return len(found)

    def holder(self, mark: str) -> ConversationId | None:
        """Return the conversation that took a mark."""
        with _translated():
            found = self._events.find_one({"_id": mark})
        return ConversationId(found["holds"]) if found else None

    def get(self, key: str) -> Document | None:
        """Return the document, or None."""
        with _translated():
            return self._shelf.find_one({"_id": key})

    def create(self, key: str, document: Document) -> bool:
        """Insert a document; False if the key exists."""
        try:
            with _translated():
                self._shelf.insert_one({**document, "_id": key})
        except SeatTaken:
            return False
        return True

    def replace_if_version(self, key: str, document: Document, version: int) -> bool:
        """Replace the document whose `version` is this one; False if it is not."""
        with _translated():
            found = self._shelf.find_one_and_replace({"_id": key, "version": version}, {**document, "_id": key})
        return found is not None

    def scan(self, prefix: str, after: str = "", limit: int = 200) -> list[Document]:
        """Return documents whose key begins with `prefix`, by key, after the key `after`."""
        with _translated():
            found = self._shelf.find({"_id": {"$gt": after, "$gte": prefix, "$lt": prefix + _LAST}})
            return list(found.sort("_id", ASCENDING).limit(limit))

    def delete_range(self, first: str, last: str) -> int:
        """Delete the documents with `first` <= key < `last`."""
        with _translated():
            return self._shelf.delete_many({"_id": {"$gte": first, "$lt": last}}).deleted_count

    def next_number(self, name: str, by: int = 1) -> int:
        """Add to a counter and return its new value."""
        with _translated():
            counter: Any = self._database["counters"].find_one_and_update(
                {"_id": name}, {"$inc": {"value": by}}, upsert=True, return_document=ReturnDocument.AFTER
            )
        return int(counter["value"])

    def close(self) -> None:
        """Close the client, if there is one; the next call makes another."""
        with self._first:
            if self._client is not None:
                self._client.close()
            self._client = None
            pools = [pool for pool in (self._readers, self._listers) if pool is not None]
            self._readers = self._listers = None
        for pool in pools:
            pool.shutdown()  # outside the lock: one that reads may be waiting for it

    @property
    def _for_lists(self) -> ThreadPoolExecutor:
        """Return the threads that read for lists: few, so that no list takes a turn's connections."""
        with self._first:
            if self._listers is None:
                self._listers = ThreadPoolExecutor(_LISTERS, "roteiro-lists")
        return self._listers

    @property
    def _for_tickets(self) -> ThreadPoolExecutor:
        """Return the threads that read tickets beside a request's own; made by the first, as the client is."""
        with self._first:
            if self._readers is None:
                self._readers = ThreadPoolExecutor(_READERS, "roteiro-tickets")
        return self._readers

    def _newest_ticket(self, key: str) -> Ticket | None:
        keys = {"_id": {"$gte": f"~t:{key}:", "$lt": f"~t:{key};"}}
        with _translated():
            newest = list(self._events.find(keys).sort("_id", DESCENDING).limit(1))
        return ticket_from(newest[0]) if newest else None

    def _write_head_after(self, head: Head) -> None:
        try:
            self._write_head(head, "$lte")
        except StoreUnavailable as error:  # the event is there: who looks for its write_id finds it
            raise OutcomeUnknown("the event is stored, its head may not be") from error

    def _write_head(self, head: Head, older: str) -> bool:
        """Replace an older head, or insert the first one; a newer one stays, and the answer is False.

        No upsert with a range filter: a look-alike answers success to it where a duplicate is due.
        """
        document = head_to(head)
        with _translated():
            if self._heads.find_one_and_replace({"_id": head.conversation, "seq": {older: head.seq}}, document):
                return True
        try:
            with _translated():
                self._heads.insert_one(document)
        except SeatTaken:
            return False
        return True


def _asked_for(only: Only) -> dict[str, str]:
    return {name: value for name, value in asdict(only).items() if value}


def _shows_more(event: Event, head: Head) -> bool:
    """Say whether a list that has this head shows more than before: it is written first then, and last otherwise."""
    return head.status is Status.WAITING or event.seq == event.state.epoch


def _connect(url: str, options: dict[str, Any]) -> MongoClient[dict[str, Any]]:
    """Return a client. Nothing the driver says about an address is repeated: it may quote the password."""
    try:
        return MongoClient(url, **options)
    except (ConfigurationError, TypeError, ValueError, OSError) as error:
        if error.__cause__ is not None:  # the address was read, but DNS did not say where it is
            raise StoreUnavailable(f"MongoDB was not found: {type(error.__cause__).__name__}") from None
        raise InvalidSetting(
            f"ROTEIRO_DATABASE_URL cannot be used ({type(error).__name__}): it should look like "
            "mongodb://user:password@host/database, user and password percent-encoded."
        ) from None


@contextmanager
def _translated(fault: type[StoreUnavailable] = StoreUnavailable, deadline_s: float = _DEADLINE_S) -> Iterator[None]:
    """Give the driver its deadline and turn each of its errors into one of ours: `fault` if it may have written."""
    try:
        with pymongo.timeout(deadline_s):  # inside another one, the earlier deadline counts
            yield
    except DuplicateKeyError as error:
        raise SeatTaken("the key exists") from error
    except BulkWriteError as error:
        raise _refusal(error, fault) from None  # its text repeats the customer's words
    except (ServerSelectionTimeoutError, WaitQueueTimeoutError, BSONError) as error:
        raise StoreUnavailable(f"MongoDB was not asked: {type(error).__name__}") from error
    except PyMongoError as error:
        code = getattr(error, "code", None)  # of a refusal, such as 18 for a wrong password
        raise fault(f"MongoDB failed: {type(error).__name__}, code {code}") from error


_building = partial(_translated, deadline_s=_BUILDING_S)


def _refusal(error: BulkWriteError, fault: type[StoreUnavailable]) -> SeatTaken | StoreUnavailable:
    """Read why an ordered insert stopped. Which key clashed is never parsed: look-alikes do not say."""
    codes = [one.get("code") for one in error.details.get("writeErrors", ())]
    if _DUPLICATE in codes:
        return SeatTaken("the key exists")
    if codes:
        return StoreUnavailable(f"MongoDB refused to write: code {codes[0]}")
    return fault("MongoDB wrote, but not on a majority of its servers")
