"""Makes the hash-locked requirement files again: one universal file per use, for Python 3.11 to 3.13."""

import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_OPTIONS = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
_FILES = {
    "requirements.txt": ["--extra", "s3"],
    "requirements/dev.txt": ["--extra", "test", "--extra", "check"],
    "requirements/bench.txt": ["--extra", "bench"],
}


def main() -> int:
    """Compile each file with uv, which is installed into a throw-away environment."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        for target, extras in _FILES.items():
            print(f"{target} ...", flush=True)
            _compile(folder, ["pyproject.toml", *extras], target)
        print("requirements/build.txt ...", flush=True)
        wanted = Path(folder) / "build.in"
        wanted.write_text("setuptools>=80\n", "utf-8")
        _compile(folder, [str(wanted)], "requirements/build.txt")
    return 0


def _compile(folder: str, sources: list[str], target: str) -> None:
    command = [f"{folder}/bin/uv", "pip", "compile", *_OPTIONS, *sources, "--output-file", target]
    subprocess.run(command, check=True, cwd=_ROOT)


if __name__ == "__main__":
    sys.exit(main())
