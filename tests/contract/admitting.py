"""A process of its own whose threads open conversations as fast as they are let in, all counted under one key.

`python -m tests.contract.admitting ADDRESS MOST WINDOW_S FOR_S THREADS NAME`. Lines: `in KEY TIME` for each ticket that
was stored with its event, `out TIME SECONDS` for a refusal and how long it said to wait. TIME is ISO-8601.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from roteiro.domain.conversation import Event, Head, Mark
from roteiro.domain.ids import ConversationId
from roteiro.domain.tickets import Admission, Ticket
from roteiro.errors import ConversationBusy, LimitReached
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import open_conversation
from roteiro.usecases.turns import Words
from roteiro.wiring import SystemClock
from tests.factories import a_catalogue

__all__ = ["SHARED", "Noting", "an_admitter", "opening"]

SHARED = "shared"  # the key of everybody
_ROOT = Path(__file__).parents[2]
_PAUSE_S = 0.02  # after a refusal: whoever is refused asks again at once, but leaves the machine to others


def an_admitter(address: str, most: int, window_s: float, for_s: float, threads: int) -> subprocess.Popen[str]:
    """Start a process that asks for so many seconds; its own key, `own-…`, is asked a few times in between."""
    path = os.pathsep.join([str(_ROOT), str(_ROOT / "shared")])
    words = [address, most, window_s, for_s, threads, f"own-{secrets.token_hex(3)}"]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.admitting", *map(str, words)],
        env={**os.environ, "PYTHONPATH": path},
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


class Noting:
    """A store that notes which tickets were stored with their event."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.stored: list[Ticket] = []

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def append(self, event: Event, marks: Sequence[Mark | Ticket] = (), head: Head | None = None) -> None:
        """Append as the store does."""
        self._store.append(event, marks, head)
        self.stored += [mark for mark in marks if isinstance(mark, Ticket)]


def opening(key: str, most: int, window_s: float) -> Words:
    """Return the words that open a conversation and count under a key."""
    admission = Admission(key, most, secrets.token_hex(4), window_s=window_s)
    return Words(ConversationId(str(uuid.uuid4())), "seguros", "Ana", admissions=(admission,))


def _main(address: str, most: str, window_s: str, for_s: str, threads: str, name: str) -> None:
    store = Noting(MongoStore(address) if address.startswith("mongodb:") else SqliteStore(address))
    refused: list[str] = []
    until, clock, catalogue = time.monotonic() + float(for_s), SystemClock(), a_catalogue()

    def ask(key: str) -> None:
        try:
            open_conversation(opening(key, int(most), float(window_s)), store=store, catalogue=catalogue, clock=clock)
        except LimitReached as error:
            refused.append(f"out {clock.now().isoformat()} {error.retry_after}")
            time.sleep(_PAUSE_S)
        except ConversationBusy:
            time.sleep(_PAUSE_S)  # it lost eight seats; a client would ask again

    def ask_all() -> None:
        while time.monotonic() < until:
            ask(SHARED)

    running = [threading.Thread(target=ask_all) for _ in range(int(threads))]
    for thread in running:
        thread.start()
    for _ in range(3):
        ask(name)
    for thread in running:
        thread.join()
    sys.stdout.write("\n".join([*refused, *(f"in {one.key} {one.at.isoformat()}" for one in store.stored)]))
    store.close()


if __name__ == "__main__":
    _main(*sys.argv[1:])
