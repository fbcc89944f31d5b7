"""Reads pack folders and files of scripts. Used by the command line alone: functions read only the store."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from roteiro.domain.authoring.linting import ERROR, WARNING, Finding, Known, lint_all, warning
from roteiro.domain.authoring.rows import LARGEST_IMPORT, Row
from roteiro.domain.authoring.schema.cast import PackUse, read_agents, read_cast, read_list, read_suggestions, read_use
from roteiro.domain.authoring.schema.pack import hours_from, read_service
from roteiro.domain.authoring.sheets import overlaid
from roteiro.domain.cast import Cast
from roteiro.domain.faults import OwnFault
from roteiro.domain.pack import PACK_TEXTS, Pack
from roteiro.domain.texts import LOCALES
from roteiro.domain.values.value import Entity
from roteiro.errors import Fault, InvalidRequest
from roteiro.files.formats import read_rows

__all__ = ["Complaint", "PackFolder", "find_packs", "lint_files", "read_file", "read_pack"]

_T = TypeVar("_T")
_U = TypeVar("_U")
_LARGEST_FILE = 1_048_576  # bytes; the same limit as one script sent over HTTP
# What a pack folder is made of; conversations and lists may be told in several files.
_USED = re.compile(
    r"(?:pack|agents|suggestions|background|messages)\.yaml|(?:scripts|tests|lists)/[^/]+\.yaml|data/[^/]+\.(?:csv|md)|README\.md"
)
_NOT_IN_SHEETS = frozenset({"unknown_slot", "unknown_step", "condition_name"})  # names that no column declares
_FORMS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonl": "json", ".csv": "csv"}


class PackFolder(NamedTuple):
    """A pack as its folder holds it: texts, and script documents and test conversations by file name."""

    pack: Pack
    scripts: dict[str, Mapping[str, Any]]
    tests: dict[str, Any]


class Complaint(NamedTuple):
    """One finding of lint, and where it stands; lines count from 1."""

    file: Path
    line: int
    finding: Finding


def find_packs(folder: Path) -> list[Path]:
    """Return the pack folders (those with a pack.yaml) in a folder, by name."""
    return sorted(path.parent for path in folder.glob("*/pack.yaml"))


def read_pack(folder: Path) -> PackFolder:
    """Read a pack folder.

    Raises InvalidRequest naming the file and what is wrong with it.
    """
    pack = _pack(folder)
    scripts: dict[str, Mapping[str, Any]] = {path.name: _mapping(path) for path in _script_files(folder)}
    tests = {path.name: _read(path) for path in sorted((folder / "tests").glob("*.yaml"))}
    return PackFolder(pack, scripts, tests)


def _pack(folder: Path) -> Pack:
    """Read what a folder says of its pack, without its scripts."""
    about = _mapping(folder / "pack.yaml")
    if about.get("name") != folder.name:
        raise _wrong(
            folder / "pack.yaml", "name", f"is {about.get('name')!r}: it must be the folder's, {folder.name!r}"
        )
    texts = about.get("texts", {})
    _check_texts(folder / "pack.yaml", texts)
    background = _read(folder / "background.yaml") if (folder / "background.yaml").exists() else []
    if not isinstance(background, list) or not all(isinstance(line, str) for line in background):
        raise _wrong(folder / "background.yaml", "", "must be a list of texts")
    service = _asked(folder / "pack.yaml", read_service, about)
    use = _asked(folder / "pack.yaml", read_use, about)
    hours = hours_from(service.hours)
    return Pack(
        folder.name,
        str(about.get("title", folder.name)),
        texts,
        tuple(background),
        hours,
        tuple(service.queues),
        "" if service.llm == "off" else service.llm,
        service.sac,
        _cast(folder, use, [one.date for one in hours.holidays] if hours else []),
        _lists(folder),
        tuple(use.adapters),
        tuple(use.context_keys),
    )


def _cast(folder: Path, use: PackUse, holidays: Collection[str]) -> Cast:
    """Return who speaks for a pack: its agents and suggestions, each in a file that may be missing."""
    agents = _listed(folder / "agents.yaml", read_agents)
    suggestions = _listed(folder / "suggestions.yaml", read_suggestions)
    return _asked(folder / "pack.yaml", lambda told: read_cast(told, agents, suggestions, holidays), use)


def _lists(folder: Path) -> dict[str, tuple[Entity, ...]]:
    """Return the lists of a pack by the names of their files."""
    return {path.stem: _listed(path, read_list) for path in sorted((folder / "lists").glob("*.yaml"))}


def _listed(path: Path, read: Callable[[Any], tuple[_T, ...]]) -> tuple[_T, ...]:
    return _asked(path, read, _read(path)) if path.exists() else ()


def _asked(path: Path, read: Callable[[_U], _T], told: _U) -> _T:
    """Return what is read of a file; raises InvalidRequest that names it."""
    try:
        return read(told)
    except InvalidRequest as error:
        fault = error.faults[0]
        facts = "".join(f", {name} {value}" for name, value in fault.facts)
        raise _wrong(path, fault.path, f"is not right: {fault.code}{facts}") from None


def _script_files(folder: Path) -> list[Path]:
    """Return the files of a pack's scripts, by name."""
    return sorted((folder / "scripts").glob("*.yaml"))


