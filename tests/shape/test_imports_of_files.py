"""What printing and storing need is imported by the first paper and the first file, never by a start."""

import subprocess
import sys

import pytest

from tests.harness import ROOT

LATE = {"reportlab", "PIL", "boto3", "botocore", "roteiro.files.pdf", "roteiro.files.s3", "roteiro.files.local"}


def modules_after(script: str, **environment: str) -> set[str]:
    code = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'shared')!r}]\n{script}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.split())


@pytest.mark.parametrize("files", ["", "s3://relatorios"])
def test_a_start_imports_nothing_that_prints_or_stores(files: str) -> None:
    opened = (
        "import main; main.chat\nfrom roteiro import settings, wiring\nwiring.open_house('t', settings.read_settings())"
    )

    assert not LATE & modules_after(opened, ROTEIRO_FILES=files)


@pytest.mark.parametrize(
    ("files", "chosen", "other"), [("", "local", "s3"), ("s3://relatorios", "s3", "local")], ids=["folder", "bucket"]
)
def test_the_first_file_imports_the_chosen_place_alone(files: str, chosen: str, other: str) -> None:
    used = "from roteiro import settings, wiring\nwiring.open_house('t', settings.read_settings()).files()"

    found = modules_after(used, ROTEIRO_FILES=files)

    assert f"roteiro.files.{chosen}" in found
    assert f"roteiro.files.{other}" not in found
    assert ("boto3" in found) == (chosen == "s3")
    assert "reportlab" not in found
