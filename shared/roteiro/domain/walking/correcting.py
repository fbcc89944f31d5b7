"""Corrections of earlier answers: what is named first, then what can be read, free text only when nothing else can."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.values.parsing import SELF_IDENTIFYING, Problem
from roteiro.domain.walking.cues import compares, corrects, finds_fault
from roteiro.domain.walking.filling import FREE, LASTING, Found, Reading, Spans, find, joined, with_values
from roteiro.domain.walking.mentions import Mention, mentions
from roteiro.domain.walking.walk import Occasion

__all__ = ["reread"]

_TELLING = frozenset("none unknown ambiguous all".split())  # problems that say nothing of what was written
_YES, _NO = frozenset("sim yes si".split()), frozenset("nao no".split())
_ALMOST = frozenset({"wrong_digits"})
_RANK = {"cpf": -1, "cnpj": -1, "cpf_or_cnpj": -1, "money_brl": 1}  # documents first: an amount takes any digits
_SHORT = 4  # words; a longer text after a cue is no plain yes or no
_CUE = re.compile(
    r"^(?:(?:ops|opa|desculpa|desculpe|n[aã]o|no|errei|digitei errado|escrevi errado|me enganei|na verdade|quis dizer|"
    r"eu quis dizer|corrigindo|corrige|corrija|ali[aá]s|sim|mas|s[oó] que|actually|i meant|sorry|en realidad|"
    r"quise decir|me equivoqu[eé])\b[\s,:;.-]*)+",
    re.IGNORECASE,
)
# What stands between a slot's name and its value: "o endereço certo agora é Rua das Rosas, 50".
_LINK = re.compile(
    r"^[\s,:;.-]*(?:(?:cert[oa]|corret[oa]|nov[oa]|agora|mesmo|mudou|foi|é|eh|e|está|esta|para|pra|passa a ser|ficou|"
    r"seria|is|should be|es)\b[\s,:;.-]*)*",
    re.IGNORECASE,
)


# "não tenho a nota" says no of the slot "Nota fiscal", whose name comes last.
_HAVING = re.compile(r"\b(?:(nao|sem|nunca|not|no) )?(?:\w+ )?(?:tenho|tem|ha|possuo|have|tengo|hay)\b|\b(sem)\b")


class _Change(NamedTuple):
    slot: str
    value: SlotValue


def reread(reading: Reading, before: State, script: Script, words: str, occasion: Occasion, *, cued: bool) -> Reading:
    """Return a reading with earlier answers replaced, each by what the words say of it.

    `cued`: the words answer a question about what is wrong. A slot that is named without a value that can be read is
    `unclear`: it has to be asked for.
    """
    told = _Told(before, script, words, occasion, reading)
    named = mentions(words, script, _told_before(told))
    if not (cued or _is_cue(words, named)):
        return _applied(reading, list(_second_values(told)), script, occasion)
    if named:
        return _named_changes(told, named)
    if changes := list(_typed(told)) or list(_newest(told)):
        return _applied(reading, changes, script, occasion)
    return reading if reading.filled else _broken(told)


def _is_cue(words: str, named: Sequence[Mention]) -> bool:
    return corrects(words) or (bool(named) and finds_fault(words))


class _Told(NamedTuple):
    """A message in its place: the state before it, the script, the words, the day, and what was read so far."""

    before: State
    script: Script
    words: str
    occasion: Occasion
    reading: Reading

    def find(self, name: str, words: str, taken: Spans = (), *, asked: bool = True) -> Found | Problem | None:
        """Return what words say for one slot."""
        return find(self.script.slots[name], words, taken, self.occasion, asked=asked)

    def is_new(self, name: str, got: object) -> bool:
        """Say whether a value was found that differs from what was told before."""
        return isinstance(got, Found) and got.stored != self.before.slots.get(name)


def _named_changes(told: _Told, named: Sequence[Mention]) -> Reading:
    """Replace each slot that is named by what is said after its name."""
    read = [(one.slot, _named_value(told, one)) for one in named]
    changes = [got for _, got in read if isinstance(got, _Change) and got.value != told.before.slots.get(got.slot)]
    unread = {slot: got for slot, got in read if isinstance(got, Problem)}
    unclear = "" if changes else next(iter(unread), "")
    reading = told.reading._replace(problems={**told.reading.problems, **unread}, unclear=unclear)
    return _applied(reading, changes, told.script, told.occasion)


def _named_value(told: _Told, one: Mention) -> _Change | Problem:
    """Read a named slot from the part that speaks of it, else, if its kind looks like nothing else, from it all."""
    name, kind = one.slot, told.script.slots[one.slot].kind
    if kind == "bool" and (agreed := _agreed(told.words)) is not None:
        return _Change(name, agreed)
    part = _LINK.sub("", one.said).strip(" ,;.-") if kind in FREE else one.said
    got = told.find(name, part) if part.strip(" ,;.!?") else Problem("none")
    if not isinstance(got, Found) and kind in SELF_IDENTIFYING:
        got = told.find(name, told.words)
    return _Change(name, got.stored) if isinstance(got, Found) else got or Problem("none")


def _agreed(words: str) -> bool | None:
    """Return what words that name a yes-or-no slot say of it: "não tenho a nota", "não, é sim a nota"."""
    if having := _HAVING.search(fold(words)):
        return not any(having.groups())
    rest = set(fold(_CUE.sub("", words)).split())
    return True if rest & _YES else False if rest & _NO else None


def _typed(told: _Told) -> Iterator[_Change]:
    """Yield the values of kinds that look like nothing else: one per kind, for the newest answer of it."""
    taken = list(told.reading.spans)
    for name in _one_per_kind(told):
        got = told.find(name, told.words, taken)
        if isinstance(got, Problem) and got.code in _ALMOST:
            return  # a document with a wrong digit is no amount of money
        if isinstance(got, Found) and told.is_new(name, got):
            taken += got.spans
            yield _Change(name, got.stored)


def _newest(told: _Told) -> Iterator[_Change]:
    """Yield what follows the cue as the newest answer, if that is free text, or the rest is as short as an answer."""
    newest = _newest_first(told)
    if told.reading.filled or not newest:
        return
    is_free = told.script.slots[newest[0]].kind in FREE
    rest = _CUE.sub("", told.words).strip()
    rest = _LINK.sub("", rest) if is_free else rest
    got = told.find(newest[0], rest) if rest and (is_free or len(rest.split()) <= _SHORT) else None
    if isinstance(got, Found) and told.is_new(newest[0], got):
        yield _Change(newest[0], got.stored)


def _second_values(told: _Told) -> Iterator[_Change]:
    """Yield new values of kinds that a second mention replaces without any cue: "contratos da saúde em 2024"."""
    taken = list(told.reading.spans)
    for name in _newest_first(told):
        if told.script.slots[name].kind in LASTING:  # "e em março?" needs no "na verdade" (specs: correction)
            got = told.find(name, told.words, taken, asked=False)
            if isinstance(got, Found) and got.stored is not None and told.is_new(name, got):
                before = told.before.slots[name] if compares(told.words) else None
                taken += got.spans
                yield _Change(name, joined(before, got.stored))


def _broken(told: _Told) -> Reading:
    """Return the slot whose kind the words try to write and fail as unclear: a CPF with a wrong digit."""
    for name in _one_per_kind(told):
        got = told.find(name, told.words)
        if isinstance(got, Problem) and got.code not in _TELLING:
            return told.reading._replace(problems={**told.reading.problems, name: got}, unclear=name)
    return told.reading


def _told_before(told: _Told) -> list[str]:
    """Return the slots that were filled or skipped before this message."""
    return [name for name in told.script.slots if name in told.before.slots and name not in told.reading.filled]


def _newest_first(told: _Told) -> list[str]:
    answered = [name for name in _told_before(told) if told.before.slots[name] is not None]
    return sorted(answered, key=lambda name: -told.before.sources.get(name, 0))


def _one_per_kind(told: _Told) -> list[str]:
    """Return the newest slot of each kind that looks like nothing else, and every choice."""
    first: dict[str, str] = {}
    for name in _newest_first(told):
        kind = told.script.slots[name].kind
        if kind in SELF_IDENTIFYING:
            first.setdefault(name if kind == "choice" else kind, name)
    return sorted(first.values(), key=lambda name: _RANK.get(told.script.slots[name].kind, 0))


def _applied(reading: Reading, changes: list[_Change], script: Script, occasion: Occasion) -> Reading:
    """Put changes in their places; what corrected a slot was not meant for an open one that takes anything."""
    if not changes:
        return reading
    swallowed = [name for name in reading.filled if script.slots[name].kind in FREE]
    slots = {name: value for name, value in reading.state.slots.items() if name not in swallowed}
    state = with_values(reading.state, slots | {one.slot: one.value for one in changes}, occasion)
    filled = tuple(name for name in reading.filled if name not in swallowed)
    return reading._replace(state=state, filled=filled, changed=tuple(one.slot for one in changes))
