"""The command line for people who keep scripts in files: lint, load of single files, export."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from roteiro import cli
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import publishing
from tests.shop import compiled

EXAMPLES = [f"quero trocar a peça {number}" for number in "um dois tres quatro cinco seis sete oito".split()]

TITLES = "id,title,description,step,message\n1,,d,1,m\n1,T,,2,m\n"


def a_script(number: int = 1001, **changes: Any) -> dict[str, Any]:
    return {
        "problem": {"id": number, "description": f"Assunto {number}: quero trocar"},
        "script": [{"step": 1, "message": "Certo."}],
        "match": {"examples": [f"{text} {number}" for text in EXAMPLES]},
    } | changes


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of our own, and compile nothing: nobody ranks here."""
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", "sqlite:///cli.db")
    monkeypatch.setattr(publishing, "compile_index", compiled)
    monkeypatch.chdir(tmp_path)


def write(path: str, *documents: Any) -> str:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump_all(documents, allow_unicode=True), "utf-8")
    return path


@pytest.fixture
def pack() -> str:
    write("loja/pack.yaml", {"name": "loja", "title": "Loja"})
    write("loja/scripts/1001-troca.yaml", a_script())
    return "loja"


def version(number: int) -> int:
    pointer = SqliteStore("cli.db").get("catalogue:loja") or {}
    return int(pointer["scripts"][str(number)]["version"])


def test_a_clean_pack_passes_the_strictest_lint(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", pack, "--strict"]) == 0
    assert (captured := capsys.readouterr()).out == ""
    assert captured.err == "0 errors, 0 warnings\n"


def test_a_finding_names_file_line_level_code_and_what_to_do(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("loja/scripts/1001-troca.yaml").write_text(
        "problem: {id: 1, description: d}\nscript:\n- {step: 2, message: m}\n"
    )

    assert cli.main(["lint", pack]) == 1

    said = capsys.readouterr()
    assert said.out.startswith("loja/scripts/1001-troca.yaml:3: error step_out_of_order script.0.step: Os passos são")
    assert said.err == "roteiro: 1 errors, 0 warnings\n"


def test_warnings_fail_only_a_strict_lint(capsys: pytest.CaptureFixture[str]) -> None:
    file = write("um.yaml", a_script(match={}))

    assert cli.main(["lint", file]) == 0
    assert cli.main(["lint", file, "--strict"]) == 1
    assert capsys.readouterr().out.count("warning few_examples") == 2


def test_lint_speaks_json_and_other_languages(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["lint", write("um.yaml", a_script(match={})), "--json", "--language", "en"])

    (found,) = json.loads(capsys.readouterr().out)
    assert found.pop("message").startswith("There are 0 examples")
    where = {"file": "um.yaml", "line": 1, "path": "match.examples"}
    assert found == where | {"level": "warning", "code": "few_examples"}


def test_scripts_of_all_paths_are_seen_side_by_side(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    other = write("outro.yaml", a_script(match={"examples": [*EXAMPLES, f"{EXAMPLES[0]} 1001"]}))

    assert cli.main(["lint", pack, other]) == 1

    out = capsys.readouterr().out
    assert out.count("error duplicate_id") == 2
    assert out.count("error example_in_two") == 2


def test_an_agent_must_be_in_the_pack(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("loja/scripts/1002-outro.yaml", a_script(1002, agent="anita"))
    assert cli.main(["lint", pack]) == 1
    assert "error unknown_agent agent: Não há agente “anita”" in capsys.readouterr().out

    anita = {"id": "anita", "name": "Anita", "avatar": "📊", "role": "Analista", "description": "Compara números"}
    write("loja/agents.yaml", [anita])

    assert cli.main(["lint", pack]) == 0


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("um.json", json.dumps(a_script(match={})), "um.json:1: warning few_examples"),
        (
            "um.csv",
            "id,description,step,message\n1,d,1,m\n2,d,9,m\n",
            "um.csv:3: error step_out_of_order script.0.step",
        ),
        ("um.csv", TITLES, "um.csv:3: error not_first_line script.1: A coluna title"),
        ("um.csv", "script,text\n1,oi\n", ""),
        ("um.yaml", "a: [1\n", "error bad_syntax"),
        ("um.yaml", "a: &a [*a]\n", "um.yaml:1: error too_deep"),
    ],
)
def test_every_format_is_linted_and_what_cannot_be_read_is_an_error(
    capsys: pytest.CaptureFixture[str], file: str, content: str, said: str
) -> None:
    Path(file).write_text(content)

    cli.main(["lint", file])

    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("nada.yaml", None, "nada.yaml cannot be read"),
        ("nada.txt", "x", "must end in .yaml, .yml, .json"),
        ("loja/agents.yaml", "anita\n", "is not right: wrong_type_list"),
        ("loja/pack.yaml", "name: x\n", "it must be the folder's"),
    ],
)
def test_a_path_that_cannot_be_linted_is_said_so(
    pack: str, capsys: pytest.CaptureFixture[str], path: str, content: str | None, said: str
) -> None:
    if content is not None:
        Path(path).write_text(content)

    assert cli.main(["lint", pack if path.startswith("loja") else path]) == 1
    assert said in capsys.readouterr().err


def test_a_file_is_loaded_whole_and_twice_changes_nothing(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", pack])
    file = write("mais.yaml", a_script(steps=1), a_script(1002))

    assert cli.main(["load", file]) == 0
    assert cli.main(["load", file]) == 0

    assert (version(1001), version(1002)) == (2, 1)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "mais.yaml: 1 created, 1 changed, 0 unchanged, 0 failed",
        "mais.yaml: 0 created, 0 changed, 2 unchanged, 0 failed",
    ]


def test_a_file_with_an_error_is_not_loaded_at_all(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", pack])

    assert cli.main(["load", write("mais.yaml", a_script(1002), a_script(1003, steps=9))]) == 1

    said = capsys.readouterr().err
    assert "mais.yaml:" in said
    assert "error steps_differ" in said
    assert "nothing was published" in said
    assert list((SqliteStore("cli.db").get("catalogue:loja") or {})["scripts"]) == ["1001"]


@pytest.mark.parametrize("form", ["yaml", "json", "csv"])
def test_what_is_exported_loads_again_without_a_change(
    pack: str, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    cli.main(["load", pack])

    assert cli.main(["export", "--pack", "loja", "--format", form, "--output", f"tudo.{form}"]) == 0
    assert cli.main(["load", f"tudo.{form}"]) == 0

    assert capsys.readouterr().out.endswith(f"tudo.{form}: 0 created, 0 changed, 1 unchanged, 0 failed\n")


def test_an_export_goes_to_standard_output_and_its_count_beside_it(
    pack: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["load", pack])
    capsys.readouterr()

    assert cli.main(["export"]) == 0

    said = capsys.readouterr()
    assert yaml.safe_load(said.out) == a_script()
    assert said.err == "1 scripts\n"


def test_a_csv_export_says_what_it_leaves_out(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("loja/scripts/1001-troca.yaml", a_script(slug="troca"))
    cli.main(["load", pack])

    cli.main(["export", "--format", "csv"])

    assert "CSV has no column for: slug" in capsys.readouterr().err


def test_an_export_of_nothing_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["token", "x", "backend"])

    assert cli.main(["export", "--pack", "nada"]) == 1
    assert "no published scripts" in capsys.readouterr().err
