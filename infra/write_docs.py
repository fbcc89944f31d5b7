"""Writes the documents that are made from the code: API, settings, access. `--check` fails when one is out of date."""

import json
import sys
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import yaml

from functions.chat.main import ROUTES as CHAT
from functions.match.main import ROUTES as MATCH
from functions.scripts.main import ROUTES as SCRIPTS
from roteiro import __version__
from roteiro.domain.roles import ROLES, Scope, role_of
from roteiro.domain.texts import text
from roteiro.settings import Secret, Settings
from roteiro.web.answers import STATUSES, status_of
from roteiro.web.openapi import openapi
from roteiro.web.routes import Route

_ROOT = Path(__file__).resolve().parents[1]
_MADE = "<!-- Made by `make docs` from the code; edit the code instead. -->"


def documents() -> dict[Path, str]:
    """Return every generated file with its text."""
    described = openapi(_all_routes(), __version__)
    return {
        _ROOT / "docs/openapi.yaml": yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=120),
        _ROOT / "shared/roteiro/web/openapi.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        _ROOT / "docs/settings.md": _settings(),
        _ROOT / "docs/access.md": _access(),
        _ROOT / "docs/errors.md": _errors(),
    }


def _all_routes() -> list[Route]:
    return list({(route.method, route.path): route for route in (*CHAT, *MATCH, *SCRIPTS)}.values())


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _settings() -> str:
    rows = []
    for one in fields(Settings):
        default = one.default.reveal() if isinstance(one.default, Secret) else one.default
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        choices = "; ".join(f"`{choice}`" for choice in one.metadata["choices"] if choice)
        meaning = one.metadata["meaning"] + (f" ({choices})" if choices else "")
        rows.append([f"`{one.metadata['name']}`", f"`{shown}`" if shown else "empty", meaning])
    about = (
        "Read from the environment once, at start; a wrong value stops the start with one sentence for each.\n"
        "Local runs also read `NAME=value` lines from a file `.env` in the folder where they start."
    )
    return f"# Settings\n\n{_MADE}\n\n{about}\n\n{_table(['name', 'default', 'meaning'], rows)}\n"


def _access() -> str:
    names = {
        id(route): name for name, table in (("scripts", SCRIPTS), ("match", MATCH), ("chat", CHAT)) for route in table
    }
    who = ("guest", *ROLES)
    rows = [
        [f"`{r.method} {r.path}`", r.allow.value, *(_right(r.allow, one) for one in who), names[id(r)], r.summary]
        for r in _all_routes()
    ]
    about = (
        "`public`: anybody. `guest`: whoever holds the session (token, cookie or id). The others name a scope that\n"
        "a person's role or an API key must have; the admin key has them all. `backend` is open to anybody in local\n"
        "runs unless `ROTEIRO_LEGACY_BACKEND=key`. Import with `mode=publish` needs `scripts:publish` besides, and\n"
        "deleting a script with `purge=1` needs `admin`.\n\n"
        "`y` yes, `c` with the conversation's own token or id, `g` when the scope is granted to the person beyond\n"
        "the role (any single scope can be), `-` no: 401 without a credential, 403 with one. A credential that is\n"
        "wrong or over is 401 on every route but the public ones (400 on `/initial-message`, `/chat`, `/chat_ai`)."
    )
    roles = _table(["role", "scopes"], [[role, "all" if role == "admin" else _list(ROLES[role])] for role in ROLES])
    head = ["route", "allowed to", *who, "function", "what it does"]
    return f"# Who may call what\n\n{_MADE}\n\n{about}\n\n{roles}\n\n{_table(head, rows)}\n"


def _right(scope: Scope, who: str) -> str:
    if scope in (Scope.PUBLIC, Scope.GUEST):
        return "y" if scope is Scope.PUBLIC else "c"
    if scope in ROLES.get(who, ()):
        return "y"
    return "g" if role_of([scope]) == who else "-"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _errors() -> str:
    rows = [
        [f"`{code}`", str(status_of(code, "B")), str(status_of(code, "A")), text(f"error.{code}", "en")]
        for code in STATUSES
    ]
    about = (
        "Every error has one shape: `status` (always `Error`), `code`, `message` and `detail` (the same sentence, in\n"
        "the language of `Accept-Language`), `request_id`, and `fields` when a body has faults."
    )
    head = ["code", "status", "status on `/initial-message`, `/chat`, `/chat_ai`", "sentence"]
    return f"# Errors\n\n{_MADE}\n\n{about}\n\n{_table(head, rows)}\n"


def main() -> int:
    """Write the files, or with --check name those that differ."""
    stale = [path for path, made in documents().items() if not path.exists() or path.read_text("utf-8") != made]
    if "--check" in sys.argv:
        for path in stale:
            print(f"out of date: {path.relative_to(_ROOT)} (run `make docs`)")
        return int(bool(stale))
    for path, made in documents().items():
        path.write_text(made, "utf-8")
    print(f"{len(stale)} of {len(documents())} documents changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
