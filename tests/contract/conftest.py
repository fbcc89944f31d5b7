"""One store after the other for every test of the contract."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import mongomock_ng
import pytest
from mongomock_ng.collection import Collection
from pymongo import MongoClient

from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from tests.contract import targets
from tests.contract.lookalike import running_lookalike
from tests.contract.targets import MONGO_URI, REAL, chosen_targets

AStore = SqliteStore | MongoStore


def pytest_configure(config: pytest.Config) -> None:
    """Have the last line name the stores that ran."""
    if not config.pluginmanager.has_plugin(targets.__name__):
        config.pluginmanager.register(targets, targets.__name__)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that asks for a `store` on every target."""
    if "store" in metafunc.fixturenames:
        marks = {REAL: [pytest.mark.mongo]}
        chosen = [pytest.param(target, id=target, marks=marks.get(target, ())) for target in chosen_targets()]
        metafunc.parametrize("target", chosen)


@pytest.fixture(autouse=True, scope="session")
def _double_inserts_in_one_step() -> Iterator[None]:
    """Let one thread insert: the in-process double looks for a key and stores in two steps, where servers take one."""
    insert: Callable[..., Any] = vars(Collection)["_insert"]
    one_at_a_time = RLock()

    def alone(*given: Any, **named: Any) -> Any:
        with one_at_a_time:
            return insert(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Collection, "_insert", alone)
        yield


@pytest.fixture(scope="session")
def lookalike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running nx-27017."""
    with running_lookalike(tmp_path_factory.mktemp("nx27017")) as address:
        yield address


@pytest.fixture
def nx_url(lookalike: str) -> str:
    """The address of an empty database on it."""
    return f"{lookalike}/{_a_name()}"


@pytest.fixture
def store(target: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AStore]:
    """An empty store."""
    open_one: dict[str, Callable[[], AStore]] = {
        "sqlite-file": lambda: SqliteStore(str(tmp_path / "roteiro.db")),
        "sqlite-memory": lambda: SqliteStore(":memory:"),
        "mongomock": lambda: MongoStore("", client=mongomock_ng.MongoClient()),
        "nx27017": lambda: MongoStore(request.getfixturevalue("nx_url")),
        REAL: lambda: MongoStore(request.getfixturevalue("real_url")),
    }
    with closing(open_one[target]()) as opened:
        opened.prepare()
        yield opened


@pytest.fixture(scope="session")
def real_server() -> str:
    """The address of the MongoDB server that the environment names; it must answer."""
    address = os.environ.get(MONGO_URI)
    if not address:
        pytest.fail(f"a MongoDB server is required here: set {MONGO_URI}")
    with _a_client(address) as client:
        client.admin.command("ping")
    return address


@pytest.fixture
def real_url(real_server: str) -> Iterator[str]:
    """The address of an empty database on it."""
    name = _a_name()
    yield urlsplit(real_server)._replace(path=f"/{name}").geturl()
    with _a_client(real_server) as client:
        client.drop_database(name)


def _a_client(address: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(address, serverSelectionTimeoutMS=3000)


def _a_name() -> str:
    return f"roteiro-{uuid.uuid4().hex[:12]}"
