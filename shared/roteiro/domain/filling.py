"""Slots out of a customer's words: the asked ones first, then whatever looks like nothing else, then corrections.

One span of the text fills one slot; free text takes what is left of it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.cues import corrects
from roteiro.domain.message import fold
from roteiro.domain.script import Script, Slot
from roteiro.domain.values.parsing import SELF_IDENTIFYING, Hints, Problem, find_all, parse
from roteiro.domain.walk import Occasion

__all__ = ["Reading", "carried", "read", "reread"]

_FREE = frozenset({"text", "long_text"})
_REPLACED_BY_A_SECOND = frozenset({"entity", "period"})  # "e em março?" needs no "na verdade" (specs: correction)
# Words around a value that are no text of their own.
_INTRODUCING = frozenset(
    "o a os as meu minha meus minhas novo nova numero e eh sao foi agora mudou para pra de do da no na em com tambem "
    "aqui esta este essa esse segue my new is the mi nuevo nueva es el la".split()
)
_CUE = re.compile(
    r"^(?:(?:ops|opa|desculpa|desculpe|n[aã]o|no|errei|digitei errado|escrevi errado|me enganei|na verdade|quis dizer|"
    r"eu quis dizer|corrigindo|corrige|corrija|o certo|o correto|o nome certo|actually|i meant|sorry|en realidad|"
    r"quise decir|me equivoqu[eé])\b[\s,:;.-]*)+(?:(?:[ée]|eh|foi|is|it's|es)\s+)?",
    re.IGNORECASE,
)


_Spans = Collection[tuple[int, int]]


class _Found(NamedTuple):
    stored: SlotValue
    spans: tuple[tuple[int, int], ...] = ()


class Reading(NamedTuple):
    """The state after the words; which slots they filled or changed; why asked ones stay open."""

    state: State
    filled: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: Mapping[str, Problem] = {}


def read(state: State, script: Script, words: str, occasion: Occasion, asked: Collection[str]) -> Reading:
    """Fill slots from a message: the asked ones, then every unfilled one that identifies itself."""
    found, problems = dict[str, SlotValue](), dict[str, Problem]()
    taken: list[tuple[int, int]] = []
    for name in (*_sure_first(asked, script), *_unasked(state, script, asked)):
        slot = script.slots[name]
        labels = [script.slots[other].label for other in found]
        said = _rest(words, taken, labels) if slot.kind in _FREE else words
        one = _find(slot, said, taken, occasion, asked=name in asked)
        if isinstance(one, _Found):
            found[name] = one.stored
            taken += one.spans
        elif one and name in asked:
            problems[name] = one
    return Reading(_with(state, found, occasion), tuple(found), (), problems)


def reread(reading: Reading, before: State, script: Script, words: str, occasion: Occasion, *, cued: bool) -> Reading:
    """Replace an earlier answer that the words correct: any slot after a cue ("na verdade…"), else only some kinds."""
    is_cued = cued or corrects(words)
    for name in _correctable(before, script, words, is_cued=is_cued):
        slot = script.slots[name]
        said = _after_cue(words) if slot.kind in _FREE else words
        one = _find(slot, said, (), occasion, asked=is_cued)
        if name not in reading.filled and isinstance(one, _Found) and one.stored != before.slots[name]:
            return _corrected(reading, script, name, one.stored, occasion)
    return reading


def _corrected(reading: Reading, script: Script, name: str, value: SlotValue, occasion: Occasion) -> Reading:
    """Replace a value; what corrected it was not meant for an open slot of a kind that takes anything."""
    filled = tuple(one for one in reading.filled if script.slots[one].kind not in _FREE)
    swallowed = set(reading.filled) - set(filled)
    kept = {one: stored for one, stored in reading.state.slots.items() if one not in swallowed}
    state = _with(replace(reading.state, slots=kept), {name: value}, occasion)
    return Reading(state, filled, (name,), reading.problems)


def carried(state: State, old: Script | None, new: Script) -> dict[str, SlotValue]:
    """Return the slots that another script may keep: of the same name and kind, unless either says `reuse: never`."""
    if old is None or old.id == new.id:
        return {}
    both = {name: (old.slots[name], new.slots[name]) for name in state.slots if name in old.slots and name in new.slots}
    kept = [name for name, (was, now) in both.items() if was.kind == now.kind and was.reuse and now.reuse]
    return {name: state.slots[name] for name in kept}


def _sure_first(asked: Collection[str], script: Script) -> list[str]:
    """Put free text last: it takes what the others leave."""
    return sorted(asked, key=lambda name: script.slots[name].kind in _FREE)


def _unasked(state: State, script: Script, asked: Collection[str]) -> list[str]:
    """Return the open slots of kinds that look like nothing else."""
    open_ = [name for name in script.slots if name not in asked and name not in state.slots]
    return [name for name in open_ if script.slots[name].kind in SELF_IDENTIFYING]


def _find(slot: Slot, words: str, taken: _Spans, occasion: Occasion, *, asked: bool) -> _Found | Problem | None:
    """Return what fills a slot and where it stood, or why nothing does; None where another slot took the place."""
    hints = Hints(occasion.today, asked, slot.choices, slot.pattern, slot.minimum, slot.maximum, slot.many)
    one = parse(slot.kind, words, hints)
    if isinstance(one, Problem):
        return one
    if slot.kind in _FREE:
        return _Found(one.stored)
    values = find_all(slot.kind, words, hints) if slot.many else [one]
    free = [v for v in values if not any(v.start < end and start < v.end for start, end in taken)]
    if not free:
        return None
    stored = [str(value.stored) for value in free] if slot.many else free[0].stored
    return _Found(stored, tuple((value.start, value.end) for value in free))


def _rest(words: str, taken: Collection[tuple[int, int]], labels: Collection[str]) -> str:
    """Return what the other values leave of a message, without the words that only introduce them.

    "moro na Rua A, 40, e o telefone é 11 98765-4321" leaves "moro na Rua A, 40".
    """
    if not taken:
        return words
    introducing = _INTRODUCING.union(*(fold(label).split() for label in labels))  # "e-mail" folds to two words
    pieces, at = list[str](), 0
    for start, end in (*sorted(taken), (len(words), len(words))):
        piece = words[at:start].split()
        while piece and set(fold(piece[-1]).split()) <= introducing:
            piece.pop()
        pieces.append(" ".join(piece).strip(" ,;.:-"))
        at = end
    return " ".join(piece for piece in pieces if piece)


def _correctable(state: State, script: Script, words: str, *, is_cued: bool) -> Iterator[str]:
    """Yield the filled slots that words may correct: those they name first, then the newest answer first."""
    filled = [name for name in script.slots if state.slots.get(name) is not None]
    said = f" {fold(words)} "
    named = [name for name in filled if f" {fold(script.slots[name].label)} " in said]
    newest = sorted(filled, key=lambda name: -state.sources.get(name, 0))
    for name in dict.fromkeys([*named, *newest]):
        kind = script.slots[name].kind
        may = name in named or kind in SELF_IDENTIFYING or name == newest[0]
        if (is_cued and may) or kind in _REPLACED_BY_A_SECOND:
            yield name


def _after_cue(words: str) -> str:
    """Return what follows the cue: "na verdade, é Ana" tells "Ana"."""
    return _CUE.sub("", words).strip()


def _with(state: State, found: Mapping[str, SlotValue], occasion: Occasion) -> State:
    if not found:
        return state
    sources = {**state.sources, **dict.fromkeys(found, occasion.seq)}
    attempts = {name: count for name, count in state.attempts.items() if name not in found}
    return replace(state, slots={**state.slots, **found}, sources=sources, attempts=attempts)
