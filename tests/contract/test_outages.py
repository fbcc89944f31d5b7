"""A database that is away, silent or slow: one of our errors within three seconds, no lie about the outcome."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pymongo
import pytest

from roteiro.domain.conversation import Status
from roteiro.errors import InvalidSetting, OutcomeUnknown, StoreUnavailable
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract.builders import CONVERSATION, MOMENT, a_head, an_event
from tests.contract.lookalike import a_free_port

_SPECIFIED_S = 3.0  # within which a turn that cannot store must say so

Verb = Callable[[MongoStore], object]
_VERBS: dict[str, Verb] = {
    "load": lambda store: store.load(CONVERSATION, 8),
    "load_with_tickets": lambda store: store.load_with_tickets(CONVERSATION, 1, ["a"]),
    "newest_of": lambda store: store.newest_of([CONVERSATION] * 200),
    "forget_tickets": lambda store: store.forget_tickets(MOMENT, 9),
    "append": lambda store: store.append(an_event(0), head=a_head(0)),
    "erase": lambda store: store.erase(CONVERSATION, 1),
    "heads": lambda store: store.heads(Status.BOT),
    "create": lambda store: store.create("script:1", {}),
    "next_number": lambda store: store.next_number("tokens"),
    "prepare": lambda store: store.prepare(),
}


class _Wire:
    """A TCP proxy to nx-27017 that can fall silent, in both ways or only towards us."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self.port = int(self._listener.getsockname()[1])
        self.is_asking, self.is_answering = True, True
        self._start(self._accept)

    def close(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ours, _ = self._listener.accept()
                theirs = socket.create_connection(self._server)
                self._sockets += [ours, theirs]
                self._start(partial(self._carry, ours, theirs, lambda: self.is_asking))
                self._start(partial(self._carry, theirs, ours, lambda: self.is_answering))

    def _carry(self, source: socket.socket, target: socket.socket, passes: Callable[[], bool]) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if passes():
                    target.sendall(data)

    def _start(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()


@pytest.fixture
def wire(lookalike: str) -> Iterator[_Wire]:
    proxy = _Wire(int(lookalike.rpartition(":")[2]))
    yield proxy
    proxy.close()


@pytest.fixture
def far_store(wire: _Wire, nx_url: str) -> Iterator[MongoStore]:
    """A store whose server is behind the wire."""
    store = MongoStore(f"mongodb://127.0.0.1:{wire.port}/{nx_url.rpartition('/')[2]}")
    store.prepare()
    yield store
    store.close()


def test_a_store_that_is_down_says_so_in_time() -> None:
    store = MongoStore(f"mongodb://127.0.0.1:{a_free_port()}/roteiro")
    began = time.monotonic()

    with pytest.raises(StoreUnavailable) as refused:
        store.append(an_event(0), head=a_head(0))

    store.close()
    assert refused.type is StoreUnavailable  # nothing was sent, so nothing is unknown
    assert time.monotonic() - began < _SPECIFIED_S


@pytest.mark.parametrize("verb", _VERBS)
def test_every_verb_says_that_the_store_is_down(verb: str) -> None:
    store = MongoStore(f"mongodb://127.0.0.1:{a_free_port()}/roteiro")

    with pymongo.timeout(0.1), pytest.raises(StoreUnavailable):
        _VERBS[verb](store)

    store.close()


def test_a_store_that_falls_silent_says_so_in_time(far_store: MongoStore, wire: _Wire) -> None:
    far_store.append(an_event(0), head=a_head(0))
    wire.is_asking = wire.is_answering = False
    began = time.monotonic()

    with pytest.raises(StoreUnavailable):
        far_store.append(an_event(1), head=a_head(1, status=Status.HUMAN))

    assert time.monotonic() - began < _SPECIFIED_S


def test_an_answer_that_is_lost_leaves_the_outcome_unknown(far_store: MongoStore, wire: _Wire, nx_url: str) -> None:
    far_store.append(an_event(0))
    wire.is_answering = False

    with pytest.raises(OutcomeUnknown):
        far_store.append(an_event(1, write_id="mine"))

    near_store = MongoStore(nx_url)
    stored = near_store.load(CONVERSATION, 1)
    near_store.close()
    assert [event.write_id for event in stored] == ["mine"]


@pytest.mark.parametrize(
    "address",
    [
        "mongodb://",
        "http://127.0.0.1/roteiro",
        "mongodb://ana:s3cret/x@127.0.0.1/roteiro",
        "mongodb://ana:s3cret:x@127.0.0.1/roteiro",
        "mongodb://s3cret:27x/roteiro",
        "mongodb://127.0.0.1:99999/roteiro",
        "mongodb://[::1/roteiro",
        "mongodb://127.0.0.1/roteiro?tlsCAFile=/s3cret/missing.pem",
    ],
)
def test_an_address_that_cannot_be_read_is_named_without_its_secret(address: str) -> None:
    store = MongoStore(address)

    with pytest.raises(InvalidSetting, match="ROTEIRO_DATABASE_URL") as refused:
        store.load(CONVERSATION, 1)

    assert "s3cret" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("content", ["this is not a database, it only has its name" * 40, None])
def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "roteiro.db"
    if content is None:
        path.mkdir()
    else:
        path.write_text(content)

    with pytest.raises(StoreUnavailable):
        SqliteStore(str(path)).load(CONVERSATION, 1)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreUnavailable):
        SqliteStore(str(tmp_path / "file" / "roteiro.db")).prepare()


def test_a_closed_store_opens_again(nx_url: str, tmp_path: Path) -> None:
    stores: list[MongoStore | SqliteStore] = [MongoStore(nx_url), SqliteStore(str(tmp_path / "roteiro.db"))]
    for store in stores:
        store.append(an_event(0))
        store.close()
        store.close()

    assert [store.load(CONVERSATION, 8) for store in stores] == [[an_event(0)]] * 2
    for store in stores:
        store.close()
