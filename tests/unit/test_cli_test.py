"""`roteiro test`: a pack's conversations, played in memory."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from roteiro import cli

OPENING = {"say": "quero trocar meu tênis", "expect": {"script": 1001, "step": 1}}


def written(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of one script with one test of its own and one file of conversations."""
    script = {
        "problem": {"id": 1001, "description": "Troca: quero trocar"},
        "script": [{"step": 1, "message": "Qual produto?"}, {"step": 2, "message": "Pronto."}],
        "match": {"examples": ["quero trocar meu tênis"]},
        "tests": [{"name": "do roteiro", "turns": [OPENING]}],
    }
    folder = tmp_path / "loja"
    written(folder / "pack.yaml", {"name": "loja", "title": "Loja"})
    written(folder / "scripts" / "1001-troca.yaml", script)
    written(folder / "tests" / "troca.yaml", {"name": "troca", "pack": "loja", "turns": [OPENING, {"say": "o 42"}]})
    return folder


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*paths: Path) -> tuple[int, list[str], str]:
        code = cli.main(["test", *map(str, paths)])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run


def test_every_conversation_of_a_pack_has_its_line(pack: Path, said: Any) -> None:
    code, lines, _ = said(pack)

    assert code == 0
    assert lines == ["ok   troca.yaml: troca", "ok   1001-troca.yaml: do roteiro", "2 conversations went as told"]


def test_one_file_can_be_played_alone(pack: Path, said: Any) -> None:
    code, lines, _ = said(pack / "tests" / "troca.yaml")

    assert (code, lines[0], len(lines)) == (0, "ok   troca.yaml: troca", 2)


def test_a_failure_is_shown_with_its_transcript(pack: Path, said: Any) -> None:
    written(pack / "tests" / "outra.yaml", {"name": "outra", "turns": [OPENING, {"say": "ok", "expect": {"step": 9}}]})

    code, lines, err = said(pack)

    assert code == 1
    shown = lines[lines.index("FAIL outra.yaml: outra") + 1 :]
    assert shown[0].strip() == "C: quero trocar meu tênis"
    assert "     turn 2: step: expected 9, got 2" in shown
    assert "1 of 3 conversations" in err


@pytest.mark.parametrize(
    ("turns", "line"),
    [
        ([{"say": "oi"}], "turns: expected 'a conversation that can be read', got 'No turn has expect: "),
        ([{"desk": {"action": "dance"}}, OPENING], "turns.0.desk.action: expected 'a conversation that can be read'"),
    ],
)
def test_what_cannot_be_read_fails(pack: Path, said: Any, turns: Any, line: str) -> None:
    written(pack / "tests" / "outra.yaml", {"name": "outra", "turns": turns})

    code, lines, _ = said(pack)

    assert code == 1
    assert any(said_line.startswith(f"     {line}") for said_line in lines)


def test_a_pack_without_conversations_proves_nothing(pack: Path, said: Any) -> None:
    (pack / "tests" / "troca.yaml").unlink()
    document = yaml.safe_load((pack / "scripts" / "1001-troca.yaml").read_text("utf-8"))
    written(pack / "scripts" / "1001-troca.yaml", {k: v for k, v in document.items() if k != "tests"})

    assert said(pack)[0] == 1


def test_the_database_of_the_settings_is_left_alone(
    pack: Path, said: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")

    said(pack)

    assert not (tmp_path / "real.db").exists()


def test_what_is_no_pack_is_refused(tmp_path: Path, said: Any) -> None:
    code, _, err = said(tmp_path)

    assert code == 1
    assert "pack.yaml" in err
