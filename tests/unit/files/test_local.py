"""The folder of files: for its owner alone, whole files only, every fault told as ours."""

import os
import stat
import threading
from pathlib import Path

import pytest

from roteiro.errors import FilesUnavailable
from roteiro.files.local import LocalFiles

PDF = "application/pdf"


def test_nothing_is_made_before_the_first_file(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path / "files")

    assert files.get("a.pdf") is None
    assert not (tmp_path / "files").exists()


def test_the_folder_holds_the_file_and_nothing_else_for_its_owner_alone(tmp_path: Path) -> None:
    LocalFiles(tmp_path / "deep" / "files").put("a.pdf", b"x", PDF)

    (stored,) = (tmp_path / "deep" / "files").iterdir()
    assert stored.name == "a.pdf"
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert stat.S_IMODE(stored.parent.stat().st_mode) == 0o700


def test_a_file_that_could_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(FilesUnavailable, match="OSError"):
        LocalFiles(tmp_path).put("a.pdf", b"x", PDF)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file")

    with pytest.raises(FilesUnavailable):
        LocalFiles(tmp_path / "files").put("a.pdf", b"x", PDF)


def test_a_folder_with_the_name_of_a_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()

    assert LocalFiles(tmp_path).get("a.pdf") is None


def test_nobody_but_us_can_hand_out_such_a_file(tmp_path: Path) -> None:
    assert LocalFiles(tmp_path).link("a.pdf", 900) is None


def test_of_eight_that_store_one_name_at_once_one_wins(tmp_path: Path) -> None:
    files, won = LocalFiles(tmp_path), list[bool]()

    def store(number: int) -> None:
        won.append(files.put("a.pdf", f"{number}".encode() * 10_000, PDF))

    threads = [threading.Thread(target=store, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert won.count(True) == 1
    assert len(set(files.get("a.pdf") or b"")) == 1
