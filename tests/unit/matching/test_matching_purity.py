"""The matcher is pure: importing it loads the standard library only, and of that nothing that touches the world."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import roteiro.matching

FOLDER = Path(roteiro.matching.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
FORBIDDEN = {"logging", "os", "pathlib", "socket", "subprocess", "threading", "time", "urllib", "datetime", "asyncio"}


def imported(module: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_module_imports_the_standard_library_and_its_neighbours(module: Path) -> None:
    names = imported(module)

    outside = {name for name in names if not name.startswith("roteiro.matching")}
    assert {name.split(".")[0] for name in outside} <= set(sys.stdlib_module_names) - FORBIDDEN


def test_importing_everything_loads_no_package() -> None:
    names = [".".join(("roteiro", *path.relative_to(FOLDER.parent).with_suffix("").parts)) for path in MODULES]
    code = f"import sys; before = set(sys.modules); import {', '.join(names)}; print(*(set(sys.modules) - before))"

    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(FOLDER.parents[1])!r}); {code}"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()

    assert {name.split(".")[0] for name in loaded} <= set(sys.stdlib_module_names) | {"roteiro"}
    assert {name for name in loaded if name.startswith("roteiro.")} <= {"roteiro.matching", *names} | {
        name for name in loaded if name.startswith("roteiro.matching")
    }
