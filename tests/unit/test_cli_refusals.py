"""What lint refuses is not loaded, what nobody reads is named, and our own export is no nonsense."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from roteiro import cli
from roteiro.files.formats import write_rows
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import publishing
from tests.shop import compiled

EXAMPLES = [f"quero trocar a peça {number}" for number in "um dois tres quatro cinco seis sete oito".split()]
SCRIPT = {
    "problem": {"id": 1001, "description": "Troca: quero trocar"},
    "script": [{"step": 1, "message": "Que dia foi?", "collect": ["dia"]}, {"step": 2, "message": "Certo."}],
    "slots": {"dia": {"type": "date", "label": "Dia"}},
    "match": {"examples": EXAMPLES},
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of our own, and compile nothing: nobody ranks here."""
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", "sqlite:///cli.db")
    monkeypatch.setattr(publishing, "compile_index", compiled)
    monkeypatch.chdir(tmp_path)


def a_pack(name: str, **changes: Any) -> str:
    folder = Path(name)
    (folder / "scripts").mkdir(parents=True)
    (folder / "pack.yaml").write_text(yaml.safe_dump({"name": name, "title": name}), "utf-8")
    (folder / "scripts" / "1001-troca.yaml").write_text(yaml.safe_dump(SCRIPT | changes), "utf-8")
    return name


def findings(path: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    cli.main(["lint", path, "--json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_a_pack_with_errors_is_not_loaded_and_neither_is_the_good_one_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good, bad = a_pack("boa"), a_pack("ruim", script=[{"step": 1, "message": "Conforme a Lei 1, tudo."}], slots={})

    assert cli.main(["load", good, bad]) == 1

    err = capsys.readouterr().err
    assert "1001-troca.yaml:" in err
    assert "error law_named script.0.message" in err
    assert "nothing was published" in err
    assert SqliteStore("cli.db").get("catalogue:boa") is None


def test_doubts_do_not_keep_a_pack_from_being_loaded() -> None:
    pack = a_pack("loja", match={"examples": EXAMPLES[:2]})

    assert cli.main(["load", pack]) == 0
    assert SqliteStore("cli.db").get("catalogue:loja") is not None


def test_files_that_no_pack_has_are_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    pack = Path(a_pack("loja"))
    for name in ("scripts/notes.md", "scripts/1002.yml", ".hidden", "README.md", "background.yaml"):
        (pack / name).write_text("[]", "utf-8")

    found = [(one["file"], one["level"]) for one in findings("loja", capsys) if one["code"] == "unknown_file"]

    assert found == [("loja/scripts/1002.yml", "warning"), ("loja/scripts/notes.md", "warning")]


def test_lint_goes_on_past_names_that_do_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    law = [{"step": 1, "message": "Conforme a Lei 1.", "collect": ["cpf", "placa"]}]

    found = [(one["code"], one["path"]) for one in findings(a_pack("ruim", script=law), capsys)]

    assert found.count(("unknown_slot", "script.0.collect")) == 2
    assert ("law_named", "script.0.message") in found


def test_our_own_sheet_is_doubtful_where_it_has_no_column_but_not_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    Path("roteiros.csv").write_bytes(write_rows([SCRIPT], "csv"))

    found = findings("roteiros.csv", capsys)

    assert [(one["level"], one["code"]) for one in found] == [("warning", "sheet_lacks")]
    assert "“dia”" in found[0]["message"]


def test_personal_data_is_named_as_people_name_it(capsys: pytest.CaptureFixture[str]) -> None:
    pack = a_pack("loja", match={"examples": [*EXAMPLES, "me liga no 11 98765-4321"]})

    (found,) = findings(pack, capsys)

    assert "(telefone)" in found["message"]
