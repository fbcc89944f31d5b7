"""Sheets that were cut at the wrong place say so, instead of naming what happened to land in a column."""

import pytest

from roteiro.files.csv_rows import read_csv_rows

HEAD = "id,title,description,step,message,collect,next,examples"


def faults(text: str) -> list[tuple[str, str, int]]:
    return [(f.path, f.code, row.line_of(f.path)) for row in read_csv_rows(text) for f in row.faults]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("1,T,d,1,Olá, tudo bem,,,,x", [("script.0", "extra_cells", 2)]),
        ("1,T,d,1,a,,,x\n1,,,2,b,,,,y", [("script.1", "extra_cells", 3)]),
        ("1,T,d,1,a,,,x,,,", []),
        ('1,T,d,1,"Olá, tudo bem",,,x', []),
    ],
    ids=["a comma in the text", "on the second line", "empty cells only", "in quotes"],
)
def test_a_text_cut_at_its_comma_is_named_with_its_line(lines: str, found: list[tuple[str, str, int]]) -> None:
    assert faults(f"{HEAD}\n{lines}\n") == found


def test_lines_of_a_script_that_do_not_stand_together_are_named() -> None:
    lines = ["1,T,d,1,a,,,x", "2,T,d,1,a,,,y", "1,,,2,b,,,"]

    assert faults("\n".join([HEAD, *lines])) == [("problem.id", "id_split", 4)]


def test_an_example_cut_at_its_comma_is_named_with_its_line() -> None:
    assert faults("script,text\n1,quero\n1,bati, e agora\n2,oi\n") == [("match.examples", "extra_cells", 3)]
