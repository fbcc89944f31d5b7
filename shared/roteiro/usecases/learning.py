"""What conversations teach the matcher: messages whose script somebody confirmed, proposed as examples, never added.

A label is read from the events, where it costs nothing to keep and goes when the conversation is erased: the customer
answered our question "A ou B?", or walked the script that was started to its end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Event
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.matching.entries import Entry
from roteiro.matching.report import report_on
from roteiro.ports import Shelf, Store
from roteiro.prompting.masking import mask
from roteiro.usecases.published import Kept
from roteiro.usecases.publishing import ranked_entries

__all__ = ["Label", "LabelKind", "Proposal", "labels_of", "propose", "stored_labels"]

_PAGE = 500
_LONGEST_EXAMPLE = 300  # characters; what a script's examples may have
_MOST_PER_SCRIPT = 20  # proposals of one script in one run; chosen, what a person reads in one sitting

Progress = Callable[[float], None]


class LabelKind(StrEnum):
    """Who said that the script was right."""

    CHOSEN = "chosen"  # the customer, when asked "A ou B?"
    COMPLETED = "completed"  # the customer, by walking it to its end


class Label(NamedTuple):
    """A customer's message and the script that it turned out to be about."""

    pack: str
    script: ScriptId
    text: str
    kind: LabelKind


@dataclass(frozen=True)
class Proposal:
    """New examples for one script and what they would do; accuracies are cross-validated, 0..1."""

    script: ScriptId
    title: str
    examples: tuple[str, ...]
    before: float
    after: float
    own_before: float  # of this script's examples alone
    own_after: float

    def as_json(self) -> dict[str, Any]:
        """Return the proposal as a JSON value."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def stored_labels(store: Store) -> Iterator[Label]:
    """Read the labels of every stored conversation, page by page."""
    for _, events in groupby(_all_events(store), key=lambda event: event.conversation):
        yield from labels_of(events)


def labels_of(events: Iterable[Event]) -> Iterator[Label]:
    """Return the labels of one conversation, whose events come in order."""
    asked_with, begun = "", None
    for event in events:
        if _asks_which(event):
            asked_with = event.text or ""
        elif event.decision == Decision.MATCH:
            begun = _label(event, asked_with)
            if asked_with:
                yield begun._replace(kind=LabelKind.CHOSEN)
            asked_with = ""
        elif begun and _completes(event, begun):
            yield begun
            begun = None


def _completes(event: Event, begun: Label) -> bool:
    return event.state.is_final and event.state.script == begun.script


def _label(begun: Event, asked_with: str) -> Label:
    script = begun.state.script or ScriptId(0)  # a match always has one
    return Label(begun.pack, script, asked_with or begun.text or "", LabelKind.COMPLETED)


def _asks_which(event: Event) -> bool:
    question = event.state.asked
    return event.decision == Decision.CLARIFY and question is not None and question.kind is Asking.WHICH


def propose(
    labels: Iterable[Label], pack: str, shelf: Shelf, kept: Kept, progress: Progress | None = None
) -> list[Proposal]:
    """Return the examples that labels suggest for a pack's scripts, with their cross-validated effect.

    Left out: what a script already says, what is nearly nothing, and whatever holds personal data.
    """
    entries = ranked_entries(pack, shelf, kept)
    known = {fold(example) for entry in entries for example in entry.examples + entry.negative_examples}
    by_script = _new_examples((label for label in labels if label.pack == pack), known)
    wanted = [(entry, by_script[entry.script_id]) for entry in entries if entry.script_id in by_script]
    before = report_on(entries) if wanted else None
    proposals = []
    for done, (entry, examples) in enumerate(wanted, start=1):
        after = report_on([_taught(one, entry, examples) for one in entries])
        own = entry.script_id
        if before:
            proposals.append(
                Proposal(
                    script=ScriptId(own),
                    title=entry.title,
                    examples=tuple(examples),
                    before=before.accuracy,
                    after=after.accuracy,
                    own_before=_share(before.by_script.get(own)),
                    own_after=_share(after.by_script.get(own)),
                )
            )
        if progress:
            progress(done / len(wanted))
    return proposals


def _all_events(store: Store) -> Iterator[Event]:
    after = ""
    while page := store.scan_events(after, _PAGE):
        yield from page
        after = page[-1].id


def _new_examples(labels: Iterable[Label], known: set[str]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for label in labels:
        said = fold(label.text)
        examples = found.setdefault(label.script, [])
        is_new = bool(said) and said not in known and label.text == mask(label.text)
        if is_new and len(label.text) <= _LONGEST_EXAMPLE and len(examples) < _MOST_PER_SCRIPT:
            examples.append(label.text)
            known.add(said)
    return {script: examples for script, examples in found.items() if examples}


def _taught(entry: Entry, pupil: Entry, examples: Sequence[str]) -> Entry:
    return entry._replace(examples=(*entry.examples, *examples)) if entry.script_id == pupil.script_id else entry


def _share(right_of_all: tuple[int, int] | None) -> float:
    right, count = right_of_all or (0, 0)
    return right / count if count else 0.0
