"""The command line as an operator uses it."""

import json
import os
import re
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from roteiro import cli
from roteiro.files.packs.folders import find_packs
from roteiro.stores.sqlite import SqliteStore
from tests.harness import ADMIN_KEY, ROOT
from tests.model_server import running_model
from tests.server import free_port


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return url


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of one script that loads in no time."""
    folder = tmp_path / "loja"
    (folder / "scripts").mkdir(parents=True)
    (folder / "pack.yaml").write_text("name: loja\ntitle: Loja\ntexts: {pt-BR: {greeting: Oi!}}\n")
    script = {
        "problem": {"id": 1001, "description": "Troca: quero trocar"},
        "script": [{"step": 1, "message": "Qual?"}],
    }
    (folder / "scripts" / "1001-troca.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return folder


def edit(pack: Path, **changes: Any) -> None:
    path = pack / "scripts" / "1001-troca.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | changes, allow_unicode=True))


def test_loading_a_pack_twice_changes_nothing_the_second_time(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", str(pack)]) == 0
    assert cli.main(["load", str(pack)]) == 0

    assert capsys.readouterr().out.splitlines() == ["loja: 1 scripts, 1 changed", "loja: 1 scripts, 0 changed"]


def test_a_changed_script_becomes_the_next_version(pack: Path, tmp_path: Path) -> None:
    cli.main(["load", str(pack)])
    edit(pack, script=[{"step": 1, "message": "Qual produto?"}])

    cli.main(["load", str(pack)])

    pointer = SqliteStore(str(tmp_path / "cli.db")).get("catalogue:loja") or {}
    assert pointer["scripts"]["1001"]["version"] == 2


def test_faults_of_a_script_name_the_file_the_path_and_the_fault(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(pack, steps=3)

    assert cli.main(["load", str(pack)]) == 1
    assert re.search(r"1001-troca.yaml:\d+: error steps_differ steps: ", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("pack.yaml", "name: outra\n", "it must be the folder's, 'loja'"),
        ("pack.yaml", "- a\n", "must hold keys and values"),
        ("pack.yaml", "name: loja\ntexts: [a]\n", "must map a language to texts"),
        ("pack.yaml", "name: loja\ntexts: {fr: {greeting: Salut}}\n", "must be one of pt-BR, en, es"),
        ("pack.yaml", "name: loja\ntexts: {en: {salute: Hi}}\n", "must be a text named"),
        ("pack.yaml", "name: [\n", "is not YAML in UTF-8"),
        ("background.yaml", "a: b\n", "must be a list of texts"),
        ("scripts/9-x.yaml", "x" * 6_000_000, "is larger than"),
    ],
)
def test_a_broken_pack_is_refused_with_the_file_and_the_remedy(
    pack: Path, capsys: pytest.CaptureFixture[str], file: str, content: str, said: str
) -> None:
    (pack / file).write_text(content)

    assert cli.main(["load", str(pack)]) == 1
    error = capsys.readouterr().err
    assert file in error
    assert said in error


def test_a_pack_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", str(tmp_path / "nada")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_token_is_shown_once_and_stored_as_a_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["token", "crm", "backend"]) == 0

    key = capsys.readouterr().out.strip()
    (stored,) = SqliteStore(str(tmp_path / "cli.db")).scan("key:")
    assert key.startswith(f"rk_{stored['id']}_")
    assert key.rpartition("_")[2] not in str(stored)
    assert (stored["name"], stored["scopes"]) == ("crm", ["backend"])


def test_a_token_with_an_unknown_scope_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["token", "crm", "everything"]) == 1
    assert "unknown scope everything" in capsys.readouterr().err


def test_a_wrong_setting_stops_the_start_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")

    assert cli.main(["run"]) == 1
    assert "PORT is 'eighty': use a number." in capsys.readouterr().err


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, pack: Path) -> list[Any]:
    """What `roteiro run` would have become, with one small pack beside it."""
    calls: list[Any] = []
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.setattr("os.execve", lambda *given: calls.append(given))
    monkeypatch.setattr("roteiro.cli.loading.ROOT", pack.parent)
    (pack.parent / "packs").mkdir()
    shutil.move(pack, pack.parent / "packs" / "loja")
    return calls


def test_run_loads_the_packs_tells_the_addresses_and_becomes_the_platforms_server(
    started: list[Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = os.environ["PORT"]

    assert cli.main(["run"]) == 0

    out = capsys.readouterr().out
    ((_, command, environment),) = started
    assert "loja: 1 scripts, 1 changed" in out
    assert f"http://127.0.0.1:{port}/" in out
    assert f"Admin key   {environment['ROTEIRO_ADMIN_KEY']}" in out
    assert command[1:5] == ["-m", "functions_framework", "--target", "app"]


def test_a_port_that_is_taken_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("PORT", str(listener.getsockname()[1]))

        assert cli.main(["run"]) == 1

    assert "PORT cannot be used (127.0.0.1:" in capsys.readouterr().err


def test_an_admin_key_of_ones_own_is_kept(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROTEIRO_ADMIN_KEY", ADMIN_KEY)

    cli.main(["run"])

    assert started[0][2]["ROTEIRO_ADMIN_KEY"] == ADMIN_KEY


def test_a_person_who_watches_sees_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    bar = cli.ProgressBar("loja")
    bar(0.5)
    bar(1)

    assert "50%" in (drawn := capsys.readouterr().err)
    assert drawn.endswith("100%\n")


def test_the_store_of_a_new_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", "sqlite:///novo/lugar/roteiro.db")

    cli.main(["token", "x", "backend"])

    assert (tmp_path / "novo" / "lugar" / "roteiro.db").exists()


def test_the_shipped_pack_is_found_without_naming_it() -> None:

    assert ROOT / "packs" / "seguros" in find_packs(ROOT / "packs")


def a_csv(path: Path, *rows: str, head: str = "script,text") -> str:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, str]:
    """Two scripts to learn and three messages to judge, one of them out of scope."""
    train = ["carro,bati o carro", "carro,colidi com meu carro", "casa,seguro da casa", "casa,proteger minha casa"]
    return (
        a_csv(tmp_path / "train.csv", *train),
        a_csv(tmp_path / "test.csv", "carro,bati meu carro", "casa,quero seguro da casa", ",qual a capital da frança"),
    )


def test_evaluate_prints_the_documented_keys_as_json(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", *tables, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    documented = (
        "accuracy top3 in_scope_accuracy oos_recall oos_auroc ece coverage_auto accuracy_auto fit_seconds query_ms_p50"
        " query_ms_p99 artifact_bytes"
    )
    assert set(documented.split()) <= set(found)
    assert found["accuracy"] == 1.0


def test_evaluate_prints_a_line_for_each_figure(tables: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", *tables, "--titles"]) == 0
    assert "accuracy             1.0000" in capsys.readouterr().out


def test_evaluate_writes_predictions_that_no_spreadsheet_takes_for_formulas(
    tables: tuple[str, str], tmp_path: Path
) -> None:
    a_csv(tmp_path / "test.csv", "carro,=1+1 bati o carro")

    cli.main(["evaluate", *tables, "--predictions", str(tmp_path / "out.csv")])

    head, line = (tmp_path / "out.csv").read_text().splitlines()
    assert head == "script,text,predicted,confidence,decision"
    assert line.startswith("carro,'=1+1 bati o carro,carro,")


@pytest.mark.parametrize(
    ("content", "said"), [("a,b\n1,2\n", "the first line must be script,text"), ("\xff", "cannot be read as CSV")]
)
def test_evaluate_refuses_a_table_it_cannot_read(
    tables: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    (tmp_path / "bad.csv").write_bytes(content.encode("latin-1"))

    assert cli.main(["evaluate", str(tmp_path / "bad.csv"), tables[1]]) == 1
    assert said in capsys.readouterr().err


def test_evaluate_says_which_file_is_missing(tables: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "nada.csv", tables[1]]) == 1
    assert "nada.csv cannot be read" in capsys.readouterr().err


def test_a_report_tells_what_to_look_at_before_publishing(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(pack, match={"examples": ["quero trocar", "trocar o produto", "troca de tamanho", "fazer uma troca"]})
    cli.main(["load", str(pack)])

    assert cli.main(["report", "loja"]) == 0
    assert "cross-validated accuracy" in capsys.readouterr().out
    assert cli.main(["report", "loja", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= {"accuracy", "confusable", "contradicting", "duplicates"}


def test_a_report_on_a_pack_that_is_not_loaded_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", "nada"]) == 1
    assert "no published scripts" in capsys.readouterr().err


def test_learning_from_no_conversation_proposes_nothing(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", str(pack)])
    capsys.readouterr()

    assert cli.main(["learn", "loja"]) == 0
    assert "0 scripts with proposals; nothing was added" in capsys.readouterr().out
    assert cli.main(["learn", "loja", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_evaluate_measures_the_second_tier_over_its_endpoint(
    tables: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_model() as model:
        monkeypatch.setenv("ROTEIRO_EMBEDDING_MODEL", "bag")
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)

        assert cli.main(["evaluate", *tables, "--tier", "2", "--json"]) == 0

        assert model.journal
    assert json.loads(capsys.readouterr().out)["accuracy"] == 1.0


def test_evaluate_needs_an_embedding_model_for_the_second_tier(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", *tables, "--tier", "2"]) == 1
    assert "ROTEIRO_EMBEDDING_MODEL is not set" in capsys.readouterr().err
