"""The contract of Files, on a folder and on a bucket behind real HTTP (moto, which is not S3)."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from roteiro.domain.papers.filenames import report_name
from roteiro.errors import InvalidRequest
from roteiro.files.local import LocalFiles
from roteiro.files.s3 import Bucket, S3Files
from roteiro.ports import Files
from tests.bucket import running_bucket

PDF = "application/pdf"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with running_bucket("relatorios") as one:
        yield one


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "folder":
        return LocalFiles(tmp_path / "files")
    return S3Files(request.getfixturevalue("bucket"))


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return f"INV-2026-{next(NUMBERS):06d}.pdf"


def test_a_file_comes_back_as_it_was_stored(files: Files, name: str) -> None:
    content = bytes(range(256)) * 1000

    assert files.put(name, content, PDF)
    assert files.get(name) == content


def test_an_empty_file_is_a_file(files: Files, name: str) -> None:
    files.put(name, b"", PDF)

    assert files.get(name) == b""


def test_what_was_never_stored_is_not_there(files: Files, name: str) -> None:
    assert files.get(name) is None


def test_a_file_never_changes_once_it_is_there(files: Files, name: str) -> None:
    files.put(name, b"first", PDF)

    assert not files.put(name, b"second", PDF)
    assert files.get(name) == b"first"


def test_the_same_report_stored_twice_is_one_file(files: Files, name: str) -> None:
    named = report_name(name.removesuffix(".pdf"), b"content")

    assert [files.put(named, b"content", PDF) for _ in range(2)] == [True, False]
    assert files.get(named) == b"content"


@pytest.mark.parametrize("wrong", ["../up.pdf", "a/b.pdf", "/etc/passwd", "..", "a.pdf\x00", "", ".hidden.pdf"])
def test_a_name_that_is_a_path_is_refused_by_every_verb(files: Files, wrong: str) -> None:
    with pytest.raises(InvalidRequest):
        files.put(wrong, b"x", PDF)
    with pytest.raises(InvalidRequest):
        files.get(wrong)
