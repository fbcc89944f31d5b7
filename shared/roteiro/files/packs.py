"""Reads a pack folder (YAML, data only). Used by the command line alone: functions read only the store."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from roteiro.domain.pack import PACK_TEXTS, Pack
from roteiro.domain.texts import LOCALES
from roteiro.errors import Fault, InvalidRequest

__all__ = ["PackFolder", "find_packs", "read_pack"]

_LARGEST_FILE = 1_048_576  # bytes; the same limit as one script sent over HTTP


class PackFolder(NamedTuple):
    """A pack as its folder holds it: texts, and script documents and test conversations by file name."""

    pack: Pack
    scripts: dict[str, Mapping[str, Any]]
    tests: dict[str, Any]


def find_packs(folder: Path) -> list[Path]:
    """Return the pack folders (those with a pack.yaml) in a folder, by name."""
    return sorted(path.parent for path in folder.glob("*/pack.yaml"))


def read_pack(folder: Path) -> PackFolder:
    """Read a pack folder.

    Raises InvalidRequest naming the file and what is wrong with it.
    """
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
    pack = Pack(folder.name, str(about.get("title", folder.name)), texts, tuple(background))
    scripts: dict[str, Mapping[str, Any]] = {
        path.name: _mapping(path) for path in sorted((folder / "scripts").glob("*.yaml"))
    }
    tests = {path.name: _read(path) for path in sorted((folder / "tests").glob("*.yaml"))}
    return PackFolder(pack, scripts, tests)


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
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise _wrong(path, "", f"is larger than {_LARGEST_FILE} bytes")
        # CSafeLoader where it is built in: it reads the same and ten times faster
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        documents = list(_documents(path, loader))
    except OSError as error:
        raise _wrong(path, "", f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path, "", f"is not YAML in UTF-8: {error}") from error
    return documents[0] if len(documents) == 1 else documents


def _documents(path: Path, loader: type[yaml.SafeLoader]) -> Iterator[Any]:
    yield from yaml.load_all(path.read_text("utf-8"), Loader=loader)


def _wrong(path: Path, key: str, what: str) -> InvalidRequest:
    where = f"{path}: {key} {what}" if key else f"{path} {what}"
    return InvalidRequest(where, faults=[Fault(key or str(path), "bad_value")])
