"""A MongoDB store speaks only the commands that every look-alike understands, and takes no more trips than told."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from roteiro.domain.conversation import Status
from roteiro.domain.desk.queue import Only
from roteiro.domain.tickets import Stub, Ticket
from roteiro.errors import SeatTaken
from roteiro.ports import Shelf, Store
from roteiro.stores.mongo import MongoStore
from tests.contract.builders import CONVERSATION, MOMENT, a_head, a_mark, an_event
from tests.contract.commands import HeardCommands

A_TICKET = Ticket("a", 0, (Stub(MOMENT, "r0"),))


@pytest.fixture
def heard() -> HeardCommands:
    return HeardCommands()


@pytest.fixture
def nx_store(nx_url: str, heard: HeardCommands) -> Iterator[MongoStore]:
    store = MongoStore(nx_url, event_listeners=[heard])
    store.prepare()
    heard.names.clear()
    yield store
    store.close()


def _use_every_conversation_verb(store: MongoStore) -> set[str]:
    store.append(an_event(0), [A_TICKET, a_mark()], a_head(0))
    store.append(an_event(1), head=a_head(1, status=Status.WAITING, waiting_since=MOMENT))
    store.append(an_event(2), head=a_head(2, status=Status.HUMAN))
    with pytest.raises(SeatTaken):
        store.append(an_event(2), [a_mark("2")], a_head(2))
    for seq in range(3, 120):  # more than the first page of a cursor
        store.append(an_event(seq))
    assert len(store.load(CONVERSATION, 110)) == 110
    assert store.load_with_tickets(CONVERSATION, 1, [A_TICKET.key])[1] == [A_TICKET]
    assert store.forget_tickets(MOMENT + timedelta(hours=1), 5) == 1
    assert len(store.scan_events("", 110)) == 110
    assert store.find_turn(CONVERSATION, "#1")
    assert len(store.page(CONVERSATION, 5, 110)) == 110
    assert [event.seq for event in store.newest_of([CONVERSATION])] == [119]
    assert store.holder(a_mark().id) == CONVERSATION
    assert store.heads(Status.HUMAN, only=Only(pack="seguros"), after="1")
    assert store.count_heads(Status.HUMAN, Only(locale="pt-BR")) == 1
    assert store.find_head(CONVERSATION)
    assert store.scan_heads("", 10)
    assert store.recent("seguros", 10)
    assert store.heads_of("ana", 10) == []
    store.put_head(a_head(3))
    store.erase(CONVERSATION, 120)
    heads = {"heads", "count_heads", "find_head", "scan_heads", "recent", "heads_of", "put_head"}
    tickets = {"load_with_tickets", "forget_tickets"}
    return heads | tickets | {"append", "load", "newest_of", "scan_events", "find_turn", "page", "holder", "erase"}


def _use_every_shelf_verb(store: MongoStore) -> set[str]:
    assert [store.create("script:1", {"version": 1}), store.create("script:1", {})] == [True, False]
    assert store.replace_if_version("script:1", {"version": 2}, 1)
    assert store.get("script:1")
    assert store.scan("script:", "script:0")
    assert store.next_number("protocol") == 1
    assert store.delete_range("s", "t") == 1
    return {"create", "replace_if_version", "get", "scan", "next_number", "delete_range"}


def test_every_verb_speaks_only_portable_commands(nx_store: MongoStore, heard: HeardCommands) -> None:
    used = _use_every_conversation_verb(nx_store) | _use_every_shelf_verb(nx_store)

    verbs = {name for port in (Store, Shelf) for name in vars(port) if not name.startswith("_")}
    assert used == verbs
    assert heard.strays == []
    assert set(heard.names) >= {"insert", "find", "getMore", "delete", "findAndModify"}


_UPDATE: dict[str, Any] = {"$push": {"events": {"text": "Oi"}}}


@pytest.mark.parametrize(
    ("stray", "expected"),
    [
        (lambda shelf: shelf.find_one_and_update({"_id": "1"}, _UPDATE), ["$push"]),
        (lambda shelf: shelf.update_one({"_id": "1"}, {"$set": {"a": 1}}), ["update"]),
        (lambda shelf: shelf.find_one_and_update({"_id": "1"}, {"$setOnInsert": {"a": 1}}), ["$setOnInsert"]),
        (lambda shelf: shelf.find_one_and_update({"_id": "1"}, [{"$set": {"a": 1}}]), ["a pipeline"]),
        (
            lambda shelf: shelf.find_one_and_replace({"_id": "1", "seq": {"$lt": 3}}, {"seq": 3}, upsert=True),
            ["an upsert by more than _id"],
        ),
        (lambda shelf: shelf.find_one({"a": {"$regex": "^x"}}), ["$regex"]),
        (lambda shelf: shelf.delete_many({"a": {"$in": [1]}}), ["$in"]),
        (lambda shelf: list(shelf.aggregate([{"$lookup": {"from": "x"}}])), ["aggregate", "$lookup"]),
    ],
)
def test_a_planted_stray_is_found(nx_url: str, stray: Any, expected: list[str]) -> None:
    heard = HeardCommands()

    client: MongoClient[dict[str, Any]] = MongoClient(nx_url, event_listeners=[heard])
    with client, suppress(PyMongoError):  # the look-alike may refuse it; it was heard before
        stray(client.get_default_database()["shelf"])

    assert heard.strays == expected


@pytest.mark.parametrize(
    ("verb", "trips"),
    [
        (lambda store: store.load(CONVERSATION, 8), ["find"]),
        (lambda store: store.find_turn(CONVERSATION, "m-1"), ["find"]),
        (lambda store: store.append(an_event(1)), ["insert"]),
        (lambda store: store.append(an_event(1), [a_mark("9")]), ["insert"]),
        (lambda store: store.append(an_event(1), [A_TICKET]), ["insert"]),
        (lambda store: store.load_with_tickets(CONVERSATION, 1, ["a", "b"]), ["find"] * 3),  # at once: one trip's time
        (lambda store: store.forget_tickets(MOMENT, 9), ["find"]),
        (
            lambda store: store.append(an_event(1), [], a_head(1, status=Status.WAITING)),
            ["findAndModify", "insert"],  # entering a queue: seen first
        ),
        (
            lambda store: store.append(an_event(1), [], a_head(1, status=Status.HUMAN)),
            ["insert", "findAndModify"],  # leaving it: hidden last
        ),
        (lambda store: store.put_head(a_head(4)), ["findAndModify"]),
        (lambda store: store.heads(Status.BOT), ["find"]),
        (lambda store: store.count_heads(Status.BOT), ["find"]),
        (lambda store: store.next_number("tokens"), ["findAndModify"]),
    ],
)
def test_a_verb_takes_the_trips_it_is_told_to(
    nx_store: MongoStore,
    heard: HeardCommands,
    verb: Any,
    trips: list[str],
) -> None:
    nx_store.append(an_event(0), head=a_head(0))
    heard.names.clear()

    verb(nx_store)

    assert heard.names == trips


def test_an_opening_shows_its_head_before_its_event(nx_store: MongoStore, heard: HeardCommands) -> None:
    nx_store.append(an_event(0), [a_mark()], a_head(0))

    assert heard.names == ["findAndModify", "insert", "insert"]


def test_indexes_of_filled_collections_are_given_minutes_and_nothing_else_is(nx_url: str, heard: HeardCommands) -> None:
    store = MongoStore(nx_url, event_listeners=[heard])

    store.prepare()
    store.load(CONVERSATION, 1)
    store.ledger().sources()
    store.close()

    assert min(heard.waits_ms["createIndexes"]) > 300_000
    assert 0 < min(heard.waits_ms["find"]) <= max(heard.waits_ms["find"]) <= 2500
    assert heard.names.count("createIndexes") == 12
