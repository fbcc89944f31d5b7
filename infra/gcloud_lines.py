"""Find the `gcloud …` lines in recipes and guides and ask gcloud's own linter, offline, whether they exist that way.

The linter is internal to gcloud and may change: where it is absent or answers differently, this leaves with SKIPPED.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77  # the exit code by which test runners since automake say "could not be tried"
TIME_LIMIT_S = 60  # measured: 2 s for 20 lines; the rest is a busy machine

_START = re.compile(r"^[\s#]*(?:\w+=)?(?P<inside>\$?\$\()?(?P<command>gcloud [a-z].*)$")
_SHELL = re.compile(r"\$?\$(?:\([^)]*\)|\{[^}]*\}|\w+)")
_QUOTED_OR_END = re.compile(r"""("[^"]*"|'[^']*')| (?:\|\||\||&&|>|#) .*$""")


def commands(text: str) -> list[str]:
    """Return each `gcloud …` command of a YAML, Markdown or shell text on one line, `x` where the shell fills in."""
    found = []
    lines = iter(text.splitlines())
    for line in lines:
        start = _START.match(line)
        if not start:
            continue
        command = start["command"]
        while command.endswith("\\"):
            glue = "" if command.endswith(",\\") else " "  # a list of settings goes on without a blank
            command = command[:-1].rstrip() + glue + next(lines, "").lstrip(" #")
        command = _QUOTED_OR_END.sub(lambda part: part[1] or "", _SHELL.sub("x", command))
        found.append(command.removesuffix(")") if start["inside"] else command)
    return found


def complaints(found: list[str]) -> list[str] | None:
    """Return what gcloud says against the commands, or None when it is absent or answers in another form."""
    gcloud = shutil.which("gcloud")
    if not gcloud:
        return None
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "commands.json")
        listed.write_text(json.dumps([{"command_string": command} for command in found]), "utf-8")
        quiet = {"CLOUDSDK_CONFIG": folder, "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING": "true"}
        answer = subprocess.run(
            [gcloud, "meta", "lint-gcloud-commands", f"--commands-file={listed}"],
            env={**os.environ, **quiet, "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK": "true"},
            capture_output=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    try:
        verdicts = json.loads(answer.stdout)
        if len(verdicts) != len(found):
            return None
        return [f"{one['command_string']}\n  {one['error_message']}" for one in verdicts if not one["success"]]
    except (ValueError, KeyError, TypeError):
        return None


def main(paths: list[str]) -> int:
    """Check every command in the files; return 0 if all exist, 1 if one does not or none was found, else SKIPPED."""
    texts = "\n".join(Path(path).read_text("utf-8") for path in paths)
    found = list(dict.fromkeys(commands(texts)))  # gcloud answers once for two equal lines
    if not found:
        print("no gcloud line found")
        return 1
    wrong = complaints(found)
    if wrong is None:
        print("gcloud's linter is absent or answers in another form")
        return SKIPPED
    print("\n".join(wrong) or f"{len(found)} gcloud lines")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
