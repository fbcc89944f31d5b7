"""nx-27017, a server that speaks MongoDB's wire protocol over SQLite, as a process of its own in memory."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["a_free_port", "running_lookalike"]

_START_S = 15.0  # seconds; it takes about one, more on a busy machine
_MAIN = "from nx_27017 import main; main()"


def a_free_port() -> int:
    """Return a TCP port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running_lookalike(folder: Path) -> Iterator[str]:
    """Run the server and give its address, without a database's name; it ends with the block."""
    port = a_free_port()
    options = ["--data-dir", "memory", "--port", str(port)]  # one database in memory for each name
    files = ["--log-file", str(folder / "nx.log"), "--pid-file", str(folder / "nx.pid")]
    server = subprocess.Popen(
        [sys.executable, "-c", _MAIN, *options, *files], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(server, port)
        yield f"mongodb://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait(timeout=5)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nx-27017 did not start on port {port} within {_START_S} s")
