"""Every conversation that a pack tells of itself, played: its test files, and its scripts' own tests."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from roteiro.domain.authoring.rehearsal import as_list, read_rehearsal
from roteiro.domain.texts import text
from roteiro.errors import Fault, InvalidRequest
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.rehearsing import Failure, Played, play
from roteiro.usecases.stage import Stage

__all__ = ["Told", "play_all", "told_in"]


class Told(NamedTuple):
    """A conversation as a file holds it, not read yet."""

    file: str
    content: Any


def told_in(tests: Mapping[str, Any], scripts: Mapping[str, Mapping[str, Any]]) -> list[Told]:
    """Return the conversations of test files and of scripts, both by file name."""
    files = [Told(file, one) for file, content in tests.items() for one in as_list(content)]
    return files + [Told(file, one) for file, script in scripts.items() for one in script.get("tests", ())]


def play_all(told: list[Told], pack: str, catalogue: PublishedCatalogue, stage: Stage) -> Iterator[tuple[Told, Played]]:
    """Play conversations in their order; what cannot be read, or belongs to another pack, fails with the reason."""
    for one in told:
        yield one, _played(one.content, pack, catalogue, stage)


def _reason(fault: Fault) -> str:
    """Return why a conversation cannot be read, in the language of the command line."""
    return text(f"fault.{fault.code}", "en", **dict(fault.facts))


def _played(content: Any, pack: str, catalogue: PublishedCatalogue, stage: Stage) -> Played:
    try:
        rehearsal = read_rehearsal(content)
    except InvalidRequest as error:
        name = content.get("name", "") if isinstance(content, dict) else ""
        expected = "a conversation that can be read"
        faults = (Failure(0, fault.path, expected, _reason(fault)) for fault in error.faults)
        return Played(str(name), tuple(faults), ())
    if rehearsal.pack not in ("", pack):
        return Played(rehearsal.name, (Failure(0, "pack", pack, rehearsal.pack),), ())
    return play(rehearsal, catalogue, stage, pack)
