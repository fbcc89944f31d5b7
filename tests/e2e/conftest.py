"""The served product and the browser that visits it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.pages import browser, chat, page
from tests.server import Server

__all__ = ["browser", "chat", "page", "served"]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole product on SQLite."""
    folder = tmp_path_factory.mktemp("served")
    with Server(f"sqlite:///{folder / 'roteiro.db'}", folder) as server:
        yield server.url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for one server's log and files."""
    return tmp_path
