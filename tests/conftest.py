"""What every test has: a clean environment, no network but the loopback, the insurance pack loaded once."""

import os
import shutil
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from roteiro.files.packs.folders import read_pack
from roteiro.settings import read_settings
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.contracts import load_sample
from roteiro.usecases.publishing import Admin
from roteiro.wiring import SystemClock, open_house, open_tables
from tests.contract import targets
from tests.harness import ROOT


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("ROTEIRO_", "OPENAI_", "K_SERVICE"))]:
        if not name.startswith(("ROTEIRO_TEST_", "ROTEIRO_REQUIRE_", "ROTEIRO_E2E", "ROTEIRO_CHROMIUM")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches a model or anything else outside by accident."""
    connect: Callable[..., Any] = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else "unix"
        named = urlsplit(os.environ.get(targets.MONGO_URI, "")).hostname
        assert host in ("127.0.0.1", "::1", "localhost", "unix", named), f"a test tried to reach {host}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def loaded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in which the insurance pack is loaded."""
    path = tmp_path_factory.mktemp("store") / "roteiro.db"
    _load("seguros", path)
    return path


@pytest.fixture(scope="session")
def both_packs(loaded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in which the pack of public contracts is loaded too; without any contract."""
    path = tmp_path_factory.mktemp("store") / "both.db"
    shutil.copy(loaded_database, path)
    _load("transparencia", path)
    return path


@pytest.fixture(scope="session")
def sample(both_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with both packs and the made-up contracts of the second."""
    path = tmp_path_factory.mktemp("store") / "sample.db"
    shutil.copy(both_packs, path)
    files = sorted((ROOT / "packs/transparencia/data").glob("*.csv"))
    with closing(SqliteStore(str(path))) as store:
        load_sample(open_tables(files), store.ledger(), SystemClock(), lambda _: None, lambda _: None)
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of such a file for one test: of the insurance pack, of both, or with contracts too, as it is marked."""
    wanted = [name for name in ("sample", "both_packs") if request.node.get_closest_marker(name)]
    path = tmp_path / "roteiro.db"
    shutil.copy(request.getfixturevalue((*wanted, "loaded_database")[0]), path)
    return path


def _load(pack: str, path: Path) -> None:
    house = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": f"sqlite:///{path}"}))
    folder = read_pack(ROOT / "packs" / pack)
    load_pack(folder.pack, folder.scripts, Admin(house.shelf, house.kept, house.clock, LOADER))
    house.store.close()  # type: ignore[attr-defined] # the SQLite store's own


def pytest_configure(config: pytest.Config) -> None:
    """Have the last lines name the stores that ran, in the process that prints them too."""
    if not config.pluginmanager.has_plugin(targets.__name__):
        config.pluginmanager.register(targets, targets.__name__)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines whether the browser tests ran, and what else did not and why."""
    reports = [(how, one) for how in ("passed", "failed", "skipped") for one in terminalreporter.stats.get(how, [])]
    in_browser = [how for how, one in reports if "browser" in getattr(one, "keywords", {})]
    if ran := sum(how != "skipped" for how in in_browser):
        terminalreporter.write_line(f"browser: {ran} tests in Chromium")
    whys = [str(one.longrepr[2]).removeprefix("Skipped: ") for how, one in reports if how == "skipped"]
    for why in dict.fromkeys(whys):
        terminalreporter.write_line(f"not run ({whys.count(why)} tests): {why}")
