"""An analysis without a record: of the organs that were named, or of all in a period, the largest first, in time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product

from roteiro.domain.anomalies.subject import EVER, Subject, labels
from roteiro.domain.anomalies.telling import told
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import is_demo
from roteiro.domain.conversation import State
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values import periods
from roteiro.usecases.coverage import unfound
from roteiro.usecases.inquiries import Reader
from roteiro.usecases.investigating import begin, investigate
from roteiro.usecases.organs import Organ, listed, named_organs, named_periods

__all__ = ["analysed"]

_LOOKING = timedelta(seconds=1)  # kept for reading when it is still to be seen which organs have contracts (chosen)
_SEVERAL = 10  # organs that are named as not read (chosen: one line)
_MOST = 8  # organs times periods that are looked at when they were named (chosen: they are read within two seconds)

_Span = tuple[str, str]
_Pair = tuple[Organ, _Span]


def analysed(state: State, script: Script, reader: Reader, bounds: Bounds, paired: Sequence[_Pair]) -> str:
    """Return what stands out within the call's time, and which organs there was no time for. Nothing is kept.

    `paired` are the organs that were named with their periods, empty where one of both was not named.
    """
    spans = named_periods(state) or [(EVER, reader.clock.now().astimezone(COMPANY_ZONE).date().isoformat())]
    named = named_organs(state, script)
    pairs = list(paired) or [*product(listed(script) if named is None else named, spans)]
    begun, unseen, over = list[Subject](), list[str](), list[_Pair]()
    if named is None:
        begun, unseen = _with_contracts(pairs, reader, bounds)
    else:
        begun, over = [_begun(*pair, reader, bounds) for pair in pairs[:_MOST]], pairs[_MOST:]
    if not begun:
        return "\n".join(_nothing(state, script, spans, reader))
    read = list(_read(begun, reader))
    left = labels(begun, state.locale)[len(read) :] + unseen
    empty = [one.span for one in read if not one.case.whole.contracts]
    limits = [*_limits(read, left, state.locale), *_at_once(over, state.locale)]
    lines = [*limits, *unfound(empty, listed(script), reader, state.locale)]
    return "\n".join([told(read, state.locale), *lines])


def _begun(organ: Organ, span: _Span, reader: Reader, bounds: Bounds) -> Subject:
    return Subject(organ.name, begin(organ.code, *span, reader.ledger, bounds))


def _with_contracts(
    pairs: Sequence[tuple[Organ, _Span]], reader: Reader, bounds: Bounds
) -> tuple[list[Subject], list[str]]:
    """Return the organs that have contracts in a period, the largest sum first, and who was not looked at."""
    begun: list[Subject] = []
    for place, pair in enumerate(pairs):
        if reader.clock.now() >= reader.until - _LOOKING:
            return _by_size(begun), list(dict.fromkeys(unseen.name for unseen, _ in pairs[place:]))
        begun.append(_begun(*pair, reader, bounds))
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
        names = list(dict.fromkeys(left))
        organs = ", ".join([*names[:_SEVERAL], *(["…"] if names[_SEVERAL:] else [])])
        yield text("acting.left_out", locale, organs=organs)
    elif not all(one.case.is_done for one in read):
        yield text("acting.whole_by_investigation", locale)


def _at_once(over: Sequence[_Pair], locale: str) -> Iterator[str]:
    """Yield what was named beyond the most that is looked at in one answer."""
    if over:
        named = [f"{one.name}, {periods.shown('..'.join(span), locale)}" for one, span in over[:_SEVERAL]]
        organs = "; ".join([*named, *(["…"] if over[_SEVERAL:] else [])])
        yield text("acting.most_at_once", locale, most=_MOST, organs=organs)


def _nothing(state: State, script: Script, spans: Sequence[_Span], reader: Reader) -> Iterator[str]:
    """Yield why there is nothing to read, and what there is."""
    sources = reader.ledger.sources()
    if not sources:
        yield text("acting.no_contracts", state.locale)
        return
    is_unknown = named_organs(state, script) is not None
    yield text("acting.unknown_organ" if is_unknown else "acting.none_at_all", state.locale)
    yield from unfound(() if is_unknown else spans, listed(script), reader, state.locale)
    if is_demo(sources):
        yield text("acting.demo", state.locale)
