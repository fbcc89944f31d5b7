"""Writes that wait for the same file are committed together: whoever comes to the front does it for all.

SQLite writes one transaction at a time. Two hundred turns at once, each with a commit of its own and each waiting for
the interpreter between two statements, kept the last ones waiting until they were refused; measured, see decision 30.
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias

from roteiro.errors import StoreUnavailable

__all__ = ["Commits", "Job", "Write"]

Job: TypeAlias = Callable[[sqlite3.Connection], None]  # may be done again from the start, after a rollback


class Write:
    """One caller's write: what is to be done, and what became of it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.error: Exception | None = None
        self.is_done = False
        self.woken = threading.Event()

    def end(self, error: Exception | None) -> None:
        """Note how it ended, and wake who waits for it."""
        self.error, self.is_done = error, True
        self.woken.set()


class Commits:
    """The queue of one file's writers.

    `commit` does some of them before a deadline (of the monotonic clock), each all or nothing, and ends each.
    """

    def __init__(self, front: threading.Lock, commit: Callable[[Sequence[Write], float], None]) -> None:
        self._front = front
        self._commit = commit
        self.queue: deque[Write] = deque()

    def do(self, job: Job, within_s: float) -> None:
        """Do a job, alone or with all who wait; raises what it raised, StoreUnavailable if it waited too long."""
        mine, deadline = Write(job), time.monotonic() + within_s
        self.queue.append(mine)
        while not mine.is_done and (left_s := deadline - time.monotonic()) > 0:
            if self._front.acquire(blocking=False):
                self._lead(deadline)
            elif mine.woken.wait(left_s) and not mine.is_done:
                mine.woken.clear()  # called to the front
        if not mine.is_done:
            self._give_up(mine, within_s)
        if mine.error:
            raise mine.error

    def wake(self) -> None:
        """Call somebody to the front, which has just become free."""
        try:
            self.queue[0].woken.set()
        except IndexError:
            return

    def _lead(self, deadline: float) -> None:
        """Commit everything that waits, being at the front."""
        batch = [self.queue.popleft() for _ in range(len(self.queue))]
        try:
            self._commit(batch, deadline)
        finally:
            for one in batch:
                if not one.is_done:  # only a bug leaves one behind; who waits for it must hear of it all the same
                    one.end(StoreUnavailable("SQLite: the write was not tried"))
            self._front.release()
            self.wake()

    def _give_up(self, mine: Write, within_s: float) -> None:
        """Leave the queue; who is being committed just now waits for the end of that."""
        try:
            self.queue.remove(mine)
        except ValueError:
            mine.woken.clear()
            if not mine.is_done:
                mine.woken.wait(within_s)
        else:
            self.wake()  # the call to the front may have been for this one
        if not mine.is_done:
            raise StoreUnavailable("SQLite is busy with other writers")
