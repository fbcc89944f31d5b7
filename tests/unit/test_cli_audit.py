"""The command line for auditors: the audit as JSON lines, and whether it is whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from roteiro import cli
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.audit import Deed, record
from tests.factories import NOON

FIRST, SECOND, THIRD = (f"audit:loja:2026-11-20:{seq:06d}" for seq in (1, 2, 3))


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    """A shelf with three entries of one pack and one of another."""
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    store = SqliteStore(str(tmp_path / "cli.db"))
    for pack, actions in (("loja", "abc"), ("banco", "d")):
        record([Deed("ana", "attendant", action) for action in actions], pack, shelf=store, now=NOON)
    return store


def rewrite(shelf: SqliteStore, key: str, **changes: Any) -> None:
    entry = {**(shelf.get(key) or {}), **changes}
    shelf.delete_range(key, f"{key}~")
    shelf.create(key, entry)


def test_the_audit_is_written_one_entry_a_line(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--audit"]) == 0

    said = capsys.readouterr()
    assert [json.loads(line)["action"] for line in said.out.splitlines()] == ["d", "a", "b", "c"]
    assert said.err == "4 entries\n"


def test_one_packs_audit_goes_to_a_file_whole(
    shelf: SqliteStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "audit.jsonl"

    assert cli.main(["export", "--audit", "--pack", "loja", "--output", str(file)]) == 0

    assert capsys.readouterr().out == ""
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == [
        shelf.get(key) for key in (FIRST, SECOND, THIRD)
    ]


def test_a_whole_audit_is_said_so(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--audit", "--check"]) == 0
    assert capsys.readouterr().out == "2 chains are whole: banco, loja\n"


def test_an_altered_entry_is_named_and_the_check_fails(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(shelf, SECOND, who="bia")

    assert cli.main(["export", "--audit", "--check"]) == 1

    said = capsys.readouterr()
    assert f"{SECOND}: altered" in said.out
    assert "places of the audit are not what was written" in said.err


def test_a_removed_entry_is_missed(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.delete_range(SECOND, THIRD)

    assert cli.main(["export", "--audit", "--check", "--pack", "loja"]) == 1
    assert capsys.readouterr().out == f"{THIRD}: missing\n"


def test_exchanged_entries_are_misplaced(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    second, third = (
        {name: value for name, value in (shelf.get(key) or {}).items() if name != "_id"} for key in (SECOND, THIRD)
    )
    rewrite(shelf, SECOND, **third)
    rewrite(shelf, THIRD, **second)

    assert cli.main(["export", "--check"]) == 1
    assert f"{SECOND}: misplaced\n{THIRD}: misplaced\n" in capsys.readouterr().out


def test_there_is_nothing_to_export_where_nobody_did_anything(
    shelf: SqliteStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "--audit", "--pack", "nada"]) == 1
    assert "there is no audit" in capsys.readouterr().err
