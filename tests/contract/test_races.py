"""Processes and threads that write one conversation at once: every event is stored once and no seat stays empty."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from roteiro.ports import Store
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract.builders import CONVERSATION
from tests.contract.writing import a_writer

_PROCESSES, _THREADS, _EVENTS = 2, 4, 100
_LONGEST_S = 30.0  # seconds; measured: 3 on SQLite, 6 on nx-27017, on two cores
_KILLS, _ACKNOWLEDGED = 6, 15


@contextmanager
def _writers(address: str, threads: int, events: int, names: list[str]) -> Iterator[list[Popen[str]]]:
    with ExitStack() as stack:
        writers = [stack.enter_context(a_writer(address, CONVERSATION, name, threads, events)) for name in names]
        for writer in writers:
            stack.callback(writer.kill)
        yield writers


def _stored(store: Store) -> list[tuple[int, str]]:
    return [(event.seq, event.write_id) for event in store.load(CONVERSATION, 10_000)]


@pytest.mark.parametrize("kind", ["sqlite-file", "nx27017"])
def test_two_processes_of_four_threads_lose_nothing_and_double_nothing(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    address = str(tmp_path / "race.db") if kind == "sqlite-file" else str(request.getfixturevalue("nx_url"))
    store = SqliteStore(address) if kind == "sqlite-file" else MongoStore(address)
    store.prepare()

    with _writers(address, _THREADS, _EVENTS, ["one", "two"]) as writers:
        said = [line for writer in writers for line in writer.communicate(timeout=_LONGEST_S)[0].split()]

    stored = _stored(store)
    store.close()
    assert len(said) == _PROCESSES * _THREADS * _EVENTS
    assert [seq for seq, _ in stored] == list(range(len(said)))
    assert sorted(write_id for _, write_id in stored) == sorted(said)


def test_every_acknowledged_event_survives_a_kill(tmp_path: Path) -> None:
    address = str(tmp_path / "killed.db")
    acknowledged: list[str] = []

    for kill in range(_KILLS):
        with _writers(address, 2, 10_000, [f"kill{kill}"]) as (writer,):
            assert writer.stdout
            acknowledged += [writer.stdout.readline().strip() for _ in range(_ACKNOWLEDGED)]
            writer.kill()
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]

    store = SqliteStore(address)
    stored = _stored(store)
    store.close()
    assert len(acknowledged) >= _KILLS * _ACKNOWLEDGED
    assert set(acknowledged) <= {write_id for _, write_id in stored}
    assert [seq for seq, _ in stored] == list(range(len(stored)))
