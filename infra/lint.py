"""Check every file that builds and deploys Roteiro, offline: run by `make lint-infra`.

Each checker is tried a second time on a copy that was broken on purpose; one that lets it pass counts as failed.
"""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIME_LIMIT_S = 60  # the slowest one, gcloud's linter, was measured at 2 s
SKIPPED = 77  # what gcloud_lines.py leaves with where gcloud cannot be asked
OK, FAILED = "ok", "FAILED"

_TOOLS = Path(sysconfig.get_path("scripts"))
_SCHEMA = (f"{_TOOLS}/check-jsonschema", "--builtin-schema")
_WORKFLOWS = (".github/workflows/*.yml",)


@dataclass(frozen=True)
class Checker:
    """A command, the files it gets (patterns below the root), and the slip it must notice: `right` read as `wrong`."""

    name: str
    command: tuple[str, ...]
    patterns: tuple[str, ...]
    right: str
    wrong: str

    def files(self, root: Path) -> list[str]:
        """Return the paths below `root` that the patterns name."""
        return sorted(str(path.relative_to(root)) for pattern in self.patterns for path in root.glob(pattern))


CHECKERS = (
    Checker("cloud build", (*_SCHEMA, "vendor.cloudbuild"), ("cloudbuild.yaml",), "\nsteps:", "\nstages:"),
    Checker("workflows", (*_SCHEMA, "vendor.github-workflows"), _WORKFLOWS, "runs-on:", "run-on:"),
    Checker(
        "workflow time limits",
        (*_SCHEMA, "custom.github-workflows-require-timeout"),
        _WORKFLOWS,
        "timeout-minutes: 20",
        "continue-on-error: true",
    ),
    Checker(
        "dependabot", (*_SCHEMA, "vendor.dependabot"), (".github/dependabot.yml",), "ecosystem: pip", "ecosystem: x"
    ),
    Checker("compose", (*_SCHEMA, "vendor.compose-spec"), ("infra/compose.yaml",), "command:", "comand:"),
    Checker(
        "workflow security",
        (f"{_TOOLS}/zizmor", "--offline", "--quiet", "--no-progress", "--persona=pedantic"),
        (*_WORKFLOWS, ".github/dependabot.yml"),
        "permissions: {}",
        "permissions: write-all",
    ),
    Checker("dockerfile", (f"{_TOOLS}/hadolint",), ("Dockerfile",), "WORKDIR /app", "WORKDIR app"),
    Checker(
        "yaml",
        (f"{_TOOLS}/yamllint", "--strict", f"--config-file={ROOT}/.yamllint.yaml"),
        ("*.yaml", ".yamllint.yaml", ".github/**/*.yml", "infra/**/*.yaml", "packs/**/*.yaml"),
        "version: 2",
        "version: 2\nversion: 3",
    ),
    Checker(
        "gcloud lines",
        (sys.executable, f"{ROOT}/infra/gcloud_lines.py"),
        ("cloudbuild.yaml", ".github/workflows/deploy.yml", "docs/deploy.md"),
        "--no-traffic",
        "--no-trafic",
    ),
)


def tried(checker: Checker, root: Path = ROOT) -> tuple[str, str]:
    """Return `ok`, `FAILED` or `not run`, and why: what is wrong with the files, or with the checker itself."""
    files = checker.files(root)
    if not files:
        return FAILED, f"no file of {', '.join(checker.patterns)} was found"
    code, said = _run(checker, files, root)
    if code:
        return ("not run" if code == SKIPPED else FAILED), said.strip()
    with tempfile.TemporaryDirectory() as folder:
        if not _plant(checker, files, root, Path(folder)):
            return FAILED, f"{checker.right!r} is in none of the files: the checker cannot be tested"
        code, _ = _run(checker, files, Path(folder))
    return (OK, said.strip()) if code else (FAILED, f"it accepts {checker.wrong!r} in place of {checker.right!r}")


def main(checkers: tuple[Checker, ...] = CHECKERS, root: Path = ROOT) -> int:
    """Try each checker, print a line for each and what the failed ones said; return 1 if any failed."""
    failed = 0
    for checker in checkers:
        begun = time.monotonic()
        verdict, why = tried(checker, root)
        failed += verdict == FAILED
        files = len(checker.files(root))
        print(f"lint-infra: {checker.name}: {verdict} ({files} files, {time.monotonic() - begun:.1f} s)", flush=True)
        if verdict != OK:
            print(why, flush=True)
    print(f"lint-infra: {failed} of {len(checkers)} checkers failed")
    return min(failed, 1)


def _run(checker: Checker, files: list[str], root: Path) -> tuple[int, str]:
    done = subprocess.run(
        [*checker.command, *files], cwd=root, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False
    )
    return done.returncode, done.stdout + done.stderr


def _plant(checker: Checker, files: list[str], root: Path, folder: Path) -> bool:
    """Copy the files to `folder` with the slip in the first one that can have it; say whether one could."""
    planted = False
    for name in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target)
        text = target.read_text("utf-8")
        if not planted and checker.right in text:
            target.write_text(text.replace(checker.right, checker.wrong, 1), "utf-8")
            planted = True
    return planted


if __name__ == "__main__":
    sys.exit(main())
