"""What only a file has: a writer waits for another one, forks and threads are safe, erased words leave the disk."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from roteiro.domain.conversation import State, Status
from roteiro.errors import SeatTaken, StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from tests.contract.builders import CONVERSATION, MOMENT, a_head, a_mark, an_event, events_of

_CANARIES = ("canary-in-text", "canary-in-reply", "canary-in-name", "canary-in-slot")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "made" / "on" / "demand" / "roteiro.db")


@pytest.fixture
def file_store(path: str) -> Iterator[SqliteStore]:
    store = SqliteStore(path, busy_ms=50)
    store.prepare()
    yield store
    store.close()


@contextmanager
def _another_writer(path: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_writer_who_waits_too_long_is_told_and_nothing_is_half_written(file_store: SqliteStore, path: str) -> None:
    file_store.append(an_event(0))

    with _another_writer(path), pytest.raises(StoreUnavailable):
        file_store.append(an_event(1), [a_mark()], a_head(1))

    assert file_store.load(CONVERSATION, 8) == [an_event(0)]
    file_store.append(an_event(1), [a_mark()], a_head(1))


def test_a_writer_who_waits_a_little_is_served(path: str) -> None:
    store = SqliteStore(path)
    store.prepare()

    with _another_writer(path) as other, ThreadPoolExecutor(1) as threads:
        appended = threads.submit(store.append, an_event(0))
        other.execute("COMMIT")
        appended.result(timeout=5)

    assert store.load(CONVERSATION, 8) == [an_event(0)]
    store.close()


def test_the_product_waits_for_a_writer_within_the_specified_time(path: str) -> None:
    store = SqliteStore(path)
    store.prepare()
    began = time.monotonic()

    with _another_writer(path), pytest.raises(StoreUnavailable):
        store.next_number("tokens")

    store.close()
    assert 2.0 < time.monotonic() - began < 3.0


def test_readers_do_not_wait_for_a_writer(file_store: SqliteStore, path: str) -> None:
    file_store.append(an_event(0))

    with _another_writer(path):
        assert file_store.load(CONVERSATION, 8) == [an_event(0)]


@pytest.mark.parametrize("clash", ["event", "mark", "message"])
def test_a_lost_seat_rolls_everything_back(file_store: SqliteStore, clash: str) -> None:
    file_store.append(an_event(0, client_message_id="m-0"), [a_mark("0")], a_head(0))
    event = an_event(0 if clash == "event" else 1, client_message_id="m-0" if clash == "message" else "m-1")
    marks = [a_mark("1"), *([a_mark("0")] if clash == "mark" else [])]

    with pytest.raises(SeatTaken):
        file_store.append(event, marks, a_head(1, status=Status.WAITING, waiting_since=MOMENT))

    assert file_store.heads(Status.WAITING) == []
    file_store.append(an_event(1), [a_mark("1")])  # its mark is free again


def test_a_failure_in_the_middle_rolls_everything_back(file_store: SqliteStore) -> None:
    unwritable = a_head(0, locale="\ud800")  # half a character, which no file can hold

    with pytest.raises(UnicodeEncodeError):
        file_store.append(an_event(0), [a_mark()], unwritable)

    assert file_store.load(CONVERSATION, 8) == []
    file_store.append(an_event(0), [a_mark()])


def test_many_threads_open_a_new_file_at_once(tmp_path: Path) -> None:
    everybody = threading.Barrier(8)

    def open_it(number: int) -> None:
        everybody.wait(timeout=5)
        store.append(an_event(0, f"thread0{number}"))

    for attempt in range(8):
        store = SqliteStore(str(tmp_path / f"{attempt}.db"))
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(open_it, range(8)))
        assert len(store.scan_events("", 100)) == 8
        store.close()


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_threads_of_one_store_see_the_same(kind: str, path: str) -> None:
    store = SqliteStore(path if kind == "file" else ":memory:")

    def append(number: int) -> int:
        store.append(an_event(0, f"thread{number:02}"))
        return len(store.scan_events("", 100))

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(append, range(40)))

    assert max(seen) == len(store.scan_events("", 100)) == 40
    store.close()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_store_that_was_used_may_be_forked(path: str) -> None:
    store = SqliteStore(path)
    store.append(an_event(0))

    child = os.fork()
    if child == 0:
        _append_and_leave(store)
    _, status = os.waitpid(child, 0)
    store.append(an_event(2))

    assert status == 0
    assert [event.seq for event in store.load(CONVERSATION, 8)] == [0, 1, 2]
    store.close()


def _append_and_leave(store: SqliteStore) -> None:
    code = 1
    try:
        store.append(an_event(1))
        code = 0
    finally:
        os._exit(code)  # never through pytest's own end


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_inherits_no_open_file(path: str) -> None:
    store = SqliteStore(path)
    store.append(an_event(0))

    child = os.fork()
    if child == 0:
        os._exit(len([one for one in _open_files() if one.startswith(path)]))
    _, status = os.waitpid(child, 0)

    store.close()
    assert os.waitstatus_to_exitcode(status) == 0


def _open_files() -> list[str]:
    folder = Path("/proc/self/fd")
    return [str(one.readlink()) for one in folder.iterdir() if one.is_symlink()]


def _bytes_on_disk(path: str) -> bytes:
    return b"".join(one.read_bytes() for one in Path(path).parent.iterdir())


def _speak_of_canaries(store: SqliteStore) -> None:
    text, reply, name, slot = _CANARIES
    for event in events_of(CONVERSATION, 30):
        state = State(protocol="1", name=name, slots={"placa": slot})
        filled = an_event(event.seq, text=text * 40, reply=reply, state=state)
        store.append(filled, head=a_head(event.seq, locale=name))


def test_erased_words_leave_the_disk(file_store: SqliteStore, path: str) -> None:
    _speak_of_canaries(file_store)
    assert all(canary.encode() in _bytes_on_disk(path) for canary in _CANARIES)

    file_store.append(an_event(30, text=None))
    file_store.erase(CONVERSATION, 30)

    assert [canary for canary in _CANARIES if canary.encode() in _bytes_on_disk(path)] == []


def test_an_erase_that_could_not_empty_the_log_says_so(file_store: SqliteStore, path: str) -> None:
    _speak_of_canaries(file_store)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchall()

    with pytest.raises(StoreUnavailable):
        file_store.erase(CONVERSATION, 30)
    reader.close()
    file_store.erase(CONVERSATION, 30)

    assert [canary for canary in _CANARIES if canary.encode() in _bytes_on_disk(path)] == []
