"""The served product and the browser that visits it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.pages import browser, chat, page
from tests.server import Server

__all__ = ["browser", "chat", "page", "served"]


@pytest.fixture(scope="session")
def served(both_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole product on SQLite."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(both_packs, folder / "roteiro.db")  # its indexes are compiled already: it starts in a second
    with Server(f"sqlite:///{folder / 'roteiro.db'}", folder) as server:
        yield server.url


@pytest.fixture
def folder(tmp_path: Path, both_packs: Path) -> Path:
    """A folder for one server's log and files, and a database in which the packs are loaded."""
    shutil.copy(both_packs, tmp_path / "roteiro.db")
    return tmp_path
