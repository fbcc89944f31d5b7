"""What conversations teach the matcher: messages whose script somebody confirmed, proposed as examples, never added.

A label is read from the events, where it costs nothing to keep and goes when the conversation is erased: the customer
answered our question "A ou B?", or walked the script to its end; an attendant kept the script, or chose another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Candidate, Event
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.domain.turn.wishes import is_yes
from roteiro.matching.entries import Entry
from roteiro.matching.report import Report, report_on
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
    CONFIRMED = "confirmed"  # an attendant, by closing as resolved or handing back with the script as it was
    CORRECTED = "corrected"  # an attendant, by choosing it


_BY_US = frozenset({LabelKind.CONFIRMED, LabelKind.CORRECTED})


class Label(NamedTuple):
    """A customer's message, the script that it turned out to be about, and what the matcher had thought of it."""

    pack: str
    script: ScriptId
    text: str
    kind: LabelKind
    candidates: tuple[Candidate, ...] = ()  # best first, with confidence and evidence

    def as_json(self) -> dict[str, Any]:
        """Return the label as a JSON value, without personal data."""
        thought = [
            {"script": one.script, "confidence": round(one.confidence, 4), "evidence": list(one.evidence)}
            for one in self.candidates
        ]
        return {"script": self.script, "kind": self.kind, "text": mask(self.text), "candidates": thought}


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
    """Return the labels of one conversation, whose events come in order: one for each demand that was confirmed.

    A person of ours knows better than the customer who followed us, and the last word counts.
    """
    demand = _Demand()
    for event in events:
        if _is_demand(event):
            yield from demand.confirmed
            demand = _demand_of(event, demand)
        else:
            demand = _judged(demand, event)
    yield from demand.confirmed


@dataclass(frozen=True)
class _Demand:
    """What a customer came with, and what is known of the script that it is about."""

    event: Event | None = None  # that the matcher was asked about
    script: ScriptId | None = None
    kind: LabelKind | None = None  # None: nobody has confirmed the script
    is_open: bool = False  # we asked "A ou B?"

    @property
    def confirmed(self) -> list[Label]:
        """Return the label, if there is one."""
        event = self.event
        if event is None or self.script is None or self.kind is None or not event.text or is_yes(event.text):
            return []  # a "sim" to a question of ours tells nothing about scripts
        return [Label(event.pack, self.script, event.text, self.kind, event.candidates)]


def _demand_of(event: Event, before: _Demand) -> _Demand:
    """Return the demand that begins; the answer to our question decides about the words that made us ask."""
    if event.decision == Decision.MATCH:
        if before.is_open:
            return replace(before, script=event.state.script, kind=LabelKind.CHOSEN, is_open=False)
        return _Demand(event, event.state.script)
    return _Demand(event, is_open=_asks_which(event))


def _is_demand(event: Event) -> bool:
    """Say whether the matcher was asked about the customer's words."""
    return event.decision in (Decision.MATCH, Decision.OUT_OF_SCOPE) or _asks_which(event)


def _asks_which(event: Event) -> bool:
    question = event.state.asked
    return event.decision == Decision.CLARIFY and question is not None and question.kind is Asking.WHICH


def _judged(demand: _Demand, event: Event) -> _Demand:
    """Return the demand after an event that is no demand of its own."""
    here = event.state.script
    if event.action == "script" and here is not None:
        kind = LabelKind.CONFIRMED if here == demand.script else LabelKind.CORRECTED
        return replace(demand, script=here, kind=kind)
    if here is None or here != demand.script or demand.kind in _BY_US:
        return demand
    if _keeps_script(event):
        return replace(demand, kind=LabelKind.CONFIRMED)
    return replace(demand, kind=demand.kind or LabelKind.COMPLETED) if event.state.is_final else demand


def _keeps_script(event: Event) -> bool:
    """Say whether an attendant let the script be right: handed back to it, or closed as resolved."""
    return event.action == "handback" or (event.action == "close" and event.detail.get("outcome") == "resolved")


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
    if not wanted:
        return []
    before = report_on(entries)
    proposals = []
    for done, (entry, examples) in enumerate(wanted, start=1):
        after = report_on([_taught(one, entry, examples) for one in entries])
        proposals.append(_proposal(entry, examples, before, after))
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


def _proposal(entry: Entry, examples: Iterable[str], before: Report, after: Report) -> Proposal:
    own = entry.script_id
    return Proposal(
        script=ScriptId(own),
        title=entry.title,
        examples=tuple(examples),
        before=before.accuracy,
        after=after.accuracy,
        own_before=_share(before.by_script.get(own)),
        own_after=_share(after.by_script.get(own)),
    )


def _taught(entry: Entry, pupil: Entry, examples: Sequence[str]) -> Entry:
    return entry._replace(examples=(*entry.examples, *examples)) if entry.script_id == pupil.script_id else entry


def _share(right_of_all: tuple[int, int] | None) -> float:
    right, count = right_of_all or (0, 0)
    return right / count if count else 0.0
