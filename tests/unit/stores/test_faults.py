"""Every error that a driver can raise reaches the product as one of ours."""

import sqlite3
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import Mock

import pymongo.errors as vendor
import pytest
from bson.errors import BSONError, InvalidDocument

from roteiro.domain.conversation import Event, Kind, State, head_of
from roteiro.domain.ids import ConversationId
from roteiro.errors import InvalidSetting, OutcomeUnknown, SeatTaken, StoreUnavailable
from roteiro.stores.connections import Connections
from roteiro.stores.documents import time_from
from roteiro.stores.mongo import MongoStore

_SECRET_WORDS = "Meu CPF é 123.456.789-09"
_DUPLICATE = {"writeErrors": [{"index": 1, "code": 11000, "op": {"text": _SECRET_WORDS}}]}
_REFUSED = {"writeErrors": [{"index": 0, "code": 8000, "op": {"text": _SECRET_WORDS}}]}
_HALF_WRITTEN = {"writeErrors": [], "writeConcernErrors": [{"code": 64}]}
_NOT_SENT = (vendor.ServerSelectionTimeoutError, vendor.WaitQueueTimeoutError)
_OF_THEIR_OWN = (vendor.BulkWriteError, vendor.DuplicateKeyError, *_NOT_SENT)


def _family(kind: type[BaseException]) -> list[type[BaseException]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _family(child))]


def _made(kind: type[BaseException]) -> BaseException:
    """Make an error without knowing what its class wants to be told."""
    error = kind.__new__(kind)
    error.args = ("away",)
    return error


_UNKNOWN = [kind for kind in _family(vendor.PyMongoError) if kind not in _OF_THEIR_OWN]


def _a_store_that_raises(error: BaseException, *spared: str) -> MongoStore:
    documents = Mock()
    for command in ("find", "find_one_and_replace", "insert_one", "insert_many"):
        if command not in spared:
            getattr(documents, command).side_effect = error
    client = Mock(get_default_database=Mock(return_value=defaultdict(lambda: documents)))
    return MongoStore("", client=client)


def _an_event() -> Event:
    at = time_from("2026-11-20T18:00:00.000Z")
    assert at
    state = State(protocol="1")
    return Event(ConversationId("8a6e0804"), "seguros", 0, at, "customer", Kind.TURN, state, "w", text=_SECRET_WORDS)


def test_the_table_knows_all_of_the_driver() -> None:
    assert len(_UNKNOWN) > 15


@pytest.mark.parametrize("kind", _UNKNOWN)
def test_an_append_that_broke_off_has_an_unknown_outcome(kind: type[BaseException]) -> None:
    store = _a_store_that_raises(_made(kind))

    with pytest.raises(OutcomeUnknown):
        store.append(_an_event())


@pytest.mark.parametrize("kind", [*_NOT_SENT, *_family(BSONError)])
def test_an_append_that_was_never_sent_is_no_riddle(kind: type[BaseException]) -> None:
    store = _a_store_that_raises(_made(kind))

    with pytest.raises(StoreUnavailable) as refused:
        store.append(_an_event())

    assert refused.type is StoreUnavailable


@pytest.mark.parametrize("kind", [*_UNKNOWN, *_NOT_SENT, InvalidDocument])
def test_a_read_that_broke_off_is_unavailable(kind: type[BaseException]) -> None:
    store = _a_store_that_raises(_made(kind))

    with pytest.raises(StoreUnavailable) as refused:
        store.load(ConversationId("8a6e0804"), 8)

    assert refused.type is StoreUnavailable


@pytest.mark.parametrize(
    ("details", "expected"),
    [(_DUPLICATE, SeatTaken), (_REFUSED, StoreUnavailable), (_HALF_WRITTEN, OutcomeUnknown)],
)
def test_a_bulk_error_is_read_by_its_code(details: dict[str, Any], expected: type[Exception]) -> None:
    store = _a_store_that_raises(vendor.BulkWriteError(details))

    with pytest.raises(expected) as refused:
        store.append(_an_event())

    assert refused.type is expected


