"""What a step of kind `action` brings: words for its text, the number of a record, files to give out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from roteiro.domain.conversation import FileLink, State
from roteiro.domain.moments import stamp
from roteiro.domain.script import Script

__all__ = [
    "BOUNDS",
    "BOUNDS_BEFORE",
    "BY_WORDS",
    "HEARD",
    "LOOKUP",
    "LOOKUPS",
    "OF_RECORDS",
    "RECORD",
    "Act",
    "Outcome",
    "TakesLonger",
    "links_kept",
    "nothing_done",
    "with_links",
]

RECORD = "create_record"
LOOKUP = "lookup:"  # before the name of what is looked up
OF_RECORDS = frozenset({f"{LOOKUP}progress", f"{LOOKUP}report"})  # these speak of what the conversation put on record
BY_WORDS = frozenset({f"{LOOKUP}contracts"})  # what these tell is what the words of the turn ask
# In a state's sources, beside slots: the latest words by which an ended script was told again, those that bounded it.
HEARD, BOUNDS, BOUNDS_BEFORE = "*", "*bounds", "*bounds before"
# What can be looked up, and the adapter that a pack must name for it; empty: none, the engine knows it by itself.
LOOKUPS = {"agents": ""} | dict.fromkeys(("analysis", "contracts", "progress", "report"), "contracts")


class TakesLonger(Exception):
    """A deed was not done within the little time that it had; what it kept so far is taken up by the next try."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action: `{result}` of its step, the record that it made, links that the reply ends with."""

    result: str = ""
    record: str = ""
    links: tuple[FileLink, ...] = ()


Act: TypeAlias = Callable[[str, State, Script], Outcome]


def with_links(reply: str, links: Sequence[FileLink]) -> str:
    """Return a reply with its links: each stands last, on a line of its own, so that pages make it an address."""
    return "\n".join([reply, *(link.href for link in links)])


def links_kept(links: Sequence[FileLink]) -> dict[str, Any]:
    """Return the links of a reply as the detail of its event keeps them."""
    kept = [{**asdict(link), "expires_at": stamp(link.expires_at)} for link in links]
    return {"links": kept} if kept else {}


def nothing_done(_action: str, _state: State, _script: Script) -> Outcome:
    """Do nothing: where nobody gave the means, such as in a test of words alone."""
    return Outcome()
