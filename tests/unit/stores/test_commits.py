"""Writers of one file: who waits together is committed together, each all or nothing, and nobody waits for ever."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from roteiro.errors import OutcomeUnknown, RoteiroError, SeatTaken, StoreUnavailable
from roteiro.stores.commits import Commits, Job, Write
from roteiro.stores.connections import Connections

LONG_S = 20.0  # never waited for, but by a test that is about to fail
SCHEMA = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY)"


def nothing(_: sqlite3.Connection) -> None:
    """Be a job that writes nothing."""


def keep(*names: str) -> Job:
    def job(connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT INTO kept VALUES (?)", [(name,) for name in names])

    return job


def until_waiting(commits: Commits, count: int) -> None:
    """Return when so many wait."""
    end = time.monotonic() + LONG_S
    while len(commits.queue) < count and time.monotonic() < end:
        os.sched_yield()
    assert len(commits.queue) == count


class Batches:
    """A file that only notes what is committed together."""

    def __init__(self) -> None:
        self.front = threading.Lock()
        self.sizes: list[int] = []
        self.refusal: RoteiroError | None = None
        self.is_busy_once = False
        self.commits = Commits(self.front, self.commit)

    def commit(self, writes: Sequence[Write], _deadline: float) -> Sequence[Write]:
        self.sizes.append(len(writes))
        done, again = (writes[:1], writes[1:]) if self.is_busy_once else (writes, ())
        self.is_busy_once = False
        for one in done:
            one.end(self.refusal)
        return again

    def queue(self, threads: ThreadPoolExecutor, count: int) -> list[Future[None]]:
        """Let some come while the front is held, and return when all of them wait."""
        waiting = [threads.submit(self.commits.do, nothing, LONG_S) for _ in range(count)]
        until_waiting(self.commits, count)
        return waiting

    def leave(self) -> None:
        self.front.release()
        self.commits.wake()


@pytest.fixture
def batches() -> Batches:
    return Batches()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Connections]:
    with closing(Connections(str(tmp_path / "kept.db"), SCHEMA, 2500)) as connections:
        yield connections


def names_in(file: Connections) -> list[str]:
    return [name for (name,) in file.rows("SELECT name FROM kept ORDER BY name")]


def error_of(deed: Callable[[], None]) -> type[BaseException] | None:
    try:
        deed()
    except RoteiroError as error:
        return type(error)
    return None


def test_who_is_alone_is_committed_alone(batches: Batches) -> None:
    batches.commits.do(nothing, LONG_S)
    batches.commits.do(nothing, LONG_S)

    assert batches.sizes == [1, 1]


def test_who_waited_together_is_committed_together(batches: Batches) -> None:
    batches.front.acquire()
    with ThreadPoolExecutor(8) as threads:
        waiting = batches.queue(threads, 8)

        batches.leave()

        for one in waiting:
            one.result(LONG_S)
    assert sum(batches.sizes) == 8
    assert batches.sizes[0] == 8


def test_everybody_of_a_batch_hears_why_it_was_refused(batches: Batches) -> None:
    batches.refusal = StoreUnavailable("the disk is full")
    batches.front.acquire()
    with ThreadPoolExecutor(4) as threads:
        waiting = batches.queue(threads, 4)

        batches.leave()

        assert [type(one.exception(LONG_S)) for one in waiting] == [StoreUnavailable] * 4


def test_who_waits_too_long_leaves_and_is_not_written_later(batches: Batches) -> None:
    batches.front.acquire()

    with pytest.raises(StoreUnavailable, match="busy"):
        batches.commits.do(nothing, 0.01)
    batches.leave()
    batches.commits.do(nothing, LONG_S)

    assert batches.sizes == [1]


def test_who_leaves_calls_the_next_one_to_the_front(batches: Batches) -> None:
    batches.front.acquire()
    with ThreadPoolExecutor(1) as threads:
        (patient,) = batches.queue(threads, 1)
        batches.front.release()  # and the call to the front is lost on somebody who is just leaving

        with pytest.raises(StoreUnavailable):
            batches.commits.do(nothing, 0.0)

        patient.result(LONG_S)
    assert batches.sizes == [1]


def test_who_had_more_time_than_the_first_is_tried_again(batches: Batches) -> None:
    batches.is_busy_once = True
    batches.front.acquire()
    with ThreadPoolExecutor(4) as threads:
        waiting = batches.queue(threads, 4)

        batches.leave()

        for one in waiting:
            one.result(LONG_S)
    assert batches.sizes == [4, 3]


def test_who_can_wait_no_longer_for_a_commit_that_goes_on_does_not_hear_that_nothing_is_written(
    batches: Batches,
) -> None:
    may_end = threading.Event()

    def slow(writes: Sequence[Write], _deadline: float) -> Sequence[Write]:
        may_end.wait(LONG_S)
        for one in writes:
            one.end(None)
        return ()

    batches.commits = Commits(batches.front, slow)
    batches.front.acquire()
    with ThreadPoolExecutor(2) as threads:
        patient = threads.submit(batches.commits.do, nothing, LONG_S)
        until_waiting(batches.commits, 1)
        hasty = threads.submit(batches.commits.do, nothing, 0.6)
        until_waiting(batches.commits, 2)

        batches.leave()

        assert isinstance(hasty.exception(LONG_S), OutcomeUnknown)
        may_end.set()
        patient.result(LONG_S)


def test_many_who_give_up_while_others_lead_leave_the_front_free(batches: Batches) -> None:
    with ThreadPoolExecutor(16) as threads:
        done = [threads.submit(error_of, partial(batches.commits.do, nothing, 0.00001)) for _ in range(2000)]

        heard = {one.result(LONG_S) for one in done}

    assert heard <= {None, StoreUnavailable, OutcomeUnknown}
    batches.commits.do(nothing, LONG_S)


def test_a_bug_of_the_committer_is_heard_by_all_who_wait(batches: Batches) -> None:
    def broken(_writes: Sequence[Write], _deadline: float) -> Sequence[Write]:
        raise ZeroDivisionError

    batches.commits = Commits(batches.front, broken)
    batches.front.acquire()
    with ThreadPoolExecutor(3) as threads:
        waiting = batches.queue(threads, 3)

        batches.leave()

        heard = sorted(type(one.exception(LONG_S)).__name__ for one in waiting)
    assert heard == ["StoreUnavailable", "StoreUnavailable", "ZeroDivisionError"]


def test_two_hundred_writers_at_once_are_all_written(file: Connections) -> None:
    with ThreadPoolExecutor(50) as threads:
        done = [threads.submit(file.write, keep(f"{number:03}")) for number in range(200)]

        for one in done:
            one.result(LONG_S)
    assert names_in(file) == [f"{number:03}" for number in range(200)]


def test_a_key_that_exists_refuses_its_own_write_and_no_other(file: Connections) -> None:
    file.write(keep("taken"))
    wanted = [["a1", "a2"], ["b1", "taken"], ["c1"], ["taken"], ["d1"]]

    with ThreadPoolExecutor(5) as threads, file.transaction():
        done = [threads.submit(error_of, partial(file.write, keep(*names))) for names in wanted]
        until_waiting(file.commits, len(wanted))

    assert [one.result(LONG_S) for one in done] == [None, SeatTaken, None, SeatTaken, None]
    assert names_in(file) == ["a1", "a2", "c1", "d1", "taken"]


def test_what_cannot_be_written_at_all_is_its_own_callers_bug(file: Connections) -> None:
    with ThreadPoolExecutor(4) as threads, file.transaction():
        wanted = ["a", "\ud800", "b", "c"]
        done = [threads.submit(file.write, keep(name)) for name in wanted]
        until_waiting(file.commits, len(wanted))

    heard = [type(one.exception(LONG_S)).__name__ for one in done]
    assert heard == ["NoneType", "UnicodeEncodeError", "NoneType", "NoneType"]
    assert names_in(file) == ["a", "b", "c"]


def test_who_comes_late_to_a_file_that_another_process_holds_still_waits(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.db")
    with closing(Connections(path, SCHEMA, 800)) as file, ThreadPoolExecutor(2) as threads:
        file.rows("SELECT 1")
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        early = threads.submit(error_of, partial(file.write, keep("early")))
        threading.Event().wait(0.6)
        late = threads.submit(error_of, partial(file.write, keep("late")))
        early.result(LONG_S)
        other.execute("ROLLBACK")
        other.close()

        assert (early.result(LONG_S), late.result(LONG_S)) == (StoreUnavailable, None)
        assert names_in(file) == ["late"]


def test_a_large_write_and_small_ones_do_not_disturb_each_other(file: Connections) -> None:
    with ThreadPoolExecutor(8) as threads:
        small = [threads.submit(file.write, keep(f"s{number}")) for number in range(40)]
        with file.transaction() as connection:
            connection.executemany("INSERT INTO kept VALUES (?)", [(f"l{number}",) for number in range(40)])
        for one in small:
            one.result(LONG_S)

    assert len(names_in(file)) == 80
