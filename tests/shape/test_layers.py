"""Imports go one way, pure rooms stay pure, and every vendor has one door."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = (
    "main > functions > cli > wiring > web > usecases > stores, models, files > ports > matching, prompting"
    " > domain > settings > errors"
)
HEIGHT = {name.strip(): height for height, row in enumerate(reversed(ROWS.split(">"))) for name in row.split(",")}
ROOMS = "desk > turn, authoring, anomalies > walking, papers, contracts > values > texts"  # inside the domain
DEPTH = {name.strip(): depth for depth, row in enumerate(reversed(ROOMS.split(">"))) for name in row.split(",")}
PURE = {"domain", "matching", "prompting", "ports", "errors"}
# Files, network, processes and the clock: a pure room is given their results.
OUTSIDE = set("asyncio http logging os pathlib shutil socket sqlite3 ssl subprocess tempfile threading time".split())
ONLY_FOR = {  # the longest name wins; a room may always import itself
    "settings": {"wiring", "cli"},
    "stores": {"wiring"},
    "models": {"wiring"},
    "files": {"wiring"},
    "web.hooks": {"wiring"},
    "files.packs": {"cli"},
}
DOORS = {
    "pymongo": {"stores.mongo"},
    "bson": {"stores.mongo"},
    "openai": {"models.openai"},
    "httpx2": {"models.openai"},
    "yaml": {"files.packs"},
    "jwt": {"web.identity"},
    "cryptography": {"web.identity"},
    "reportlab": {"files.pdf"},
    "boto3": {"files.s3"},
    "botocore": {"files.s3"},
    "flask": {"web", "functions"},
    "werkzeug": {"web", "functions"},
    "pydantic": {"web", "domain"},
    "pydantic_core": {"web", "domain"},
}


class Import(NamedTuple):
    module: str  # without the package's name
    target: str
    line: int


def room(module: str) -> str:
    return module.removeprefix("roteiro.").partition(".")[0]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for base in (ROOT / "shared", ROOT):
        for path in sorted(base.glob("roteiro/**/*.py")) + sorted(base.glob("functions/**/*.py")) + [ROOT / "main.py"]:
            name = ".".join(path.relative_to(base).with_suffix("").parts) if path.is_relative_to(base) else "main"
            yield name.removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def imports() -> list[Import]:
    found = []
    for module, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [Import(module, alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{module}:{node.lineno}: imports are absolute"
                found += [Import(module, f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    assert len(found) > 100
    return found


def complaint(one: Import) -> str | None:
    """Return what is wrong with an import, None if nothing is."""
    here, target = room(one.module), one.target
    if target.startswith(("roteiro.", "functions.")):
        return own_complaint(one, here, room(target))
    top = target.partition(".")[0]
    if here in PURE and (top in OUTSIDE or (top not in sys.stdlib_module_names and top not in DOORS)):
        return f"{here} is pure: it is given what it needs"
    doors = DOORS.get(top)
    inside = one.module.removeprefix("roteiro.")
    if doors and not any(inside == door or inside.startswith(f"{door}.") for door in doors):
        return f"the door of {top} is {' or '.join(sorted(doors))}"
    return None


def own_complaint(one: Import, here: str, there: str) -> str | None:
    if here == there:
        return neighbour_complaint(one, here)
    if there not in HEIGHT:
        return None
    if HEIGHT[here] <= HEIGHT[there]:
        return f"{there} is not below {here}"
    inside = one.target.removeprefix("roteiro.")
    kept = max((p for p in ONLY_FOR if inside == p or inside.startswith(f"{p}.")), key=len, default=None)
    if kept and here not in ONLY_FOR[kept]:
        return f"only {' and '.join(sorted(ONLY_FOR[kept]))} may import {kept}"
    return "matching takes and gives plain tuples" if (here, there) == ("matching", "domain") else None


def neighbour_complaint(one: Import, here: str) -> str | None:
    """Return what is wrong with an import inside one room of the house."""
    mine, theirs = inner(one.module), inner(one.target)
    if here == "functions":
        return None if mine == theirs else "one function does not know another"
    if here != "domain" or mine == theirs or not {mine, theirs} <= DEPTH.keys():
        return None
    return None if DEPTH[mine] > DEPTH[theirs] else f"domain.{theirs} is not below domain.{mine}"


def inner(module: str) -> str:
    return module.removeprefix("roteiro.").partition(".")[2].partition(".")[0]


def test_imports_go_one_way() -> None:
    broken = [f"{one.module}:{one.line} imports {one.target}: {why}" for one in imports() if (why := complaint(one))]

    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    "planted",
    [
        Import("roteiro.domain.walking.walk", "roteiro.stores.sqlite.SqliteStore", 1),
        Import("roteiro.usecases.customer", "roteiro.settings.Settings", 1),
        Import("roteiro.web.front", "roteiro.files.packs.folders.read_pack", 1),
        Import("roteiro.matching.index", "roteiro.domain.script.Script", 1),
        Import("roteiro.domain.walking.walk", "time.sleep", 1),
        Import("roteiro.domain.walking.walk", "flask.Flask", 1),
        Import("roteiro.usecases.customer", "pymongo.MongoClient", 1),
        Import("roteiro.stores.sqlite", "roteiro.models.openai.OpenAIModel", 1),
        Import("functions.chat.main", "functions.match.main.ROUTES", 1),
        Import("roteiro.domain.turn.starting", "roteiro.domain.desk.desking.choose", 1),
        Import("roteiro.domain.walking.walk", "roteiro.domain.turn.ending.ended", 1),
    ],
)
def test_a_planted_wrong_import_is_found(planted: Import) -> None:
    assert complaint(planted)


def test_only_settings_reads_the_environment_and_only_one_place_prints() -> None:
    for module, tree in sources():
        names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert module == "roteiro.settings" or not names & {"os.environ", "os.getenv"}, module
        assert "print" not in calls, module
        assert module == "roteiro.cli.saying" or not names & {"sys.stdout.write", "sys.stderr.write"}, module


def test_every_module_says_what_it_is_for_and_nothing_is_left_open() -> None:
    for module, tree in sources():
        assert ast.get_docstring(tree), f"{module} has no docstring"
    for path in [*ROOT.glob("shared/**/*.py"), *ROOT.glob("functions/**/*.py"), *ROOT.glob("frontend/**/*.js")]:
        words = path.read_text("utf-8")
        assert not any(mark in words for mark in ("TODO", "FIXME", "XXX")), f"open work in {path}"


def test_no_module_swallows_everything() -> None:
    """`except Exception` stands at the edge of a function only, once, and once where a stream has left that edge."""
    broad = [
        f"{module}:{node.lineno}"
        for module, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    ]

    assert [place.partition(":")[0] for place in broad] == ["roteiro.web.routes", "roteiro.web.stream"]
