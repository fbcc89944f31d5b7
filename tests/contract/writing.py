"""A process of its own that writes to a store as the product does: at the next seat, or the one after it.

`python -m tests.contract.writing ADDRESS CONVERSATION NAME THREADS EVENTS`; each written event is one line of output.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

from roteiro.domain.ids import ConversationId
from roteiro.errors import SeatTaken
from roteiro.ports import Store
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract.builders import an_event

__all__ = ["a_writer", "write"]

_ROOT = Path(__file__).parents[2]


def a_writer(address: str, conversation: str, name: str, threads: int, events: int) -> subprocess.Popen[str]:
    """Start a process whose threads each append that many events; it prints the write id of each that is stored."""
    path = os.pathsep.join([str(_ROOT), str(_ROOT / "shared")])
    words = [address, conversation, name, str(threads), str(events)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.writing", *words],
        env={**os.environ, "PYTHONPATH": path},
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def write(store: Store, conversation: ConversationId, write_id: str, seq: int) -> int:
    """Append one event at seat `seq`, or the first free one after it; return the seat.

    The look between two tries is left out: nx-27017 reads a whole conversation to find its newest event.
    """
    while True:
        try:
            store.append(an_event(seq, conversation, write_id=write_id, client_message_id=write_id))
        except SeatTaken:
            seq += 1
        else:
            return seq


def _main(address: str, conversation: str, name: str, threads: str, events: str) -> None:
    store = MongoStore(address) if address.startswith("mongodb:") else SqliteStore(address)

    def write_all(thread: int) -> None:
        seq = next((event.seq for event in store.load(ConversationId(conversation), 1)), 0)
        for number in range(int(events)):
            write_id = f"{name}-{thread}-{number}"
            seq = write(store, ConversationId(conversation), write_id, seq)
            sys.stdout.write(f"{write_id}\n")
            sys.stdout.flush()

    running = [threading.Thread(target=write_all, args=(thread,)) for thread in range(int(threads))]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    store.close()


if __name__ == "__main__":
    _main(*sys.argv[1:])
