"""The product as a process of its own, on a free port of the loopback: started, killed and started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple, Self

from tests.harness import ADMIN_KEY, ROOT

START_S = 60  # seconds; it takes two on a quiet machine


class Said(NamedTuple):
    """One answer: status, JSON body, headers."""

    status: int
    body: Any
    headers: dict[str, str]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`roteiro run` with settings of the test's own."""

    def __init__(self, database_url: str, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._settings = {
            "PORT": str(self.port),
            "ROTEIRO_DATABASE_URL": database_url,
            "ROTEIRO_ADMIN_KEY": ADMIN_KEY,
            "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "0",
            "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE": "0",
            "ROTEIRO_LIMIT_READS_PER_MINUTE": "0",
        } | settings
        self._process: subprocess.Popen[bytes] | None = None
        self._token = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGTERM)

    def start(self) -> None:
        """Start, and wait until it answers."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "roteiro.cli", "run"],
                cwd=self._folder,
                env=os.environ | self._settings | {"PYTHONPATH": str(ROOT / "shared")},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + START_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/ready", timeout=2):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.05)
        written = (self._folder / "server.log").read_text()
        self.stop(signal.SIGKILL)
        raise AssertionError(f"the server did not start:\n{written}")

    def stop(self, how: signal.Signals) -> None:
        """End the server and its workers, which form a process group of their own."""
        if self._process:
            if self._process.poll() is None:
                os.killpg(self._process.pid, how)
            self._process.wait(timeout=20)
            self._process = None

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Said:
        """Send JSON, with the token of the conversation opened here."""
        given = {"Content-Type": "application/json"} | headers
        if self._token and "Authorization" not in given:
            given["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), given)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Said(answer.status, json.load(answer), dict(answer.headers))
        except urllib.error.HTTPError as refused:
            with refused:
                return Said(refused.code, json.load(refused), dict(refused.headers))

    def open(self, name: str = "Ana") -> Said:
        """Begin a conversation and keep its token."""
        self._token = ""
        said = self.post("/initial-message", {"message": name})
        self._token = said.headers["Roteiro-Token"]
        return said

    def say(self, message: str, **more: Any) -> Said:
        """Say something in that conversation."""
        return self.post("/chat", {"message": message, **more})
