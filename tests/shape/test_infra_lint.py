"""The checks of the deployment files check themselves: no file, or a broken copy that passes, is a failure."""

import sys
from pathlib import Path

import pytest

from infra import gcloud_lines, lint
from infra.lint import Checker

ACCEPTS_ALL = (sys.executable, "-c", "")
REFUSES_ALL = (sys.executable, "-c", "raise SystemExit('no')")
REFUSES_BAD = (sys.executable, "-c", "import sys; sys.exit('bad' in open(sys.argv[1]).read())")
CANNOT_TELL = (sys.executable, "-c", f"raise SystemExit({lint.SKIPPED})")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "some.yaml").write_text("quality: good\n")
    return tmp_path


def _checker(command: tuple[str, ...], pattern: str = "*.yaml", right: str = "good") -> Checker:
    return Checker("some", command, (pattern,), right, "bad")


@pytest.mark.parametrize(
    ("checker", "verdict", "why"),
    [
        (_checker(REFUSES_BAD), "ok", ""),
        (_checker(REFUSES_ALL), "FAILED", "no"),
        (_checker(REFUSES_BAD, pattern="*.json"), "FAILED", "no file of *.json"),
        (_checker(ACCEPTS_ALL), "FAILED", "it accepts 'bad' in place of 'good'"),
        (_checker(REFUSES_BAD, right="better"), "FAILED", "cannot be tested"),
        (_checker(CANNOT_TELL), "not run", ""),
    ],
    ids=["content", "refusing", "without files", "accepting all", "without a control", "absent"],
)
def test_a_checker_is_content_only_with_files_and_a_control_that_fails(
    checker: Checker, verdict: str, why: str, tree: Path
) -> None:
    found, said = lint.tried(checker, tree)

    assert found == verdict
    assert why in said


def test_one_failed_checker_fails_the_run_and_says_so(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = lint.main((_checker(REFUSES_BAD), _checker(ACCEPTS_ALL)), tree)

    assert code == 1
    assert "some: FAILED (1 files" in capsys.readouterr().out


def test_the_files_themselves_stay_as_they_were(tree: Path) -> None:
    lint.tried(_checker(REFUSES_BAD), tree)

    assert (tree / "some.yaml").read_text() == "quality: good\n"


def test_every_checker_has_files_and_a_slip_to_plant() -> None:
    for checker in lint.CHECKERS:
        texts = [(lint.ROOT / name).read_text("utf-8") for name in checker.files(lint.ROOT)]

        assert any(checker.right in text for text in texts), checker.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gcloud run deploy x --image=y", "gcloud run deploy x --image=y"),
        ("    gcloud run \\\n      deploy x", "gcloud run deploy x"),
        ("# gcloud run \\\n#   deploy x", "gcloud run deploy x"),
        ("url=$$(gcloud run services list --format='value(a)')", "gcloud run services list --format='value(a)'"),
        ('gcloud run deploy a-$$f --image="$$(cat i)"', 'gcloud run deploy a-x --image="x"'),
        ("gcloud run services list > out || true", "gcloud run services list"),
        ("""gcloud iam x --if="a && b" && echo""", """gcloud iam x --if="a && b\""""),
    ],
)
def test_a_gcloud_line_is_read_as_the_shell_would(text: str, found: str) -> None:
    assert gcloud_lines.commands(text) == [found]


@pytest.mark.parametrize("text", ["Use gcloud to deploy.", "gcloudignore", "`gcloud run deploy` does the same"])
def test_words_about_gcloud_are_no_gcloud_line(text: str) -> None:
    assert gcloud_lines.commands(text) == []


def test_a_guide_without_any_gcloud_line_is_a_failure(tree: Path) -> None:
    assert gcloud_lines.main([str(tree / "some.yaml")]) == 1


def test_the_linter_and_the_run_agree_on_how_an_absent_tool_is_told() -> None:
    assert lint.SKIPPED == gcloud_lines.SKIPPED


def test_without_gcloud_its_lines_are_not_checked_and_that_is_said(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "guide.md").write_text("gcloud run deploy x\n")
    monkeypatch.setenv("PATH", str(tree))

    code = gcloud_lines.main([str(tree / "guide.md")])

    assert code == gcloud_lines.SKIPPED
    assert "absent" in capsys.readouterr().out
