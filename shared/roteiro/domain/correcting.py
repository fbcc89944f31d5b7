"""Corrections of earlier answers: what is named first, then what can be read, free text only when nothing else can."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.cues import corrects, finds_fault
from roteiro.domain.filling import FREE, Found, Reading, find, with_values
from roteiro.domain.mentions import mentions
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.values.parsing import SELF_IDENTIFYING, Problem
from roteiro.domain.walk import Occasion

__all__ = ["reread"]

_REPLACED_BY_A_SECOND = frozenset({"entity", "period"})  # "e em março?" needs no "na verdade" (specs: correction)
_TELLING = frozenset("none unknown ambiguous".split())  # problems that say nothing of what was written
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
    spans: tuple[tuple[int, int], ...] = ()


def reread(reading: Reading, before: State, script: Script, words: str, occasion: Occasion, *, cued: bool) -> Reading:
    """Return a reading with earlier answers replaced, each by what the words say of it.

    `cued`: the words answer a question about what is wrong. A slot that is named without a value that can be read is
    `unclear`: it has to be asked for.
    """
    filled = [name for name in script.slots if name in before.slots and name not in reading.filled]
    named = [one for one in mentions(words, script, filled) if one.slot]
    is_cued = cued or corrects(words) or (bool(named) and finds_fault(words))
    if not is_cued:
        return _applied(reading, list(_second_values(reading, before, script, words, occasion)), script, occasion)
    changes: list[_Change] = []
    unclear = ""
    problems = dict(reading.problems)
    for one in named:
        got = _named_value(script, one.slot, one.said, words, occasion)
        if isinstance(got, Problem):
            unclear, problems[one.slot] = unclear or one.slot, got
        elif got.value != before.slots[one.slot]:
            changes.append(got)
    if not named:
        changes = list(_unnamed(reading, before, script, words, occasion))
        unclear = "" if changes or reading.filled else _broken(before, script, words, occasion, problems)
    return _applied(reading._replace(problems=problems, unclear="" if changes else unclear), changes, script, occasion)


def _named_value(script: Script, name: str, said: str, words: str, occasion: Occasion) -> _Change | Problem:
    """Read a named slot from the part that speaks of it, else, if its kind looks like nothing else, from it all."""
    slot = script.slots[name]
    if slot.kind == "bool" and (said_of_it := _HAVING.search(fold(words))):
        return _Change(name, not any(said_of_it.groups()))
    part = _LINK.sub("", said).strip(" ,;.-") if slot.kind in FREE else said
    got = find(slot, part, (), occasion, asked=True) if part.strip(" ,;.!?") else Problem("none")
    if not isinstance(got, Found) and slot.kind in SELF_IDENTIFYING:
        got = find(slot, words, (), occasion, asked=True)
    if isinstance(got, Found):
        return _Change(name, got.stored, got.spans)
    return got or Problem("none")


def _unnamed(reading: Reading, before: State, script: Script, words: str, occasion: Occasion) -> Iterator[_Change]:
    """Yield what the words say of slots that they do not name: one per kind, the newest answer of it."""
    newest = _newest_first(before, script, reading.filled)
    taken = list(reading.spans)
    found = False
    for name in _one_per_kind(newest, script):
        got = find(script.slots[name], words, taken, occasion, asked=True)
        if isinstance(got, Found) and got.stored != before.slots[name]:
            found = True
            taken += got.spans
            yield _Change(name, got.stored, got.spans)
        elif isinstance(got, Problem) and got.code in _ALMOST:
            return  # a document with a wrong digit is no amount of money
    if found or reading.filled or not newest:
        return
    slot, rest = script.slots[newest[0]], _CUE.sub("", words).strip()
    rest = _LINK.sub("", rest) if slot.kind in FREE else rest
    is_telling = slot.kind in FREE or len(rest.split()) <= _SHORT
    got = find(slot, rest, (), occasion, asked=True) if rest and is_telling else None
    if isinstance(got, Found) and got.stored != before.slots[newest[0]]:
        yield _Change(newest[0], got.stored)


def _second_values(
    reading: Reading, before: State, script: Script, words: str, occasion: Occasion
) -> Iterator[_Change]:
    """Yield new values of kinds that a second mention replaces without any cue."""
    for name in _newest_first(before, script, reading.filled):
        slot = script.slots[name]
        got = find(slot, words, reading.spans, occasion, asked=False) if slot.kind in _REPLACED_BY_A_SECOND else None
        if isinstance(got, Found) and got.stored != before.slots[name]:
            yield _Change(name, got.stored, got.spans)
            return


def _broken(before: State, script: Script, words: str, occasion: Occasion, problems: dict[str, Problem]) -> str:
    """Return the slot whose kind the words try to write and fail: a CPF with a wrong digit; empty if none."""
    for name in _one_per_kind(_newest_first(before, script, ()), script):
        got = find(script.slots[name], words, (), occasion, asked=True)
        if isinstance(got, Problem) and got.code not in _TELLING:
            problems[name] = got
            return name
    return ""


def _newest_first(state: State, script: Script, without: tuple[str, ...]) -> list[str]:
    told = [name for name in script.slots if state.slots.get(name) is not None and name not in without]
    return sorted(told, key=lambda name: -state.sources.get(name, 0))


def _one_per_kind(names: list[str], script: Script) -> list[str]:
    """Return the newest slot of each kind that looks like nothing else, or is a choice."""
    first: dict[str, str] = {}
    for name in names:
        kind = script.slots[name].kind
        if kind in SELF_IDENTIFYING:
            first.setdefault(name if kind == "choice" else kind, name)
    return sorted(first.values(), key=lambda name: _RANK.get(script.slots[name].kind, 0))


def _applied(reading: Reading, changes: list[_Change], script: Script, occasion: Occasion) -> Reading:
    """Put changes in their places; what corrected a slot was not meant for an open one that takes anything."""
    if not changes:
        return reading
    swallowed = [name for name in reading.filled if script.slots[name].kind in FREE]
    slots = {name: value for name, value in reading.state.slots.items() if name not in swallowed}
    state = with_values(reading.state, slots | {one.slot: one.value for one in changes}, occasion)
    filled = tuple(name for name in reading.filled if name not in swallowed)
    return reading._replace(state=state, filled=filled, changed=tuple(one.slot for one in changes))
