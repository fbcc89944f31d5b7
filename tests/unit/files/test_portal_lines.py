"""Lines of monthly files that are not as they should be: a forgotten quote, old line ends, folders, equal names."""

import zipfile
from pathlib import Path

import pytest

from roteiro.domain.contracts.table import Line
from roteiro.errors import Fault, InvalidRequest
from roteiro.files.portal import lines
from roteiro.files.portal.opening import open_tables

HEADER = "Código UG;Número Contrato;Descrição Item Compra;Quantidade Item;Valor Item\n"
NAME = "202401_ItemCompra.csv"
QUOTED = '"9";"{}";"Café";"2";"10,00"\r\n'
BARE = "9;{};Cafe;2;10,00\n"


def read(folder: Path, text: str) -> list[Line]:
    path = folder / NAME
    path.write_bytes((HEADER + text).encode("latin-1"))
    (table,) = open_tables([path])
    return list(table.lines())


def refused(*paths: Path) -> list[Fault]:
    with pytest.raises(InvalidRequest) as error:
        open_tables(paths)
    return list(error.value.faults)


@pytest.mark.parametrize(
    ("row", "broken"),
    [
        (QUOTED, '"open quote;1\r\n'),
        (QUOTED, '"9;"1";"Chá";"1";"1,00"\r\n'),
        (QUOTED, '"9";"1";"Chá";"1";"1,00\r\n'),
        (QUOTED, '"9";"1";"Chá\r\n'),
        (BARE, '"open quote;1\n'),
        (BARE, '9;1;"Chá;1;1,00\n'),
        (BARE, '9;1;Chá;1;"1,00\n'),
    ],
)
@pytest.mark.parametrize("before", [0, 3])
def test_a_forgotten_quote_costs_its_own_line_and_no_other(tmp_path: Path, row: str, broken: str, before: int) -> None:
    rows = [row.format(f"0{n}") for n in range(50)]

    found = read(tmp_path, "".join([*rows[:before], broken, *rows[before:]]))

    assert [one.number for one in found if one.fault] == [before + 2]
    assert [one.cells["number"] for one in found if not one.fault] == [f"0{n}" for n in range(50)]


def test_quotes_that_are_forgotten_in_line_after_line_each_cost_their_own(tmp_path: Path) -> None:
    broken = '"9";"1";"Chá;"1";"1,00"\r\n'

    found = read(tmp_path, f"{broken}{broken}{QUOTED.format(1)}{broken}{QUOTED.format(2)}")

    assert [one.cells.get("number") for one in found] == [None, None, "1", None, "2"]


def test_the_last_line_may_have_forgotten_its_quote(tmp_path: Path) -> None:
    found = read(tmp_path, QUOTED.format(1) + '"9";"2";"Café')

    assert [(one.number, one.fault is None) for one in found] == [(2, True), (3, False)]


def test_a_cell_may_go_over_several_lines_and_hold_quotes(tmp_path: Path) -> None:
    found = read(tmp_path, f'"9";"1";"Tubo ""1/2""\r\n\r\nde PVC; azul";"2";"10,00"\r\n{QUOTED.format(2)}')

    assert [(one.number, one.cells["number"]) for one in found] == [(2, "1"), (5, "2")]
    assert found[0].cells["description"] == 'Tubo "1/2"\r\n\r\nde PVC; azul'


def test_a_quote_inside_a_cell_is_a_character(tmp_path: Path) -> None:
    found = read(tmp_path, '9;1;Tubo 1/2" azul;2;10,00\n' + BARE.format(2))

    assert [one.cells["description"] for one in found] == ['Tubo 1/2" azul', "Cafe"]


def test_no_more_than_a_cell_is_looked_at_for_the_end_of_a_quote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_LONGEST_CELL", 100)

    found = read(tmp_path, '"9";"1";"Chá\n' + BARE.format(7) * 9 + '";"2";"10,00"\n')

    assert [one.cells.get("number") for one in found] == [None, *["7"] * 9, None]


@pytest.mark.parametrize("quote", ["", '"'])
def test_lines_that_end_as_on_old_computers_are_told(tmp_path: Path, quote: str) -> None:
    path = tmp_path / NAME
    titles = f"{quote};{quote}".join(HEADER.strip().split(";"))
    path.write_bytes(f"{quote}{titles}{quote}\r9;1;Cafe;2;10,00\r".encode("latin-1"))

    assert refused(path) == [Fault(NAME, "contract_line_ends")]


def test_a_line_end_within_a_line_costs_that_line(tmp_path: Path) -> None:
    found = read(tmp_path, "9;1;Cafe\rem po;2;10,00\n" + BARE.format(2))

    assert [one.cells.get("number") for one in found] == [None, "2"]


def test_a_folder_with_the_name_of_a_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "dir_Compras.csv"
    folder.mkdir()

    assert refused(folder) == [Fault("dir_Compras.csv", "contract_folder")]


def test_a_file_that_is_not_there_is_told_with_its_name(tmp_path: Path) -> None:
    assert refused(tmp_path / NAME) == [Fault(NAME, "contract_unreadable")]


def test_what_any_of_several_files_lacks_is_told_before_one_of_them_is_read(tmp_path: Path) -> None:
    paths = [tmp_path / f"20240{n}_ItemCompra.csv" for n in range(3)]
    for path, header in zip(paths, (HEADER, HEADER.replace("Valor Item", "Preço"), ""), strict=True):
        path.write_text(header, "latin-1")

    faults = refused(*paths)

    assert [(one.path[:6], dict(one.facts)["found"]) for one in faults][:2] == [
        ("202401", "Valor Item"),
        ("202402", "Número Contrato"),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_in_an_archive_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "202401.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in (1, 2):
            archive.writestr(NAME, (HEADER + BARE.format(number)).encode("latin-1"))

    tables = open_tables([path])

    assert [line.cells["number"] for table in tables for line in table.lines()] == ["1", "2"]
