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

from roteiro.errors import OutcomeUnknown, StoreUnavailable

__all__ = ["Commits", "Job", "Write"]

Job: TypeAlias = Callable[[sqlite3.Connection], None]  # may be done again from the start, after a rollback

_LAST_WAIT_S = 0.5  # for the end of a commit that has begun; measured: it takes some milliseconds


class Write:
    """One caller's write: what is to be done, until when (of the monotonic clock), and what became of it."""

    def __init__(self, job: Job, deadline: float) -> None:
        self.job = job
        self.deadline = deadline
        self.error: Exception | None = None
        self.is_done = False
        self.woken = threading.Event()

    @property
    def left_s(self) -> float:
        """Return for how many seconds it may still wait."""
        return self.deadline - time.monotonic()

    def end(self, error: Exception | None) -> None:
        """Note how it ended, and wake who waits for it."""
        self.error, self.is_done = error, True
        self.woken.set()


class Commits:
    """The queue of one file's writers.

    `commit` does some of them before a deadline, each all or nothing, ends them, and returns those that may be tried
    again: the file was busy until the deadline, and they have more time than that.
    """

    def __init__(self, front: threading.Lock, commit: Callable[[Sequence[Write], float], Sequence[Write]]) -> None:
        self._front = front
        self._commit = commit
        self._guard = threading.Lock()
        self.queue: deque[Write] = deque()

    def do(self, job: Job, within_s: float) -> None:
        """Do a job, alone or with all who wait; raises what it raised, StoreUnavailable if it waited too long."""
        mine = Write(job, time.monotonic() + within_s)
        with self._guard:
            self.queue.append(mine)
        while not mine.is_done and (left_s := mine.left_s) > 0:
            if self._front.acquire(blocking=False):
                self._lead(mine.deadline)
            elif mine.woken.wait(left_s) and not mine.is_done:
                mine.woken.clear()  # called to the front
        if not mine.is_done:
            self._give_up(mine)
        if mine.error:
            raise mine.error

    def wake(self) -> None:
        """Call somebody to the front, which has just become free."""
        with self._guard:
            if self.queue:
                self.queue[0].woken.set()

    def _lead(self, deadline: float) -> None:
        """Commit everything that waits, being at the front."""
        with self._guard:
            batch = list(self.queue)
            self.queue.clear()
        again: Sequence[Write] = ()
        try:
            again = self._commit(batch, deadline)
        finally:
            for one in batch:
                if not one.is_done and one not in again:  # only a bug leaves one behind; who waits must hear of it
                    one.end(StoreUnavailable("SQLite: the write was not tried"))
            with self._guard:
                self.queue.extendleft(reversed(again))
            self._front.release()
            self.wake()

    def _give_up(self, mine: Write) -> None:
        """Leave the queue; who is being committed just now waits a little for the end of that.

        Raises StoreUnavailable: nothing is written; OutcomeUnknown: the commit goes on.
        """
        with self._guard:
            is_waiting = mine in self.queue
            if is_waiting:
                self.queue.remove(mine)
        if is_waiting:
            self.wake()  # the call to the front may have been for this one
            raise StoreUnavailable("SQLite is busy with other writers")
        mine.woken.clear()
        if not mine.is_done and not mine.woken.wait(_LAST_WAIT_S):
            raise OutcomeUnknown("SQLite is still committing")
