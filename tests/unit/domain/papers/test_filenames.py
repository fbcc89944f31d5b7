"""Names of stored files: flat, safe, told by their content."""

import pytest

from roteiro.domain.papers.filenames import checked_name, report_name
from roteiro.errors import InvalidRequest


@pytest.mark.parametrize("name", ["a.pdf", "INV-2026-000001-0123456789abcdef.pdf", "x_1.json", "a" * 100 + ".pdf"])
def test_a_plain_name_is_taken(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".pdf",
        "..",
        "../a.pdf",
        "a/b.pdf",
        "a\\b.pdf",
        "/etc/passwd",
        "a.pdf/",
        "a..pdf",
        "a.tar.gz",
        ".hidden.pdf",
        "-rf.pdf",
        "a b.pdf",
        "a\x00.pdf",
        "a.pdf\n",
        "ação.pdf",
        "%2e%2e.pdf",
        "a" * 101 + ".pdf",
        "a.PDF",
        "a",
    ],
)
def test_a_name_that_could_be_a_path_or_a_surprise_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        checked_name(name)

    assert refused.value.code == "bad_id"


def test_a_report_is_named_by_what_is_in_it() -> None:
    first, again, other = (report_name("INV-2026-000001", content) for content in (b"one", b"one", b"two"))

    assert first == again != other
    assert first.startswith("INV-2026-000001-")


def test_a_number_that_is_no_name_makes_no_report() -> None:
    with pytest.raises(InvalidRequest):
        report_name("../INV", b"one")
