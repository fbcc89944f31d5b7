"""What a step of kind `action` brings: words for its text, the number of a record, files to give out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from roteiro.domain.conversation import FileLink, State
from roteiro.domain.script import Script

__all__ = ["LOOKUP", "LOOKUPS", "RECORD", "Act", "Outcome", "nothing_done"]

RECORD = "create_record"
LOOKUP = "lookup:"  # before the name of what is looked up
# What can be looked up, and the adapter that a pack must name for it; empty: none, the engine knows it by itself.
LOOKUPS = {"agents": "", "analysis": "contracts", "progress": "contracts", "report": "contracts"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action: `{result}` of its step, the record that it made, links that the reply ends with."""

    result: str = ""
    record: str = ""
    links: tuple[FileLink, ...] = ()


Act: TypeAlias = Callable[[str, State, Script], Outcome]


def nothing_done(_action: str, _state: State, _script: Script) -> Outcome:
    """Do nothing: where nobody gave the means, such as in a test of words alone."""
    return Outcome()
