"""A process of its own that opens conversations as the product does.

`python -m tests.contract.opening DATABASE COUNT THREADS`; each protocol number that was given out is one line of it.
"""

import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import open_conversation
from roteiro.usecases.turns import Words
from roteiro.wiring import SystemClock
from tests.factories import a_catalogue

__all__ = ["an_opener"]

_ROOT = Path(__file__).parents[2]


def an_opener(database: Path, count: int, threads: int) -> subprocess.Popen[str]:
    """Start a process that opens that many conversations, so many at once."""
    path = os.pathsep.join([str(_ROOT), str(_ROOT / "shared")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.opening", str(database), str(count), str(threads)],
        env={**os.environ, "PYTHONPATH": path},
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _main(database: str, count: str, threads: str) -> None:
    store, catalogue, clock = SqliteStore(database), a_catalogue(), SystemClock()

    def opened(_: int) -> str:
        conversation = ConversationId(str(uuid.uuid4()))
        words = Words(conversation, "seguros", "Ana")
        answer = open_conversation(words, store=store, catalogue=catalogue, clock=clock)
        return answer.state.protocol

    with ThreadPoolExecutor(int(threads)) as pool:
        sys.stdout.write("\n".join(pool.map(opened, range(int(count)))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
