"""Slots out of a customer's words: the asked ones first, then whatever looks like nothing else.

One span of the text fills one slot; free text takes what the others leave.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.message import fold
from roteiro.domain.script import Script, Slot
from roteiro.domain.values.parsing import SELF_IDENTIFYING, Hints, Problem, find_all, parse
from roteiro.domain.walking.cues import declines
from roteiro.domain.walking.mentions import names_of
from roteiro.domain.walking.walk import Occasion

__all__ = [
    "FREE",
    "LASTING",
    "Found",
    "Reading",
    "Spans",
    "carried",
    "find",
    "joined",
    "read",
    "value_of",
    "with_values",
]

FREE = frozenset({"text", "long_text"})
# What narrows a demand: whoever tried in vain is told so, a second mention replaces it, later words go on with it.
LASTING = frozenset({"entity", "period"})
# Words around a value that are no text of their own.
_INTRODUCING = frozenset(
    "o a os as meu minha meus minhas novo nova numero e eh sao foi agora mudou para pra de do da no na em com tambem "
    "aqui esta este essa esse segue my new is the mi nuevo nueva es el la".split()
)
_SEPARATOR = re.compile(r"[,;.:\n]|\be\b", re.IGNORECASE)

Spans = Collection[tuple[int, int]]


class Found(NamedTuple):
    """What fills a slot, and where in the words it stood."""

    stored: SlotValue
    spans: tuple[tuple[int, int], ...] = ()


class Reading(NamedTuple):
    """The state after the words; which slots they filled or changed; why asked ones stay open.

    `unclear` is a slot that the words want to change without a value that can be read; `spans` are where values stood;
    `tried` tells what is wrong with values of slots that nobody asked for, known ones too: what was told before counts
    no more.
    """

    state: State
    filled: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    problems: Mapping[str, Problem] = {}
    unclear: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    tried: Mapping[str, Problem] = {}


def read(
    state: State, script: Script, words: str, occasion: Occasion, asked: Collection[str], *, begun: bool = False
) -> Reading:
    """Fill slots from a message: the asked ones, then every unfilled one that identifies itself, free text last.

    `begun`: the words demand what the script does, so that a name which may be an entry's is none in passing.
    """
    found, problems, tried = dict[str, SlotValue](), dict[str, Problem](), dict[str, Problem]()
    taken: list[tuple[int, int]] = []
    for name in _sure_first(asked, _unasked(state, script, asked), script):
        slot = script.slots[name]
        said = _left_for(slot, words, taken, list(found), script)
        one = find(slot, said, () if slot.kind in FREE else taken, occasion, asked=name in asked, begun=begun)
        if isinstance(one, Found):
            found[name] = one.stored
            taken += one.spans
        elif one and name in asked:
            problems[name] = one
        elif one and _is_tried(slot, one):
            tried[name] = one
    tried |= _tried_again(state, script, words, taken, occasion, asked)
    after = with_values(state, {**state.slots, **found}, occasion)
    return Reading(after, tuple(found), (), problems, "", tuple(taken), tried)


def _is_tried(slot: Slot, problem: Problem) -> bool:
    return slot.kind in LASTING and problem.code not in ("none", "unknown")


def _tried_again(
    state: State, script: Script, words: str, taken: Spans, occasion: Occasion, asked: Collection[str]
) -> dict[str, Problem]:
    """Return what is wrong with new values of known slots: who names another organ does not mean the one before."""
    known = [name for name in script.slots if state.slots.get(name) is not None and name not in asked]
    lasting = [name for name in known if script.slots[name].kind in LASTING]
    got = {name: find(script.slots[name], words, taken, occasion, asked=False) for name in lasting}
    return {name: one for name, one in got.items() if isinstance(one, Problem) and _is_tried(script.slots[name], one)}


def carried(state: State, old: Script | None, new: Script) -> dict[str, SlotValue]:
    """Return the slots that another script may keep: of the same name and kind, unless either says `reuse: never`."""
    if old is None or old.id == new.id:
        return {}
    kept = [name for name in state.slots if _is_shared(old.slots.get(name), new.slots.get(name))]
    return {name: value for name in kept for value in _shaped(state.slots[name], new.slots[name])}


def _is_shared(was: Slot | None, now: Slot | None) -> bool:
    return was is not None and now is not None and was.kind == now.kind and was.reuse and now.reuse


def _shaped(value: SlotValue, slot: Slot) -> list[SlotValue]:
    """Return a value as another script's slot stores it, in a list of one; empty: that takes one and there are more."""
    if slot.many and isinstance(value, str):
        return [[value]]
    if slot.many or not isinstance(value, list):
        return [value]
    return [value[0]] if len(value) == 1 else []


def joined(before: SlotValue, now: SlotValue) -> SlotValue:
    """Return the values of both, each once, what was told before first: "compara com o ano passado" means two years."""
    if not isinstance(before, list) or not isinstance(now, list):
        return now
    return list(dict.fromkeys([*before, *now]))


