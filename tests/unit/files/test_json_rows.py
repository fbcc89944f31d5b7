"""JSON for import: one object, a list, a line for each."""

import json

import pytest

from roteiro.files.json_rows import read_json_rows


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{"a": 1}', [1]),
        ('\n\n{"a": 1}\n', [3]),
        ('[{"a": 1},\n {"a": 1}]', [1, 2]),
        ('{"a": 1}\n{"a": 1}\n', [1, 2]),
        ('{\n"a": 1\n}\n{"a": 1}', [1, 4]),
        ("[]", []),
        ("", []),
    ],
    ids=["object", "blank lines", "list", "lines", "long lines", "empty list", "nothing"],
)
def test_every_form_gives_rows_with_their_lines(text: str, lines: list[int]) -> None:
    rows = list(read_json_rows(text))

    assert [row.line for row in rows] == lines
    assert all(row.document == {"a": 1} for row in rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1, "a": 2}', "key_twice"),
        ('{"a": NaN}', "bad_number"),
        ('{"a": -Infinity}', "bad_number"),
        ('{"a": }', "bad_syntax"),
        ('{"a": ' + "9" * 5000 + "}", "bad_syntax"),
        ("oi", "bad_syntax"),
        ("[" * 20_000, "bad_syntax"),
    ],
)
def test_what_is_no_plain_json_is_a_row_with_a_fault(text: str, code: str) -> None:
    (row,) = read_json_rows(text)

    assert [fault.code for fault in row.faults] == [code]


def test_a_broken_line_costs_that_line_alone() -> None:
    rows = list(read_json_rows('{"a": 1}\n{"a": \n{"a": 3}\n'))

    assert [row.document for row in rows] == [{"a": 1}, None, {"a": 3}]
    assert [row.number for row in rows] == [1, 2, 3]


def test_a_slip_is_told_by_line_and_column() -> None:
    (row,) = read_json_rows('{\n  "a": x\n}')

    assert dict(row.faults[0].facts) == {"line": "2", "column": "8"}


def test_a_key_that_stands_a_hundred_thousand_times_is_found_at_once() -> None:
    text = "{" + ",".join(f'"{number}": 1' for number in range(100_000)) + ', "7": 2}'

    (row,) = read_json_rows(text)

    assert row.faults[0].facts == (("found", "7"),)
    assert len(json.loads(text)) == 100_000
