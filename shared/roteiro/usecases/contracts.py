"""Monthly files of public contracts into the ledger: in batches, again without harm, bad lines told and passed over."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from roteiro.domain.contracts.reading import record_of
from roteiro.domain.contracts.records import DEMO, Counts, Record, Source, is_demo
from roteiro.domain.contracts.table import Line, Table
from roteiro.domain.moments import stamp
from roteiro.domain.texts import text
from roteiro.errors import Fault
from roteiro.ports import Clock, Ledger, Progress

__all__ = ["BadLine", "Imported", "import_contracts", "load_sample"]

_BATCH = 500  # records of one write: a SQLite transaction of some 10 ms, one MongoDB insert (chosen)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was passed over, and why; its path is the column's title."""

    file: str
    line: int
    fault: Fault

    def sentence(self, locale: str) -> str:
        """Return the reason as people read it, after the column it is about."""
        said = text(f"fault.{self.fault.code}", locale, **dict(self.fault.facts))
        return f"{self.fault.path}: {said}" if self.fault.path else said


@dataclass(slots=True)
class Imported:
    """What came of an import: counts by file name, and how many lines of it were bad."""

    counts: dict[str, Counts] = field(default_factory=dict)
    bad: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        """Return the counts of all files together."""
        return sum(self.counts.values(), Counts())


@dataclass(frozen=True, slots=True)
class _Office:
    """What an import works with; ids begin with `prefix`."""

    ledger: Ledger
    clock: Clock
    told: Callable[[BadLine], None]
    prefix: str = ""


def import_contracts(
    tables: Sequence[Table],
    ledger: Ledger,
    clock: Clock,
    told: Callable[[BadLine], None],
    progress: Progress,
) -> Imported:
    """Keep what tables hold; `told` hears each bad line, `progress` the share of bytes read.

    The synthetic sample goes before the first real contract comes: nobody shall take one for the other, at no moment
    and however the import ends.
    """
    imported = _read_all(tables, _Office(ledger, clock, told), progress)
    if imported.total != Counts():
        _forget_sample(ledger)  # again: a server that started meanwhile may have put it back
    return imported


def load_sample(
    tables: Sequence[Table], ledger: Ledger, clock: Clock, told: Callable[[BadLine], None], progress: Progress
) -> Imported:
    """Keep the synthetic sample of a pack, marked as such; nothing is done once there are real contracts."""
    known = ledger.sources()
    if known and not is_demo(known):
        return Imported()
    return _read_all(tables, _Office(ledger, clock, told, DEMO), progress)


def _forget_sample(ledger: Ledger) -> None:
    if any(source.is_demo for source in ledger.sources()):
        ledger.forget(DEMO)


def _read_all(tables: Sequence[Table], office: _Office, progress: Progress) -> Imported:
    imported = Imported()
    whole, before = sum(table.size for table in tables) or 1, 0
    for table in tables:
        _read(table, _heard(table.lines(), before, whole, progress), office, imported)
        before += table.size
    progress(1.0)
    return imported


def _heard(lines: Iterable[Line], before: int, whole: int, progress: Progress) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        if count % _BATCH == 0:
            progress(min((before + line.done) / whole, 1.0))
        yield line


def _read(table: Table, lines: Iterable[Line], office: _Office, imported: Imported) -> None:
    counts, bad = Counts(), 0
    batch: list[Record] = []
    for line in lines:
        found = line.fault or record_of(table.kind, line.cells, table.edition, office.prefix)
        if isinstance(found, Fault):
            bad += 1
            office.told(BadLine(table.name, line.number, found))
            continue
        batch.append(found)
        if len(batch) == _BATCH:
            counts += _kept(batch, table, office, is_first=counts == Counts())
            batch = []
    counts += _kept(batch, table, office, is_first=counts == Counts())
    imported.counts[table.name] = imported.counts.get(table.name, Counts()) + counts
    imported.bad[table.name] = imported.bad.get(table.name, 0) + bad
    if rows := imported.counts[table.name].rows:
        office.ledger.note_source(Source(table.name, stamp(office.clock.now()), rows, bool(office.prefix)))


def _kept(batch: Sequence[Record], table: Table, office: _Office, *, is_first: bool) -> Counts:
    """Keep records; before a file's first ones, what they are is on record, so that none is ever taken for another."""
    if batch and is_first:
        if not office.prefix:
            _forget_sample(office.ledger)
        office.ledger.note_source(Source(table.name, stamp(office.clock.now()), 0, bool(office.prefix)))
    return office.ledger.put_many(batch)