def value_of(slot: Slot, words: str, occasion: Occasion) -> SlotValue | Problem:
    """Return what words that are meant for one slot store in it, or why they store nothing."""
    found = find(slot, words, (), occasion, asked=True)
    return found.stored if isinstance(found, Found) else found or Problem("none")


def _sure_first(asked: Collection[str], others: Collection[str], script: Script) -> list[str]:
    """Order slots so that free text comes last and takes what the others leave."""
    return sorted((*asked, *others), key=lambda name: script.slots[name].kind in FREE)


def _unasked(state: State, script: Script, asked: Collection[str]) -> list[str]:
    """Return the open slots of kinds that look like nothing else."""
    open_ = [name for name in script.slots if name not in asked and name not in state.slots]
    return [name for name in open_ if script.slots[name].kind in SELF_IDENTIFYING]


def find(
    slot: Slot, words: str, taken: Spans, occasion: Occasion, *, asked: bool, begun: bool = False
) -> Found | Problem | None:
    """Return what fills a slot and where it stood, or why nothing does; None where other slots took the words.

    Where all entries are meant, a slot that takes several is filled with None: with nothing that narrows it.
    """
    hints = Hints(
        occasion.today,
        asked,
        slot.choices,
        slot.pattern,
        slot.minimum,
        slot.maximum,
        slot.many,
        entities=slot.entities,
        year=occasion.year,
        begun=begun,
    )
    if slot.kind in FREE:
        one = Problem("unknown") if declines(words) else parse(slot.kind, words, hints)
        return one if isinstance(one, Problem) else Found(one.stored)
    free = _blanked(words, taken)
    if not free.strip():
        return None
    one = parse(slot.kind, free, hints)
    if isinstance(one, Problem):
        return _everybody(slot, one, asked=asked)
    return _all_of(slot, free, hints) if slot.many else Found(one.stored, ((one.start, one.end),))


def _everybody(slot: Slot, problem: Problem, *, asked: bool) -> Found | Problem:
    """Return what "all of them" fills: a slot that takes one is not filled by it."""
    if problem.code != "all":
        return problem
    return Found(None) if slot.many else Problem("none") if asked else problem


def _all_of(slot: Slot, words: str, hints: Hints) -> Found:
    values = find_all(slot.kind, words, hints)
    return Found([str(value.stored) for value in values], tuple((value.start, value.end) for value in values))


def _blanked(words: str, taken: Spans) -> str:
    """Return words with what other slots took replaced by blanks, so that places stay what they are."""
    for start, end in taken:
        words = words[:start] + " " * (end - start) + words[end:]
    return words


def _left_for(slot: Slot, words: str, taken: Spans, found: Collection[str], script: Script) -> str:
    """Return the words that a slot may read: for free text what other values leave, if they stand apart.

    "mesa na janela, meu telefone é 11 98765-4321" leaves "mesa na janela"; of "bati ontem na BR" nothing is cut out.
    A message that holds nothing but other values leaves nothing.
    """
    if slot.kind not in FREE or not taken:
        return words
    names = _INTRODUCING.union(*(names_of(name, script) for name in found))
    rest = _rest(words, taken, names)
    stands_apart = any(_stands_apart(words, start, names) for start, _ in taken)
    return rest if not rest or (slot.kind == "text" and stands_apart) else words


def _stands_apart(words: str, start: int, names: Collection[str]) -> bool:
    """Say whether a value is set off from what comes before it: by a mark, by "e", or by its name."""
    before = words[:start].rstrip()
    last = before.split()[-1:]
    is_introduced = bool(last) and fold(last[0]).replace(" ", "") in names
    return not before or is_introduced or _SEPARATOR.search(before[-1:]) is not None


def _rest(words: str, taken: Spans, introducing: Collection[str]) -> str:
    """Return what other values leave of a message, without the words that only introduce them."""
    pieces, at = list[str](), 0
    for start, end in (*sorted(taken), (len(words), len(words))):
        piece = words[at:start].split()
        while piece and fold(piece[-1]).replace(" ", "") in (*introducing, ""):
            piece.pop()
        pieces.append(" ".join(piece).strip(" ,;.:-"))
        at = end
    return " ".join(piece for piece in pieces if piece)


def with_values(state: State, slots: Mapping[str, SlotValue], occasion: Occasion) -> State:
    """Return a state with these slots; the new ones remember this message and have no failed attempts."""
    new = [name for name, value in slots.items() if name not in state.slots or state.slots[name] != value]
    if not new and len(slots) == len(state.slots):
        return state
    sources = {**state.sources, **dict.fromkeys(new, occasion.seq)}
    attempts = {name: count for name, count in state.attempts.items() if name not in new}
    return replace(state, slots=dict(slots), sources=sources, attempts=attempts)
