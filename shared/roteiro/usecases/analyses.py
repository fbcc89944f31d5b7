"""An analysis without a record: of the organs that were named, or of all in a period, the largest first, in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from roteiro.domain.anomalies.telling import EVER, Subject, told
from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.usecases.inquiries import Reader
from roteiro.usecases.investigating import begin, investigate

__all__ = ["Organ", "analysed", "named_organs", "named_period"]

_ORGAN, _PERIOD = "organ", "period"  # the slots that every script about contracts has
_CODE = "siafi_code"  # of a list's entry: the organ's number in the ledger
_LOOKING = timedelta(seconds=1)  # kept for reading when it is still to be seen which organs have contracts (chosen)
_SEVERAL = 10  # organs that are named as not read (chosen: one line)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ by its id in the pack's list, as people name it, and as the ledger does."""

    id: str
    name: str
    code: str


def named_organs(state: State, script: Script) -> list[Organ]:
    """Return the organs that were collected, in their order; one without a code in the ledger is left out."""
    known = {one.id: one for one in _listed(script)}
    return [known[key] for key in _several(state.slots.get(_ORGAN)) if key in known]


def named_period(state: State) -> tuple[str, str] | None:
    """Return the first and the last day that were collected; None if no period was."""
    for stored in _several(state.slots.get(_PERIOD)):
        first, _, last = stored.partition("..")
        return first, last
    return None


def analysed(state: State, script: Script, reader: Reader) -> str:
    """Return what stands out within the call's time, and which organs there was no time for. Nothing is kept."""
    period = named_period(state) or (EVER, reader.clock.now().astimezone(COMPANY_ZONE).date().isoformat())
    if state.slots.get(_ORGAN) is None:
        begun, unseen = _with_contracts(_listed(script), period, reader)
    else:
        begun, unseen = [_begun(one, period, reader) for one in named_organs(state, script)], []
    if not begun:
        return _nothing(state, reader)
    read = list(_read(begun, reader))
    left = [one.name for one in begun[len(read) :]] + unseen
    return "\n".join([told(read, state.locale), *_limits(read, left, state.locale)])


def _listed(script: Script) -> list[Organ]:
    slot = script.slots.get(_ORGAN)
    coded = ((one, dict(one.data).get(_CODE, "")) for one in (slot.entities if slot else ()))
    return [Organ(one.id, one.name, code) for one, code in coded if code]


def _several(stored: SlotValue) -> list[str]:
    if isinstance(stored, list):
        return stored
    return [stored] if isinstance(stored, str) else []


def _begun(organ: Organ, period: tuple[str, str], reader: Reader) -> Subject:
    return Subject(organ.name, begin(organ.code, *period, reader.ledger))


def _with_contracts(
    organs: Sequence[Organ], period: tuple[str, str], reader: Reader
) -> tuple[list[Subject], list[str]]:
    """Return the organs that have contracts in a period, the largest sum first, and who was not looked at."""
    begun: list[Subject] = []
    for place, one in enumerate(organs):
        if reader.clock.now() >= reader.until - _LOOKING:
            return _by_size(begun), [unseen.name for unseen in organs[place:]]
        begun.append(_begun(one, period, reader))
    return _by_size(begun), []


def _by_size(subjects: Sequence[Subject]) -> list[Subject]:
    some = [one for one in subjects if one.case.whole.contracts]
    return sorted(some, key=lambda one: one.case.whole.cents, reverse=True)


def _read(begun: Sequence[Subject], reader: Reader) -> Iterator[Subject]:
    for one in begun:
        yield replace(one, case=investigate(one.case, reader.ledger, lambda: reader.is_late))
        if reader.is_late:
            return


def _limits(read: Sequence[Subject], left: Sequence[str], locale: str) -> Iterator[str]:
    if left:
        yield text("acting.left_out", locale, organs=", ".join([*left[:_SEVERAL], *(["…"] if left[_SEVERAL:] else [])]))
    elif not all(one.case.is_done for one in read):
        yield text("acting.whole_by_investigation", locale)


def _nothing(state: State, reader: Reader) -> str:
    """Return why there is nothing to read."""
    if not reader.ledger.sources():
        return text("acting.no_contracts", state.locale)
    key = "acting.none_at_all" if state.slots.get(_ORGAN) is None else "acting.unknown_organ"
    return text(key, state.locale)
