"""Conversations and the shelf in MongoDB (Atlas or self-hosted), with only the commands that every look-alike has."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from pymongo import ASCENDING, DESCENDING, MongoClient, ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    DuplicateKeyError,
    InvalidURI,
    PyMongoError,
    ServerSelectionTimeoutError,
)

from roteiro.domain.conversation import Event, Head, Mark, Status
from roteiro.domain.ids import ConversationId, event_id
from roteiro.errors import InvalidSetting, OutcomeUnknown, SeatTaken, StoreUnavailable
from roteiro.ports import Document
from roteiro.stores.documents import event_from, event_to, head_from, head_to, mark_to

__all__ = ["MongoStore"]

_DEFAULT_DATABASE = "roteiro"
_LAST = "\uffff"  # sorts after every character that a key may hold
_DUPLICATE = 11000  # MongoDB's code for a key that exists
# The driver's defaults wait 30 s; a turn that cannot store must say so within 3.
_LIMITS: dict[str, Any] = {
    "serverSelectionTimeoutMS": 1500,
    "connectTimeoutMS": 1000,
    "timeoutMS": 2500,
    "maxPoolSize": 40,  # one connection for each request served at once
    "appname": "roteiro",
}
_DURABLE: dict[str, Any] = {"w": "majority", "readConcernLevel": "majority"}

Documents = Collection[dict[str, Any]]


class MongoStore:
    """A Store and a Shelf; the client is made by the first call, after the server has forked.

    Raises InvalidSetting for an address that the driver cannot read.
    """

    def __init__(self, url: str, client: MongoClient[dict[str, Any]] | None = None, **options: Any) -> None:  # noqa: ANN401 - the driver's own options
        self._url = url
        self._given = client
        self._options = options

    @cached_property
    def _database(self) -> Database[dict[str, Any]]:
        try:
            client = self._given or MongoClient(self._url, **(_LIMITS | _DURABLE | self._options))
            return client.get_default_database(_DEFAULT_DATABASE)
        except (ConfigurationError, InvalidURI) as error:
            raise InvalidSetting(f"ROTEIRO_DATABASE_URL cannot be used: {error}") from error

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
        """Create the indexes; `roteiro load` and `roteiro run` call it once."""
        with _translated():
            # No partial filter: two documents without these fields would clash, so every document has them.
            self._events.create_index([("conversation", ASCENDING), ("client_message_id", ASCENDING)], unique=True)
            self._heads.create_index([("status", ASCENDING), ("waiting_since", ASCENDING), ("_id", ASCENDING)])

    def load(self, conversation: ConversationId, last: int) -> list[Event]:
        """Return the newest `last` events, oldest first."""
        keys = {"_id": {"$gte": f"{conversation}:", "$lt": f"{conversation};"}}
        with _translated():
            newest = list(self._events.find(keys).sort("_id", DESCENDING).limit(last))
        return [event_from(document) for document in reversed(newest)]

    def append(self, event: Event, marks: Sequence[Mark] = (), head: Head | None = None) -> None:
        """Insert marks and, last, the event: a clash anywhere stops before it. Raises SeatTaken or OutcomeUnknown."""
        shows_more = head is not None and (head.status is Status.WAITING or event.seq == event.state.epoch)
        if head and shows_more:
            self._write_head(head, "$lt")
        try:
            with _translated():
                self._events.insert_many([*map(mark_to, marks), event_to(event)], ordered=True)
        except SeatTaken as error:
            raise SeatTaken(event.id) from error
        except StoreUnavailable as error:
            never_sent = isinstance(error.__cause__, ServerSelectionTimeoutError)
            raise (error if never_sent else OutcomeUnknown(str(error))) from error
        if head and not shows_more:
            self._write_head(head, "$lte")

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

    def heads(self, status: Status, limit: int = 100) -> list[Head]:
        """Return the heads of one status, those who wait longest first."""
        with _translated():
            found = self._heads.find({"status": status.value})
            return [head_from(h) for h in found.sort([("waiting_since", ASCENDING), ("_id", ASCENDING)]).limit(limit)]

    def put_head(self, head: Head) -> None:
        """Write a head unless a newer one is there."""
        self._write_head(head, "$lte")

    def scan_events(self, after: str, limit: int) -> list[Event]:
        """Return events of all conversations by id; marks, which begin with ~, sort after them and are left out."""
        with _translated():
            found = list(self._events.find({"_id": {"$gt": after, "$lt": "~"}}).sort("_id", ASCENDING).limit(limit))
        return [event_from(document) for document in found]

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
        first = {"$gt": after} if after >= prefix else {"$gte": prefix}
        with _translated():
            found = self._shelf.find({"_id": {**first, "$lt": prefix + _LAST}})
            return list(found.sort("_id", ASCENDING).limit(limit))

    def delete_range(self, first: str, last: str) -> int:
        """Delete the documents with `first` <= key < `last`."""
        with _translated():
            return self._shelf.delete_many({"_id": {"$gte": first, "$lt": last}}).deleted_count

    def next_number(self, name: str, by: int = 1) -> int:
        """Add to a counter and return its new value."""
        with _translated():
            counter = self._database["counters"].find_one_and_update(
                {"_id": name}, {"$inc": {"value": by}}, upsert=True, return_document=ReturnDocument.AFTER
            )
        return int(counter["value"])

    def close(self) -> None:
        """Close the client."""
        self._database.client.close()

    def _write_head(self, head: Head, older: str) -> None:
        """Replace an older head, or insert the first one; a newer one stays.

        No upsert with a range filter: a look-alike answers success to it where a duplicate is due.
        """
        document = head_to(head)
        with _translated():
            if self._heads.find_one_and_replace({"_id": head.conversation, "seq": {older: head.seq}}, document):
                return
        self._insert_head(document)

    def _insert_head(self, document: Document) -> None:
        try:
            with _translated():
                self._heads.insert_one(dict(document))
        except SeatTaken:
            return  # a newer head is there, which counts


@contextmanager
def _translated() -> Iterator[None]:
    """Turn every error of the driver into one of ours."""
    try:
        yield
    except DuplicateKeyError as error:
        raise SeatTaken("the key exists") from error
    except BulkWriteError as error:
        # Never parse which key clashed: look-alikes do not say, and the caller reloads and looks.
        if any(one.get("code") == _DUPLICATE for one in error.details.get("writeErrors", ())):
            raise SeatTaken("the key exists") from error
        raise StoreUnavailable(f"MongoDB refused: {error.details.get('writeConcernErrors')}") from error
    except PyMongoError as error:
        raise StoreUnavailable(f"MongoDB did not answer: {type(error).__name__}") from error
