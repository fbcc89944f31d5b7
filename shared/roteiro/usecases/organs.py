"""The organs that the ledger knows, and what of a conversation says which of them, when, and of which values."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from roteiro.domain.acting import BOUNDS, BOUNDS_BEFORE
from roteiro.domain.contracts.bounds import Bounds, bounds_in
from roteiro.domain.contracts.narrowing import frees, latest_bounds
from roteiro.domain.contracts.pointing import names_company, points_back
from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.script import Script
from roteiro.domain.values.value import Entity

__all__ = ["Organ", "coded", "company_meant", "listed", "named_bounds", "named_organs", "named_periods"]

_ORGAN, _PERIOD, _VALUE, _SUPPLIER = "organ", "period", "value", "supplier"  # slots that scripts about contracts have
_FEW_WORDS = 4  # "e em 2024?" goes on with what was told; more words name it anew (chosen)
_CODE = "siafi_code"  # of a list's entry: the organ's number in the ledger


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ by its id in the pack's list, as people name it, and as the ledger does."""

    id: str
    name: str
    code: str


def coded(entities: Iterable[Entity]) -> list[Organ]:
    """Return the entries of a list that have a code in the ledger."""
    codes = ((one, dict(one.data).get(_CODE, "")) for one in entities)
    return [Organ(one.id, one.name, code) for one, code in codes if code]


def listed(script: Script) -> list[Organ]:
    """Return the organs that a script may be asked about."""
    slot = script.slots.get(_ORGAN)
    return coded(slot.entities if slot else ())


def named_organs(state: State, script: Script) -> list[Organ] | None:
    """Return the organs that were collected, those without a code left out; None if none was asked for."""
    if state.slots.get(_ORGAN) is None:
        return None
    known = {one.id: one for one in listed(script)}
    return [known[key] for key in _several(state.slots.get(_ORGAN)) if key in known]


def named_periods(state: State) -> list[tuple[str, str]]:
    """Return the first and the last day of each period that was collected, in their order."""
    found = (stored.partition("..") for stored in _several(state.slots.get(_PERIOD)))
    return list(dict.fromkeys((first, last) for first, _, last in found))


def named_bounds(state: State, said: Callable[[int], str], words: str, asked: Collection[int] = ()) -> Bounds | None:
    """Return between which values to look; None: amounts were collected, but nothing says how they bound.

    The words of this turn come first. A slot keeps numbers alone: how they compare is in the words that filled it,
    `said` by the event's number. A script without the slot goes by the latest words that named an organ or a period
    which still counts, or that only asked something of them: what was bounded there stays so when "e em março?" changes
    the other. `asked` are further events whose words count so.
    """
    if not _several(state.slots.get(_VALUE)):
        named = _named(state)
        heard = (said(seq) for seq in sorted({*named, *asked, *_bounded(state, said, words)}, reverse=True))
        return latest_bounds(chain([words], heard))
    found = bounds_in(words)
    if not found.is_open or frees(words):
        return found
    found = bounds_in(said(state.sources.get(_VALUE, -1)))
    return None if found.is_open else found


def company_meant(state: State, words: str) -> str:
    """Return the CNPJ of the company that words speak of as one named before, as the ledger has it; else empty.

    Of an organ and a company the one named last is "ela"; "essa empresa" is no organ.
    """
    cnpj = state.slots.get(_SUPPLIER)
    if not isinstance(cnpj, str) or not points_back(words):
        return ""
    is_last = state.sources.get(_SUPPLIER, -1) >= state.sources.get(_ORGAN, -1)
    return "".join(filter(str.isalnum, cnpj)).upper() if is_last or names_company(words) else ""


def _named(state: State) -> set[int]:
    return {state.sources[slot] for slot in (_ORGAN, _PERIOD) if slot in state.sources}


def _bounded(state: State, said: Callable[[int], str], words: str) -> list[int]:
    """Return the events whose words only bounded what was told, unless a whole demand of its own came after them."""
    seqs = [state.sources[name] for name in (BOUNDS, BOUNDS_BEFORE) if name in state.sources]
    latest = max(_named(state), default=-1)
    demand = said(latest) or words  # this turn's are not stored yet
    return [seq for seq in seqs if seq > latest or len(demand.split()) <= _FEW_WORDS]


def _several(stored: SlotValue) -> list[str]:
    if isinstance(stored, list):
        return stored
    return [stored] if isinstance(stored, str) else []
