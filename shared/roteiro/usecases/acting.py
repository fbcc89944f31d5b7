"""What a script's action steps do: put an investigation on record, tell its progress, analyse, give out a report.

Everything is done within the request and goes on in the next one: no thread outlives an answer.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from roteiro.domain.acting import RECORD, Outcome, TakesLonger
from roteiro.domain.anomalies.subject import Subject
from roteiro.domain.anomalies.telling import share_done, told
from roteiro.domain.canonical import canonical
from roteiro.domain.choice import Catalogue
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.unfiltered import names_way
from roteiro.domain.conversation import FileLink, State
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE, stamp
from roteiro.domain.pack import Pack
from roteiro.domain.script import Record, Script
from roteiro.domain.texts import text
from roteiro.domain.values.value import Entity
from roteiro.ports import Clock, Files, Ledger, Printer, Shelf
from roteiro.usecases.analyses import analysed
from roteiro.usecases.coverage import half_read, unfound
from roteiro.usecases.inquiries import Inquiry, Reader, claim, create, find, go_on, withdraw
from roteiro.usecases.investigating import begin
from roteiro.usecases.investigation_reports import Press, printed
from roteiro.usecases.lookups import Spoken, looked_up
from roteiro.usecases.organs import Organ, coded, named_bounds
from roteiro.usecases.pairing import paired
from roteiro.usecases.picking import Wanted, picked

__all__ = ["Deeds", "Means"]

# Of reading in one turn: a third of its six seconds, so that a PDF and a slow store fit (chosen).
_BUDGET = timedelta(seconds=2)
# Of a first try, before anything is shown: of 100 ms until the first event of a stream (specified), most (chosen).
_HURRY = timedelta(seconds=0.06)
_SLOW = frozenset({"lookup:report"})  # printing takes longer than that, measured: 0.2 s
_UNFILTERED = frozenset({RECORD, "lookup:analysis"})  # these read all contracts, however they were bought
_MOST_READ = 4  # organs of one record: four of the largest stay within a document's 900 kB
_ADAPTER = "contracts"
_NAMELESS = Record("REC")  # of a script that makes a record and does not say how it is numbered


def _unheard(_seq: int) -> str:
    return ""


@dataclass(frozen=True)
class Means:
    """What the deeds of one conversation have: its pack, the shelf of records, public contracts, printer and files.

    `message` names what is answered: one message makes one record of a script, however often its turn is decided.
    """

    conversation: ConversationId
    message: str
    catalogue: Catalogue
    shelf: Shelf
    ledger: Callable[[], Ledger]  # opened by the first deed that reads contracts
    clock: Clock
    printer: Printer
    files: Callable[[], Files]
    link_of: Callable[[str], FileLink]  # from a stored file's name
    words: str = ""  # of this turn
    said: Callable[[int], str] = _unheard  # what the customer said in an earlier event


class Deeds:
    """The `Act` of one request: the same deed is done once, however often its turn is decided."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._done: dict[str, Outcome] = {}
        self._claimed: set[str] = set()  # the places at which this request put something on record
        self._budget = _BUDGET

    def __call__(self, action: str, state: State, script: Script) -> Outcome:
        """Do what an action step names. Raises StoreUnavailable; in a hurry also TakesLonger."""
        key = f"{action} {state.locale} {state.record} {_place_of(state, script)}"
        if key not in self._done:
            self._done[key] = self._did(action, state, script) if action in _DEEDS else Outcome()
        return self._done[key]

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Give up what takes longer than a moment while this lasts; what it kept so far stays."""
        self._budget = _HURRY
        try:
            yield
        finally:
            self._budget = _BUDGET
            self.__dict__.pop("reader", None)

    def withdraw(self) -> None:
        """Delete what this request put on record: its turn was refused."""
        for place in self._claimed:
            withdraw(self._means.conversation, place, self._means.shelf)

    @cached_property
    def reader(self) -> Reader:
        """Return what reads contracts; its time begins with the first deed."""
        until: datetime = self._means.clock.now() + self._budget
        return Reader(self._means.shelf, self._means.ledger(), self._means.clock, until)

    @property
    def pack(self) -> Pack:
        """Return the conversation's pack."""
        return self._means.catalogue.pack()

    def put_on_record(self, state: State, script: Script) -> Outcome:
        """Make a record of what was collected, and begin to read what it asks for."""
        means, now = self._means, self._means.clock.now()
        place = canonical([means.message, script.id, script.version])
        number = claim(means.conversation, place, script.completion.record or _NAMELESS, means.shelf, now)
        self._claimed.add(place)
        inquiry, about = find(number, means.conversation, means.shelf), self._about(state, script)
        if inquiry is None or not inquiry.is_about(about):
            inquiry = create(Inquiry(number, about, self._subjects(state, script)), means.shelf, inquiry)
        inquiry = self._further(inquiry)
        unbounded = [text("acting.not_bounded", state.locale)] if self._bounds(state) is None else []
        return Outcome("\n".join([self._record_told(inquiry, state.locale), *unbounded]), number)

    def progress(self, state: State, _script: Script) -> Outcome:
        """Tell how far this conversation's investigation is, after going on with it."""
        inquiry = self._picked(state)
        if isinstance(inquiry, str):
            return Outcome(inquiry)
        inquiry = self._further(inquiry)
        if not inquiry.subjects:
            return Outcome(text("acting.registered", state.locale, number=inquiry.number))
        key = "acting.done" if inquiry.is_done else "acting.doing"
        share = share_done(inquiry.subjects)
        standing = text(key, state.locale, number=inquiry.number, share=share)
        return Outcome(f"{standing}\n{self._told(inquiry, state.locale)}")

    def report(self, state: State, _script: Script) -> Outcome:
        """Give out the report of this conversation's investigation, once all of it is read."""
        means = self._means
        inquiry = self._picked(state)
        if isinstance(inquiry, str):
            return Outcome(inquiry)
        press = Press(means.printer, means.files, means.link_of, self.pack.titled(state.locale), self.reader.ledger)
        return printed(self._further(inquiry), press, state.locale)

    def analysis(self, state: State, script: Script) -> Outcome:
        """Tell what stands out in an organ or a period, without a record."""
        if _ADAPTER not in self.pack.adapters:
            return Outcome()
        bounds = self._bounds(state) or Bounds()
        return Outcome(analysed(state, script, self.reader, bounds, self._pairs(state, script)))

    def contracts(self, state: State, script: Script) -> Outcome:
        """Tell what the words ask of contracts: totals, the largest, suppliers, one of them."""
        if _ADAPTER not in self.pack.adapters:
            return Outcome()
        return Outcome(looked_up(state, script, self.reader, Spoken(self._means.words, self._means.said)))

    def agents(self, state: State, _script: Script) -> Outcome:
        """Name who signs this pack's replies."""
        names = ", ".join(agent.name for agent in self.pack.cast.agents)
        return Outcome(text("acting.agents", state.locale, names=names))

    def _did(self, action: str, state: State, script: Script) -> Outcome:
        is_hurried = self._budget is _HURRY
        if is_hurried and action in _SLOW:
            raise TakesLonger
        outcome = self._warned(_DEEDS[action](self, state, script), action, state.locale)
        if is_hurried and "reader" in self.__dict__ and self.reader.is_late:
            raise TakesLonger
        return outcome

    def _warned(self, outcome: Outcome, action: str, locale: str) -> Outcome:
        """Return what was told of contracts with what it leaves out: ways of buying, files that are half read."""
        if "reader" not in self.__dict__ or not outcome.result:
            return outcome
        lines = [text("lookup.way", locale)] if action in _UNFILTERED and names_way(self._means.words) else []
        if names := half_read(self.reader.ledger):
            lines.append(text("acting.half_read", locale, names=names))
        return replace(outcome, result="\n".join([outcome.result, *lines]))

    def _further(self, inquiry: Inquiry) -> Inquiry:
        return go_on(inquiry, self.reader) if inquiry.subjects else inquiry

    def _about(self, state: State, script: Script) -> dict[str, object]:
        means = self._means
        return {
            "conversation": means.conversation,
            "pack": self.pack.name,
            "protocol": state.protocol,
            "script": script.id,
            "script_version": script.version,
            "slots": dict(state.slots),
            "created_at": stamp(means.clock.now()),
        }

    def _subjects(self, state: State, script: Script) -> tuple[Subject, ...]:
        """Return the organs to read, nothing read yet; none where no contracts were asked for."""
        if _ADAPTER not in self.pack.adapters:
            return ()
        ledger, bounds = self.reader.ledger, self._bounds(state) or Bounds()
        pairs = self._pairs(state, script)[:_MOST_READ]
        return tuple(Subject(one.name, begin(one.code, *span, ledger, bounds)) for one, span in pairs)

    def _pairs(self, state: State, script: Script) -> list[tuple[Organ, tuple[str, str]]]:
        """Return the organs that were named, each with its periods."""
        means = self._means
        return paired(state, script, means.words, means.said, lambda: means.clock.now().astimezone(COMPANY_ZONE).date())

    def _bounds(self, state: State) -> Bounds | None:
        return named_bounds(state, self._means.said, self._means.words)

    def _picked(self, state: State) -> Inquiry | str:
        means = self._means
        return picked(Wanted(means.conversation, state.record, means.words, self._entities, state.locale), means.shelf)

    @property
    def _entities(self) -> list[Entity]:
        return [one for entries in self.pack.lists.values() for one in entries]

    def _record_told(self, inquiry: Inquiry, locale: str) -> str:
        """Return what was found; that a request is on record is said where there was nothing to read."""
        registered = text("acting.registered", locale, number=inquiry.number)
        if not inquiry.subjects:
            return registered
        is_empty = not any(one.case.whole.contracts for one in inquiry.subjects)
        return "\n".join([self._told(inquiry, locale), *([registered] if is_empty else [])])

    def _told(self, inquiry: Inquiry, locale: str) -> str:
        more = [] if inquiry.is_done else [text("acting.go_on", locale)]
        empty = [one.span for one in inquiry.subjects if not one.case.whole.contracts]
        there_is = unfound(empty, coded(self._entities), self.reader, locale) if empty else ()
        return "\n".join([told(inquiry.subjects, locale), *there_is, *more])


_DEEDS: Mapping[str, Callable[[Deeds, State, Script], Outcome]] = {
    RECORD: Deeds.put_on_record,
    "lookup:progress": Deeds.progress,
    "lookup:report": Deeds.report,
    "lookup:analysis": Deeds.analysis,
    "lookup:contracts": Deeds.contracts,
    "lookup:agents": Deeds.agents,
}


def _place_of(state: State, script: Script) -> str:
    """Return where in its conversation a deed is done: it is another one when anything was said or collected since."""
    return canonical([state.protocol, state.count, script.id, script.version, dict(state.slots)])
