"""`roteiro load` puts a pack's synthetic contracts where there are no real ones."""

from pathlib import Path

import pytest
import yaml

from roteiro import cli
from roteiro.domain.contracts.records import Source, is_demo
from roteiro.ports import Ledger
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import publishing
from tests.factories import a_document
from tests.shop import compiled

TITLES = (
    "Número do Contrato;Objeto;Código Órgão Superior;Código UG;Data Assinatura Contrato;Código Contratado;"
    "Nome Contratado;Valor Inicial Compra;Valor Final Compra;Modalidade Compra;Fundamento Legal\n"
)
LINE = "{};Café;36000;999001;10/03/2024;99000000000100;Padaria;1000,00;1000,00;Pregão;Lei\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of our own, and compile nothing: nobody ranks here."""
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", "sqlite:///cli.db")
    monkeypatch.setattr(publishing, "compile_index", compiled)
    monkeypatch.chdir(tmp_path)


def a_pack(*lines: str, adapters: tuple[str, ...] = ("contracts",)) -> str:
    """Write a pack with a script and, if lines are given, a sample of contracts."""
    folder = Path("compras")
    (folder / "scripts").mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    about = {"name": "compras", "title": "Compras", "adapters": list(adapters)}
    (folder / "pack.yaml").write_text(yaml.safe_dump(about), "utf-8")
    (folder / "scripts" / "101-a.yaml").write_text(yaml.safe_dump(a_document()), "utf-8")
    if lines:
        (folder / "data" / "amostra_Compras.csv").write_text(TITLES + "".join(lines), "latin-1")
    return str(folder)


def ledger() -> Ledger:
    return SqliteStore("cli.db").ledger()


def contracts() -> int:
    return ledger().aggregates("36000", "2024-01-01", "2024-12-31").contracts


def test_a_first_load_brings_the_sample_and_calls_it_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", a_pack(LINE.format(1), LINE.format(2))]) == 0

    assert (contracts(), is_demo(ledger().sources())) == (2, True)
    assert "synthetic contracts, for demonstration: 2 records, 0 bad lines" in capsys.readouterr().out


def test_a_second_load_changes_nothing_and_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    pack = a_pack(LINE.format(1))
    cli.main(["load", pack])
    capsys.readouterr()

    assert cli.main(["load", pack]) == 0

    assert contracts() == 1
    assert "synthetic" not in capsys.readouterr().out


def test_once_there_are_real_contracts_the_sample_stays_away() -> None:
    pack = a_pack()
    cli.main(["load", pack])
    ledger().note_source(Source("202401_Compras.csv", "2026-11-20T18:00:00.000Z", 1))

    cli.main(["load", a_pack(LINE.format(1))])

    assert (contracts(), is_demo(ledger().sources())) == (0, False)


def test_bad_lines_of_a_sample_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", a_pack(LINE.format(1), "2;Café\n")])

    assert "1 records, 1 bad lines" in capsys.readouterr().out


@pytest.mark.parametrize(("lines", "adapters"), [((), ("contracts",)), ((LINE.format(1),), ())])
def test_a_pack_without_a_sample_or_without_contracts_brings_none(
    lines: tuple[str, ...], adapters: tuple[str, ...]
) -> None:
    assert cli.main(["load", a_pack(*lines, adapters=adapters)]) == 0

    assert (contracts(), ledger().sources()) == (0, [])
