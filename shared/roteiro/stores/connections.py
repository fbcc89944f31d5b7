"""SQLite's connections: one for each thread, none carried over a fork, every failure one of our errors."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from weakref import WeakSet

from roteiro.errors import RoteiroError, SeatTaken, StoreUnavailable
from roteiro.stores.commits import Commits, Job, Write

__all__ = ["BUSY_MS", "IN_MEMORY", "Connections"]

BUSY_MS = 2500  # a writer waits this long for another before the turn answers 503; spec: within 3 s
IN_MEMORY = ":memory:"
_SWITCH_S = 0.005  # between two tries to switch a new file to its log; measured: the other one takes 1 to 30 ms


class _Connection(sqlite3.Connection):
    """A connection that closes with its thread; Python 3.13 warns about one that is only forgotten."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # one that could not be opened cannot be closed either
            self.close()


class Connections:
    """Connections to one file, made on first use with `schema` in place; in memory all threads share one."""

    def __init__(self, path: str, schema: str, busy_ms: int) -> None:
        self._path = path
        self._schema = schema
        self._busy_ms = busy_ms
        self._mine = threading.local()
        self._lock = threading.Lock()
        self.commits = Commits(self._lock, self._commit)
        self._shared = self._connect() if path == IN_MEMORY else None
        if self._shared is None:
            _FILES.add(self)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[str, ...]]:
        """Return everything that a query finds; raises StoreUnavailable."""
        with self._translated(), self._alone() if self._shared else nullcontext():
            return self._connection().execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing, alone: the lock is asked for at once, so that two writers wait, not fail half-way.

        Raises SeatTaken for a key that exists, StoreUnavailable for everything else.
        """
        deadline = time.monotonic() + self._busy_ms / 1000
        with self._translated(), self._alone(), self._begun(deadline) as connection:
            yield connection

    def write(self, job: Job) -> None:
        """Do a small write, all or nothing, in one commit with those of others who wait at the same moment.

        Raises SeatTaken for a key that exists, StoreUnavailable for everything else.
        """
        self.commits.do(job, self._busy_ms / 1000)

    def close(self) -> None:
        """Close this thread's connection and, in memory, the data with it."""
        connection = self._shared or getattr(self._mine, "connection", None)
        if connection:
            connection.close()
            self._mine.connection = None

    def _connection(self) -> sqlite3.Connection:
        if self._shared:
            return self._shared
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._connect()
        return connection

    def _connect(self) -> sqlite3.Connection:
        if self._path != IN_MEMORY:
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
        # Threads are kept apart here, not by the driver: its check would forbid closing what a dead thread left.
        connection = sqlite3.connect(
            self._path,
            timeout=self._busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        _use_log(connection, self._busy_ms)
        connection.execute("PRAGMA secure_delete=ON")
        connection.executescript(self._schema)
        return connection

    def _commit(self, writes: Sequence[Write], deadline: float) -> list[Write]:
        """Commit writes together, or, if one cannot be, each for itself; return those that have time to try again."""
        refusal = self._refused(writes, deadline)
        for one in writes:
            if refusal is None or len(writes) == 1:
                one.end(refusal)
            elif not isinstance(refusal, StoreUnavailable) or time.monotonic() < deadline:
                one.end(self._refused([one], deadline))
            elif one.left_s <= 0:
                one.end(refusal)
        return [one for one in writes if not one.is_done]

    def _refused(self, writes: Sequence[Write], deadline: float) -> Exception | None:
        """Do writes in one transaction; return why nothing was written, None if everything was."""
        try:
            with self._translated(), self._begun(deadline) as connection:
                for one in writes:
                    one.job(connection)
        except (RoteiroError, ArithmeticError, TypeError, ValueError) as error:  # or a value that cannot be bound
            return error  # whose write it is hears of it, in the thread that waits for it
        return None

    @contextmanager
    def _begun(self, deadline: float) -> Iterator[sqlite3.Connection]:
        """Begin a transaction of who is alone, and commit it; until the deadline other processes are waited for."""
        connection = self._connection()
        left_ms = max(0, int((deadline - time.monotonic()) * 1000))
        connection.execute(f"PRAGMA busy_timeout={left_ms}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:  # the block failed, or the commit did (a full disk)
                connection.execute("ROLLBACK")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one thread pass. Threads that all ask SQLite itself poll beside each other, and some wait for ever."""
        if not self._lock.acquire(timeout=self._busy_ms / 1000):
            raise StoreUnavailable("SQLite is busy with other writers")
        try:
            yield
        finally:
            self._lock.release()
            self.commits.wake()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise SeatTaken("the key exists") from error
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(f"SQLite did not answer: {error}") from error


def _use_log(connection: sqlite3.Connection, busy_ms: int) -> None:
    """Write ahead to a log. Of those who open the same new file at once SQLite refuses some, without any waiting."""
    deadline = time.monotonic() + busy_ms / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_SWITCH_S)
        else:
            return


_FILES: WeakSet[Connections] = WeakSet()


def _close_before_fork() -> None:
    """Close what this thread has open: a child that inherits a connection can corrupt the file.

    Source: https://sqlite.org/howtocorrupt.html, section 2.6.
    """
    for connections in list(_FILES):
        connections.close()


os.register_at_fork(before=_close_before_fork)
