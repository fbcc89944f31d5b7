"""The command that says what is wrong in scripts before anybody publishes them: roteiro lint."""

import argparse
import json
from pathlib import Path
from typing import Any

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import note, say
from roteiro.domain.authoring.linting import ERROR, Finding, sentence
from roteiro.domain.texts import DEFAULT_LOCALE, LOCALES
from roteiro.errors import InvalidRequest

__all__ = ["add_commands", "as_line"]


def add_commands(commands: Commands) -> None:
    """Add lint to the command line."""
    lint = commands.add_parser("lint", help="say what is wrong or doubtful in scripts, before anybody publishes them")
    lint.add_argument("paths", nargs="+", type=Path, help="pack folders, or files in YAML, JSON or CSV")
    lint.add_argument("--strict", action="store_true", help="fail on warnings too")
    lint.add_argument("--json", action="store_true", help="print one JSON list")
    lint.add_argument("--language", choices=LOCALES, default=DEFAULT_LOCALE, help="of the sentences")
    lint.set_defaults(command=_lint)


def _lint(asked: argparse.Namespace) -> None:
    from roteiro.files.packs.folders import lint_files

    found = list(lint_files(asked.paths, ProgressBar("lint")))
    if asked.json:
        say(json.dumps([_as_json(*one, asked.language) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            say(as_line(*one, asked.language))
    errors = sum(one.finding.level == ERROR for one in found)
    said = f"{errors} errors, {len(found) - errors} warnings"
    if errors or (asked.strict and found):
        raise InvalidRequest(said)
    note(said)


def as_line(path: Path, line: int, finding: Finding, locale: str) -> str:
    """Return a finding as one line that an editor can jump to."""
    where = f"{finding.path}: " if finding.path else ""
    return f"{path}:{line}: {finding.level} {finding.code} {where}{sentence(finding.code, finding.facts, locale)}"


def _as_json(path: Path, line: int, finding: Finding, locale: str) -> dict[str, Any]:
    facts = {"level": finding.level, "code": finding.code, "path": finding.path}
    return {"file": str(path), "line": line, **facts, "message": sentence(finding.code, finding.facts, locale)}
