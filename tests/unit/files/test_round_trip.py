"""What is exported comes back the same: every format, every script the schema accepts."""

from typing import Any

import pytest
from hypothesis import given, settings

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.authoring.ordering import in_order
from roteiro.domain.authoring.sheets import overlaid
from roteiro.domain.canonical import checksum_of
from roteiro.files.formats import read_rows, write_rows
from tests.generated_documents import documents

_TRIES = settings(max_examples=60, deadline=None)


def back(content: bytes, form: str) -> list[Any]:
    rows = list(read_rows(content, form))
    assert not any(row.faults for row in rows), rows
    return [row.document for row in rows]


@_TRIES
@given(documents())
def test_the_generated_scripts_are_scripts(document: dict[str, Any]) -> None:
    assert check_script(document)


@pytest.mark.parametrize("form", ["json", "yaml"])
@_TRIES
@given(documents())
def test_a_script_comes_back_with_the_same_checksum(form: str, document: dict[str, Any]) -> None:
    (found,) = back(write_rows([in_order(document)], form), form)

    assert found == document
    assert checksum_of(found) == checksum_of(document)


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
@_TRIES
@given(documents())
def test_the_same_script_always_gives_the_same_bytes(form: str, document: dict[str, Any]) -> None:
    shuffled = dict(reversed(document.items()))

    assert write_rows([in_order(shuffled)], form) == write_rows([in_order(document)], form)


@_TRIES
@given(documents())
def test_a_sheet_over_the_script_it_was_written_of_changes_nothing(document: dict[str, Any]) -> None:
    (row,) = read_rows(write_rows([document], "csv"), "csv")

    assert overlaid(row.cells, document) == document


@_TRIES
@given(documents(is_plain=True))
def test_a_script_with_only_what_a_sheet_holds_is_made_anew_from_it(document: dict[str, Any]) -> None:
    trimmed = [text.strip() for text in document.get("match", {}).get("examples", ())]

    (row,) = read_rows(write_rows([document], "csv"), "csv")

    found = overlaid(row.cells, None)
    assert {**found, "match": {}} == {**document, "match": {}}
    assert found.get("match", {}).get("examples", []) == trimmed


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
@_TRIES
@given(documents(is_plain=True), documents(is_plain=True))
def test_several_scripts_stay_apart(form: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    other["problem"]["id"] = one["problem"]["id"] % 1000 + 1

    rows = list(read_rows(write_rows([one, other], form), form))

    assert len(rows) == 1 + (one["problem"]["id"] != other["problem"]["id"] or form != "csv")
