"""Finished investigations that an instance remembers: public contracts alone, for as long as no file is imported."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Source
from roteiro.ports import Ledger

__all__ = ["Asked", "asked", "recall", "remember"]

_MOST = 64  # investigations, of 200 findings at most: some 10 MB if all are that large (chosen)


class Asked(NamedTuple):
    """What was asked, and of which files: an import changes them when it begins and when it ends."""

    organ: str
    start: str
    end: str
    bounds: Bounds
    sources: tuple[Source, ...]


_memories: WeakKeyDictionary[Ledger, OrderedDict[Asked, Investigation]] = WeakKeyDictionary()
_lock = Lock()


def asked(case: Investigation, ledger: Ledger) -> Asked | None:
    """Return what an investigation asks of the ledger as it is; None while its contracts may still change."""
    sources = tuple(ledger.sources())
    if not sources or not all(source.rows for source in sources):
        return None
    return Asked(case.organ, case.start, case.end, case.bounds, sources)


def recall(key: Asked | None, ledger: Ledger) -> Investigation | None:
    """Return the finished investigation, if this instance made it."""
    if key is None:
        return None
    with _lock:
        memory = _memories.get(ledger, OrderedDict())
        if key in memory:
            memory.move_to_end(key)
        return memory.get(key)


def remember(key: Asked | None, case: Investigation, ledger: Ledger) -> None:
    """Keep a finished investigation, unless a file was imported since `key` was made; the one asked least goes."""
    if key is None or key != asked(case, ledger):
        return
    with _lock:
        memory = _memories.setdefault(ledger, OrderedDict())
        memory[key] = case
        while len(memory) > _MOST:
            memory.popitem(last=False)
