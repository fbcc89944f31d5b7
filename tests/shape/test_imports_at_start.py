"""What a cold start imports: the function that was asked for, and no vendor that nobody chose."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDORS = {
    "openai",
    "httpx2",
    "pymongo",
    "bson",
    "google.cloud.firestore",
    "google.auth",
    "boto3",
    "yaml",
    "jwt",
    "cryptography",
    "reportlab",
    "PIL",
    "botocore",
    "sklearn",
}


def modules_after(script: str, **environment: str) -> set[str]:
    """Run a script in a fresh interpreter and return what it has imported."""
    code = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'shared')!r}]\n{script}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"PATH": "", "COVERAGE_PROCESS_START": "", **environment},
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("function", ["chat", "match", "scripts"])
def test_a_function_imports_itself_and_nothing_of_the_others(function: str) -> None:
    found = modules_after(f"import main; main.{function}")

    others = {"chat", "match", "scripts"} - {function}
    assert f"functions.{function}.main" in found
    assert not {f"functions.{other}" for other in others} & found
    assert not VENDORS & found


def test_the_chat_imports_nothing_of_how_scripts_are_written() -> None:
    found = modules_after("import main; main.chat")

    kept = {"roteiro.domain.authoring", "roteiro.domain.authoring.rows", "roteiro.domain.authoring.lint_rules"}
    written = {name for name in found if name.startswith("roteiro.domain.authoring")}
    assert written <= kept | {"roteiro.domain.authoring.lint_rules.finding"}


def test_a_store_is_imported_when_it_is_chosen_and_only_that_one() -> None:
    script = """
from roteiro.settings import read_settings
from roteiro.wiring import open_house
open_house("tests", read_settings())
"""

    by_default = modules_after(script)
    with_mongo = modules_after(script, ROTEIRO_DATABASE_URL="mongodb://127.0.0.1:1/roteiro")

    assert "roteiro.stores.sqlite" in by_default
    assert "pymongo" not in by_default
    assert "pymongo" in with_mongo
    assert "roteiro.stores.sqlite" not in with_mongo


def test_a_configured_model_is_imported_by_the_first_call_and_not_before() -> None:
    script = "import main; main.chat"

    assert "openai" not in modules_after(script, ROTEIRO_MODEL="m", OPENAI_BASE_URL="http://127.0.0.1:1")


def test_importing_a_function_makes_no_file_and_no_connection(tmp_path: Path) -> None:
    modules_after(f"import os; os.chdir({str(tmp_path)!r}); import main; main.chat; main.scripts")

    assert list(tmp_path.iterdir()) == []


def test_the_front_door_of_the_package_imports_nothing() -> None:
    assert not {name for name in modules_after("import roteiro") if name.startswith("roteiro.")}
