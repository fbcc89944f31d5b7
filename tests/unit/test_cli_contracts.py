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


@pytest.mark.parametrize(("text", "word"), [("a;b\n", "Número Contrato"), ("", "Valor Item")])
def test_a_file_without_its_columns_fails_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, word: str
) -> None:
    assert cli.main(["contracts", "import", a_file(tmp_path, text)]) == 1

    assert word in capsys.readouterr().err
