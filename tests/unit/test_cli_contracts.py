"""`roteiro contracts import` as an operator uses it."""

from pathlib import Path

import pytest

from roteiro import cli
from roteiro.stores.sqlite import SqliteStore
from tests.harness import ROOT

HEADER = "Código UG;Número Contrato;Descrição Item Compra;Quantidade Item;Valor Item\n"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.db'}")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cli.db"


def a_file(folder: Path, text: str) -> str:
    path = folder / "202401_ItemCompra.csv"
    path.write_text(text, "latin-1")
    return str(path)


def test_files_are_imported_and_counted(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(map(str, (ROOT / "packs/transparencia/data").glob("*.csv")))

    assert cli.main(["contracts", "import", *files]) == 0

    assert "_Compras.csv: " in capsys.readouterr().out
    assert SqliteStore(str(database)).ledger().aggregates("36000", "2024", "2027").contracts > 50


def test_bad_lines_are_printed_and_written_with_their_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, f"{HEADER}9;1;Café;1;dez\n" + "9;1;Café\n" * 30)

    code = cli.main(["contracts", "import", path, "--bad-lines", "ruins.txt", "--language", "es"])

    printed = capsys.readouterr()
    assert code == 0
    assert "0 new, 0 changed, 0 unchanged, 31 bad" in printed.out
    assert "202401_ItemCompra.csv:2: Valor Item: “dez” no es un importe" in printed.err
    assert (printed.err.count("ItemCompra.csv:"), len(Path("ruins.txt").read_text("utf-8").splitlines())) == (20, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\n", "Falta la columna “Número Contrato”."),
        ("", "Falta la columna “Valor Item”."),
        ("a;b\r1;2\r", "terminan solo con CR"),
    ],
)
def test_a_file_that_cannot_be_read_fails_and_says_why_in_the_readers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    assert cli.main(["contracts", "import", a_file(tmp_path, text), "--language", "es"]) == 1

    assert f"  202401_ItemCompra.csv: {said}" in capsys.readouterr().err.replace("Las líneas de este archivo ", "")


def test_a_folder_is_no_file_and_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dir_Compras.csv").mkdir()

    assert cli.main(["contracts", "import", str(tmp_path / "dir_Compras.csv")]) == 1

    assert "dir_Compras.csv: Isto é uma pasta." in capsys.readouterr().err


def test_a_second_file_without_its_columns_leaves_everything_as_it_was(database: Path, tmp_path: Path) -> None:
    data = ROOT / "packs/transparencia/data"
    good = tmp_path / "202401_Compras.csv"
    good.write_bytes((data / "amostra-sintetica_Compras.csv").read_bytes())

    code = cli.main(["contracts", "import", str(good), a_file(tmp_path, "a;b\n")])

    assert code == 1
    assert not SqliteStore(str(database)).ledger().sources()


def test_a_place_for_bad_lines_that_cannot_be_written_is_told_before_anything_is_read(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, f"{HEADER}9;1;Café;1;1,00\n")

    code = cli.main(["contracts", "import", path, "--bad-lines", str(tmp_path / "nowhere" / "ruins.txt")])

    assert (code, database.exists()) == (1, False)
    assert "ruins.txt" in capsys.readouterr().err
