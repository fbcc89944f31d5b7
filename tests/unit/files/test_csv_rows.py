"""Spreadsheets: two shapes, two separators, and cells that would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roteiro.files.csv_rows import cell, plain, read_csv_rows, write_csv
from roteiro.files.formats import read_rows

HEAD = "id,title,description,step,message,collect,next,examples"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+55", "'+55"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("'=1", "''=1"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_exactly_one_mark(text: str, written: str) -> None:
    assert cell(text) == written
    assert plain(written) == text


@given(st.text(st.sampled_from("'=+-@\t\ra")))
def test_every_mark_is_taken_away_again(text: str) -> None:
    assert plain(cell(text)) == text


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_row_is_a_script_and_a_line_is_a_step(separator: str, mark: str) -> None:
    lines = [HEAD, "101,Um,Um: dois,1,Oi,,,a|b", "101,,,2,Tchau,,,", "102,,Outro,1,Oi,,,"]
    content = (mark + "\n".join(lines).replace(",", separator)).encode()

    first, second = read_rows(content, "csv")

    assert (first.key, first.line, len(first.cells), second.key, second.line) == ("101", 2, 2, "102", 4)
    assert first.line_of("script.1.message") == 3
    assert first.cells[0]["examples"] == "a|b"


def test_a_text_of_several_lines_is_one_cell() -> None:
    first, second = read_csv_rows(f'{HEAD}\n1,,d,1,"um\ndois",,,\n2,,d,1,três,,,\n')

    assert first.cells[0]["message"] == "um\ndois"
    assert second.line == 4


def test_columns_may_be_left_out_and_stand_in_any_order() -> None:
    (row,) = read_csv_rows("message,id,step\nOi,101,1\n")

    assert row.cells == [{"message": "Oi", "id": "101", "step": "1"}]


def test_the_second_shape_gathers_examples_by_script() -> None:
    first, second = read_csv_rows("script,text\n101,bati o carro\n102,casa\n101,'=bati\n")

    assert (first.key, first.examples, first.line) == ("101", ["bati o carro", "=bati"], 2)
    assert (second.key, second.examples) == ("102", ["casa"])


@pytest.mark.parametrize("head", ["a,b", "id,step", "id,step,message,colect", "id,id,step,message", ""])
def test_an_unknown_header_is_refused_with_the_right_one(head: str) -> None:
    (row,) = read_csv_rows(f"{head}\n1,2,3\n")

    assert row.faults[0].code == "bad_header"
    assert dict(row.faults[0].facts)["expected"] == HEAD


def test_rows_before_a_broken_line_are_read() -> None:
    good, bad = read_csv_rows(f'{HEAD}\n1,,d,1,Oi,,,\n2,,d,1,"aberto,,,\n')

    assert (good.key, good.faults) == ("1", ())
    assert (bad.number, bad.faults[0].code) == (2, "bad_syntax")


def test_five_hundred_long_examples_fit_in_one_cell() -> None:
    line = {"id": "1", "title": "", "description": "d", "step": "1", "message": "m", "collect": "", "next": ""}
    content = write_csv([[line | {"examples": "|".join(["x" * 300] * 500)}]])

    (row,) = read_csv_rows(content)

    assert len(row.cells[0]["examples"]) > 150_000


@pytest.mark.parametrize("form", ["csv", "json", "yaml"])
def test_a_file_in_another_encoding_is_said_so_with_the_line(form: str) -> None:
    (row,) = read_rows("id,step\naça".encode("latin-1"), form)

    assert (row.faults[0].code, row.line) == ("not_utf8", 2)
