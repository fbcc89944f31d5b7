"""One caller, many processes and threads: exactly the limit is let in, in any window, and nobody else notices.

The minute is scaled down, so that the whole takes seconds.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from roteiro.errors import ConversationBusy, LimitReached
from roteiro.ports import Store
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import open_conversation
from roteiro.wiring import SystemClock
from tests.contract.admitting import SHARED, Noting, an_admitter, opening
from tests.factories import a_catalogue
from tests.windows import most_in_any

_PROCESSES, _THREADS = 4, 8
_MOST, _WINDOW_S = 10, 2.0  # measured: nx-27017 stores some ten a second while 32 threads want the same ticket
_FOR_S = 5.0  # two windows and a half; the processes do not start at the same moment
_LONGEST_S = 60.0


@pytest.fixture(params=["sqlite-file", "nx27017"])
def lines(request: pytest.FixtureRequest, tmp_path: Path) -> list[list[str]]:
    """What four processes of eight threads said of a store."""
    is_file = request.param == "sqlite-file"
    address = str(tmp_path / "limits.db") if is_file else str(request.getfixturevalue("nx_url"))
    store = SqliteStore(address) if is_file else MongoStore(address)
    store.prepare()
    store.close()
    with ExitStack() as stack:
        askers = [an_admitter(address, _MOST, _WINDOW_S, _FOR_S, _THREADS) for _ in range(_PROCESSES)]
        for asker in askers:
            stack.enter_context(asker)
            stack.callback(asker.kill)
        said = [asker.communicate(timeout=_LONGEST_S)[0] for asker in askers]
    assert [asker.returncode for asker in askers] == [0] * _PROCESSES
    return [line.split() for text in said for line in text.splitlines()]


def test_exactly_the_limit_is_let_in_over_processes_and_threads(lines: list[list[str]]) -> None:
    admitted = sorted(datetime.fromisoformat(at) for kind, key, at in lines if (kind, key) == ("in", SHARED))
    own = [key for kind, key, _ in lines if kind == "in" and key != SHARED]
    refused = [(datetime.fromisoformat(at), int(wait)) for kind, at, wait in lines if kind == "out"]

    assert most_in_any(timedelta(seconds=_WINDOW_S), admitted) == _MOST
    assert len(admitted) > _MOST  # places that are free again are taken again
    assert len(own) == 3 * _PROCESSES
    assert len(refused) > _MOST
    assert list(_wrong_waits(refused, admitted)) == []


def _wrong_waits(refused: list[tuple[datetime, int]], admitted: list[datetime]) -> Iterator[tuple[datetime, int]]:
    """Find refusals whose wait was not the time until a place was free, to the second."""
    for at, wait in refused:
        free = [one for one in admitted if one <= at][-_MOST] + timedelta(seconds=_WINDOW_S)
        if abs((at + timedelta(seconds=wait) - free).total_seconds()) > 1.5:
            yield at, wait


def test_threads_on_one_key_are_let_in_up_to_the_limit_in_every_store(store: Store) -> None:
    noting = Noting(store)

    def ask_until_refused(_: int) -> int:
        while True:
            words = opening(SHARED, _MOST, 60.0)
            try:
                open_conversation(words, store=noting, catalogue=a_catalogue(), clock=SystemClock())
            except LimitReached as error:
                return error.retry_after
            except ConversationBusy:
                continue

    with ThreadPoolExecutor(_THREADS) as threads:
        waits = list(threads.map(ask_until_refused, range(_THREADS)))

    assert len(noting.stored) == _MOST
    assert [ticket.seq for ticket in sorted(noting.stored, key=lambda one: one.seq)] == list(range(_MOST))
    assert len(store.scan_events("", 100)) == _MOST
    assert all(40 < wait <= 60 for wait in waits)
