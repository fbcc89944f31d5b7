"""What a deployment uploads, started on its own: a file that only lives on a developer's disk is missed here."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UPLOADED = ("main.py", "functions", "shared", "packs", "frontend")
FUNCTIONS = ("chat", "match", "scripts")
START_S = 20  # a cold start takes under a second; the rest is a busy machine
RUN_S = 60
ADMIN_KEY = "bare-tree-admin-key-0123456789"
ORIGIN = "https://pages.example"


@dataclass(frozen=True)
class Tree:
    """The copied files and the SQLite file beside them, which all functions started here share."""

    folder: Path
    store: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return everything the processes may know: nothing of the developer's own variables but the path."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.store.parent),
            "ROTEIRO_DATABASE_URL": f"sqlite:///{self.store}",
            "ROTEIRO_ADMIN_KEY": ADMIN_KEY,
            "ROTEIRO_ORIGINS": ORIGIN,
            "THREADS": "40",
        } | more

    def load(self) -> subprocess.CompletedProcess[str]:
        """Run `roteiro load` from the copied files."""
        environment = self.environment(PYTHONPATH=str(self.folder / "shared"))
        return _run([sys.executable, "-m", "roteiro.cli", "load", "packs/seguros"], self.folder, environment)

    @contextmanager
    def serving(self, function: str) -> Iterator[str]:
        """Serve one function as the platform does and give its base URL once it is healthy."""
        port = _free_port()
        log = self.store.parent / f"{function}.log"
        with log.open("w") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "functions_framework", "--target", function, "--source", "main.py"],
                cwd=self.folder,
                env=self.environment(FUNCTION_TARGET=function, PORT=str(port)),
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(process, url, log)
            yield url
        finally:
            _end(process)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=RUN_S, check=False
    )


def _runtime_files() -> list[Path]:
    """List what git tracks or would track of UPLOADED; without git (Cloud Build's upload) all that is there."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *UPLOADED]
        found = [ROOT / name for name in _run(command, ROOT, dict(os.environ)).stdout.split("\0") if name]
    else:
        found = [ROOT / "main.py", *(file for name in UPLOADED for file in (ROOT / name).rglob("*"))]
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(url: str, path: str) -> tuple[int, dict[str, object]]:
    connection = HTTPConnection(url.removeprefix("http://"), timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.load(answer)
    finally:
        connection.close()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        try:
            process.wait(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            pass
        try:
            _get(url, "/health")
        except OSError:  # not listening yet
            continue
        return
    pytest.fail(f"{url} was not healthy within {START_S} s:\n{log.read_text()[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for file in _runtime_files():
        target = tmp_path / "upload" / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return Tree(tmp_path / "upload", tmp_path / "roteiro.db")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_starts_from_the_uploaded_files_alone(tree: Tree, function: str) -> None:
    with tree.serving(function) as url:
        status, health = _get(url, "/health")

    assert status == 200
    assert (health["status"], health["function"]) == ("healthy", function)


def test_a_function_is_ready_only_after_a_pack_was_loaded(tree: Tree) -> None:
    with tree.serving("chat") as url:
        before, _ = _get(url, "/ready")
        loaded = tree.load()
        after, said = _get(url, "/ready")

    assert loaded.returncode == 0, loaded.stderr
    assert (before, after) == (503, 200), said


def test_the_smoke_run_of_a_release_passes_against_the_three_functions(tree: Tree) -> None:
    loaded = tree.load()

    with ExitStack() as running:
        urls = [running.enter_context(tree.serving(function)) for function in FUNCTIONS]
        command = [sys.executable, "infra/smoke.py", f"--origin={ORIGIN}", *urls]
        smoke = _run(command, ROOT, {"SMOKE_ADMIN_KEY": ADMIN_KEY})

    assert loaded.returncode == 0, loaded.stderr
    assert smoke.returncode == 0, smoke.stdout + smoke.stderr
