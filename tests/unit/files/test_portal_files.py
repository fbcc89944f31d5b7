"""Monthly files and archives as they come: any order of columns, Latin-1, broken lines, hostile archives."""

import zipfile
from pathlib import Path

import pytest

from roteiro.domain.contracts.columns import Kind
from roteiro.errors import InvalidRequest
from roteiro.files.portal import opening
from roteiro.files.portal.opening import open_tables

HEADER = '"Código UG";"Número Contrato";"Descrição Item Compra";"Quantidade Item";"Valor Item"\r\n'
GOOD = '"9";"1";"Café";"2";"10,00"\r\n'
NAME = "202401_ItemCompra.csv"


def a_file(folder: Path, text: str, encoding: str = "latin-1", name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def an_archive(folder: Path, **members: str) -> Path:
    path = folder / "202401.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".csv", text.encode("latin-1"))
    return path


def fault_of(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        [list(table.lines()) for table in open_tables([path])]
    (fault,) = refused.value.faults[:1]
    return fault.code, dict(fault.facts)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig"])
def test_accents_are_read_right_however_the_file_was_saved(tmp_path: Path, encoding: str) -> None:
    (table,) = open_tables([a_file(tmp_path, HEADER + GOOD, encoding)])

    assert [line.cells["description"] for line in table.lines()] == ["Café"]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = f'{HEADER}{GOOD}"9";"2";"Chá\r\nde boldo";"1";"1,00"\r\n\r\n{GOOD}"9";"3"\r\n'
    (table,) = open_tables([a_file(tmp_path, text)])

    found = list(table.lines())

    assert [line.number for line in found] == [2, 3, 6, 7]
    assert found[-1].fault is not None
    assert dict(found[-1].fault.facts) == {"found": "2", "expected": "5"}
    assert found[-1].done == table.size


def test_a_quote_that_never_closes_is_one_bad_line_and_memory_stays(tmp_path: Path) -> None:
    text = f'{HEADER}"9;{"x" * 3_000_000}\r\n{GOOD}'
    (table,) = open_tables([a_file(tmp_path, text)])

    found = list(table.lines())

    assert any(line.fault and line.fault.code in ("contract_line", "contract_cells") for line in found)


@pytest.mark.parametrize("text", ["", "\r\n", "a;b\r\n", HEADER.replace("Valor Item", "Preço")])
def test_a_file_without_its_columns_is_refused_by_name(tmp_path: Path, text: str) -> None:
    code, facts = fault_of(a_file(tmp_path, text))

    assert code == "contract_column"
    assert facts["found"] in ("Número Contrato", "Valor Item")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("contratos.csv", b"", "contract_kind"),
        ("202401.zip", b"PK\x03\x04 broken", "contract_zip"),
        ("202401_Licitacao.csv", b"", "contract_kind"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert fault_of(path)[0] == code


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=NAME):
        open_tables([tmp_path / NAME])


def test_an_archive_gives_contracts_before_what_hangs_on_them(tmp_path: Path) -> None:
    bought = "Número do Contrato;Código UG;Código Órgão Superior;Código Contratado;Data Assinatura Contrato"
    bought += ";Valor Inicial Compra;Valor Final Compra\n"
    added = "Número Contrato;Código UG;Número Termo Aditivo\n"
    members = {"202401_TermoAditivo": added, "pasta__202402_Compras": bought, "202401_Compras": bought, "leia": ""}

    found = open_tables([an_archive(tmp_path, **members)])

    assert [(table.kind, table.edition) for table in found] == [
        (Kind.PURCHASES, "202401"),
        (Kind.PURCHASES, "202402"),
        (Kind.AMENDMENTS, "202401"),
    ]


def test_names_inside_an_archive_never_become_paths(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"..__..__202401_ItemCompra": HEADER + GOOD})

    (table,) = open_tables([path])

    assert (table.name, len(list(table.lines()))) == (NAME, 1)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["202401.zip"]


def test_an_archive_that_grows_beyond_reason_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"202401_ItemCompra": "0" * 5_000_000})

    assert fault_of(path)[0] == "contract_zip_large"


@pytest.mark.parametrize(("name", "value"), [("MOST_BYTES", 10), ("MOST_MEMBERS", 0)])
def test_an_archive_of_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setattr(opening, name, value)

    assert fault_of(an_archive(tmp_path, **{"202401_ItemCompra": HEADER}))[0] == "contract_zip_large"


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"202401_ItemCompra": HEADER})
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert fault_of(path)[0] == "contract_zip"


def test_an_archive_that_was_damaged_on_its_way_is_told(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"202401_ItemCompra": HEADER + GOOD * 500})
    content = bytearray(path.read_bytes())
    content[60:90] = b"\xff" * 30
    path.write_bytes(content)

    assert fault_of(path)[0] in ("contract_zip", "contract_column")


def test_an_archive_of_nothing_of_ours_is_refused(tmp_path: Path) -> None:
    assert fault_of(an_archive(tmp_path, leia="oi"))[0] == "contract_kind"


def test_an_archive_whose_list_of_files_is_broken_is_told(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"202401_ItemCompra": HEADER})
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x09\x09"))

    assert fault_of(path)[0] == "contract_zip"


def test_a_small_file_of_repeated_words_may_grow(tmp_path: Path) -> None:
    path = an_archive(tmp_path, **{"202401_ItemCompra": HEADER + GOOD * 30_000})

    (table,) = open_tables([path])

    assert table.size < 1024**2
    assert sum(1 for _ in table.lines()) == 30_000


def test_extra_columns_and_another_order_change_nothing(tmp_path: Path) -> None:
    text = "Valor Item;Nova;Quantidade Item;Descrição Item Compra;Número Contrato;Código UG\n10,00;?;2;Café;1;9\n"
    (table,) = open_tables([a_file(tmp_path, text)])

    (line,) = table.lines()

    assert line.cells == {"price": "10,00", "quantity": "2", "description": "Café", "number": "1", "unit": "9"}


def test_nul_characters_are_no_part_of_a_cell(tmp_path: Path) -> None:
    (table,) = open_tables([a_file(tmp_path, HEADER + GOOD.replace("Café", "Ca\0fé"))])

    assert [line.cells["description"] for line in table.lines()] == ["Café"]


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    (table,) = open_tables([a_file(tmp_path, HEADER + GOOD)])

    assert list(table.lines()) == list(table.lines())