@pytest.mark.parametrize("details", [_DUPLICATE, _REFUSED])
def test_the_words_of_a_customer_never_ride_along(details: dict[str, Any]) -> None:
    store = _a_store_that_raises(vendor.BulkWriteError(details))

    with pytest.raises((SeatTaken, StoreUnavailable)) as refused:
        store.append(_an_event())

    assert _SECRET_WORDS not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_key_that_exists_is_no_fault_of_the_store() -> None:
    store = _a_store_that_raises(vendor.DuplicateKeyError("exists"))

    assert not store.create("script:1", {})


def test_a_head_that_could_not_be_hidden_leaves_the_event_findable() -> None:
    event = replace(_an_event(), seq=4)
    store = _a_store_that_raises(vendor.AutoReconnect("away"), "insert_many")

    with pytest.raises(OutcomeUnknown, match="head"):
        store.append(event, head=head_of(event))


def test_an_address_that_nobody_can_look_up_is_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> NoReturn:
        raise vendor.ConfigurationError("DNS timed out") from TimeoutError()

    monkeypatch.setattr("roteiro.stores.mongo.MongoClient", look_up)

    with pytest.raises(StoreUnavailable, match="TimeoutError"):
        MongoStore("mongodb+srv://db.example/roteiro").load(ConversationId("8a6e0804"), 1)


def test_an_address_without_hosts_is_a_wrong_setting() -> None:
    with pytest.raises(InvalidSetting, match="ROTEIRO_DATABASE_URL"):
        MongoStore("mongodb://").load(ConversationId("8a6e0804"), 1)


def test_a_client_that_was_never_made_needs_no_closing() -> None:
    MongoStore("mongodb://").close()


@pytest.mark.parametrize("kind", [one for one in _family(sqlite3.Error) if one is not sqlite3.IntegrityError])
def test_every_error_of_sqlite_is_unavailable(kind: type[BaseException]) -> None:
    connections = Connections(":memory:", "", 0)

    with pytest.raises(StoreUnavailable), connections.transaction():
        raise _made(kind)

    connections.close()


def test_a_constraint_of_sqlite_is_a_seat_that_is_taken() -> None:
    connections = Connections(":memory:", "", 0)

    with pytest.raises(SeatTaken), connections.transaction():
        raise sqlite3.IntegrityError

    connections.close()


def test_a_failed_transaction_leaves_the_connection_usable() -> None:
    connections = Connections(":memory:", "CREATE TABLE things (name TEXT)", 0)

    with pytest.raises(StoreUnavailable):
        _write_half(connections)

    assert connections.rows("SELECT name FROM things") == []
    connections.close()


def test_in_memory_nobody_reads_what_may_yet_be_rolled_back() -> None:
    connections = Connections(":memory:", "CREATE TABLE things (name TEXT)", 20)

    with connections.transaction() as connection, ThreadPoolExecutor(1) as threads:
        connection.execute("INSERT INTO things VALUES ('half')")
        reading = threads.submit(connections.rows, "SELECT name FROM things")
        refused = reading.exception(timeout=5)

    assert isinstance(refused, StoreUnavailable)
    assert connections.rows("SELECT name FROM things") == [("half",)]
    connections.close()


class _RefusesTwice(sqlite3.Connection):
    """A connection to a new file that somebody else is switching to its log at this moment."""

    refusals = 0

    def execute(self, *words: Any) -> sqlite3.Cursor:
        if "journal_mode" in words[0] and self.refusals < 2:
            self.refusals += 1
            raise sqlite3.OperationalError("database is locked")
        return super().execute(*words)

    def __del__(self) -> None:
        self.close()


def test_a_new_file_that_others_open_too_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roteiro.stores.connections._Connection", _RefusesTwice)

    connections = Connections(":memory:", "", 1000)

    assert len(connections.rows("SELECT 1")) == 1
    connections.close()


def test_a_new_file_that_stays_locked_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("roteiro.stores.connections._Connection", _RefusesTwice)

    with pytest.raises(StoreUnavailable):
        Connections(str(tmp_path / "roteiro.db"), "", 0).rows("SELECT 1")


def _write_half(connections: Connections) -> None:
    with connections.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('half')")
        connection.execute("INSERT INTO nowhere VALUES (1)")