def _form_of(path: Path) -> str:
    """Return the format that a file's name tells. Raises InvalidRequest for another one."""
    if path.suffix.lower() not in _FORMS:
        raise _wrong(path, "", f"must end in {', '.join(_FORMS)}")
    return _FORMS[path.suffix.lower()]


def read_file(path: Path) -> list[Row]:
    """Return the scripts of a file, one per row, with what is wrong in them. Raises InvalidRequest without the file."""
    return list(read_rows(_bytes(path, LARGEST_IMPORT), _form_of(path)))


def lint_files(paths: Sequence[Path], progress: Callable[[float], None]) -> Iterator[Complaint]:
    """Yield what lint finds in pack folders and files of scripts, side by side, file by file.

    Agents are known if all of it is pack folders. Raises InvalidRequest for a file that cannot be read.
    """
    yield from (Complaint(file, 1, warning("unknown_file")) for path in paths for file in _unused_files(path))
    rows = list(_linted_rows(paths))
    readable = {str(place): row.document for place, (_, row) in enumerate(rows) if not row.faults}
    found = lint_all(readable, _known(paths), progress=progress)
    for place, (file, row) in enumerate(rows):
        for finding in _unread(row) or found[str(place)]:
            yield Complaint(file, row.line_of(finding.path), _of_sheet(finding) if row.cells else finding)


def _linted_rows(paths: Sequence[Path]) -> Iterator[tuple[Path, Row]]:
    """Yield the scripts of pack folders and files, each as a whole; examples alone are none."""
    for file in (file for path in paths for file in (_script_files(path) if path.is_dir() else [path])):
        yield from ((file, _whole(row)) for row in read_file(file) if not row.examples)


def _unused_files(path: Path) -> list[Path]:
    """Return the files of a pack folder that nobody reads, by name; those that a system hides are its own."""
    if not path.is_dir():
        return []
    files = (file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    return sorted(file for file in files if not _USED.fullmatch(file.relative_to(path).as_posix()))


def _of_sheet(finding: Finding) -> Finding:
    """Return what a sheet cannot hold as a doubt: over the published script its lines may be right."""
    return finding._replace(level=WARNING, code="sheet_lacks") if finding.code in _NOT_IN_SHEETS else finding


def _unread(row: Row) -> list[Finding]:
    """Return what kept a row from being read, as findings."""
    return [Finding(ERROR, fault.path, fault.code, fault.facts) for fault in row.faults]


def _known(paths: Sequence[Path]) -> Known:
    """Return what pack folders have beside their scripts; nothing is known if there are other paths."""
    packs = [_pack(path) for path in paths if path.is_dir()]
    if len(packs) != len(paths):
        return Known()
    return Known(
        agents=frozenset(agent.id for pack in packs for agent in pack.cast.agents),
        lists=frozenset(name for pack in packs for name in pack.lists),
        adapters=frozenset(name for pack in packs for name in pack.adapters),
    )


def _whole(row: Row) -> Row:
    """Return a row of a sheet as the script that it would make where there is none yet; any other row as it is."""
    if not row.cells:
        return row
    try:
        return replace(row, document=overlaid(row.cells, None))
    except OwnFault as fault:
        return replace(row, faults=[Fault(".".join(fault.at), fault.code, fault.facts)])


def _check_texts(path: Path, texts: object) -> None:
    if not isinstance(texts, dict):
        raise _wrong(path, "texts", "must map a language to texts")
    for locale, entries in texts.items():
        if locale not in LOCALES or not isinstance(entries, dict):
            raise _wrong(path, f"texts.{locale}", f"must be one of {', '.join(LOCALES)} with its texts")
        for key, value in entries.items():
            if key not in PACK_TEXTS or not isinstance(value, str):
                raise _wrong(path, f"texts.{locale}.{key}", f"must be a text named {', '.join(sorted(PACK_TEXTS))}")


def _mapping(path: Path) -> dict[str, Any]:
    found = _read(path)
    if not isinstance(found, dict):
        raise _wrong(path, "", "must hold keys and values")
    return found


def _read(path: Path) -> Any:
    """Return the one document of a YAML file, or the list of its documents."""
    rows = list(read_rows(_bytes(path, _LARGEST_FILE), "yaml"))
    if broken := next((row for row in rows if row.faults), None):
        fault = broken.faults[0]
        facts = "".join(f", {name} {value}" for name, value in fault.facts if name != "line")
        raise _wrong(path, "", f"is not YAML in UTF-8 that we read: {fault.code}, line {broken.line}{facts}")
    documents = [row.document for row in rows]
    return documents[0] if len(documents) == 1 else documents


def _bytes(path: Path, largest: int) -> bytes:
    try:
        if path.stat().st_size > largest:
            raise _wrong(path, "", f"is larger than {largest} bytes")
        return path.read_bytes()
    except OSError as error:
        raise _wrong(path, "", f"cannot be read: {error.strerror}") from error


def _wrong(path: Path, key: str, what: str) -> InvalidRequest:
    where = f"{path}: {key} {what}" if key else f"{path} {what}"
    return InvalidRequest(where, faults=[Fault(key or str(path), "bad_value")])
