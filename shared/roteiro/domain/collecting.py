"""What a script collects on the way: values found in the customer's words, and their place in the script's texts.

Slots are optional here: a script never waits for one. Step `n`'s slots are read from the answer to step `n`; slots that
look like nothing else (a plate, a date, an e-mail) from any message, the first one too. One span fills one slot.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from roteiro.domain.choice import Catalogue, Decision
from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.deciding import Verdict
from roteiro.domain.protocol import shown
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values.masking import SENSITIVE, masked
from roteiro.domain.values.parsing import SELF_IDENTIFYING, Hints, Value, parse

__all__ = ["collect", "insert_values", "with_values"]

_NAME = re.compile(r"\{\{|\{([a-z][a-z0-9_]{0,39})\}")


def with_values(verdict: Verdict, before: State, words: str, today: date, catalogue: Catalogue) -> Verdict:
    """Return a verdict whose state holds what the words told, and whose reply has the values in their places."""
    after = verdict.state
    moved = verdict.choice.decision in (Decision.WALK, Decision.MATCH)
    if not moved or after.script is None or verdict.reply is None:
        return verdict
    script = catalogue.script(after.script, after.version)
    if not script.slots:
        return verdict
    answered = before.step if before.script == after.script and not before.is_final else 0
    state = replace(after, slots=collect(after.slots, script, answered, words, today))
    return replace(verdict, state=state, reply=insert_values(verdict.reply, state, script))


def collect(
    filled: Mapping[str, SlotValue], script: Script, answered: int, words: str, today: date
) -> Mapping[str, SlotValue]:
    """Return the slots with what the answer to step `answered` (0: none was asked) fills in them."""
    asked = script.step(answered).collect if answered else ()
    others = [name for name, slot in script.slots.items() if name not in asked and slot.kind in SELF_IDENTIFYING]
    slots, taken = dict(filled), list[Value]()
    for name in (*asked, *(name for name in others if name not in filled)):
        found = parse(script.slots[name].kind, words, Hints(today=today, asked=name in asked))
        if isinstance(found, Value) and not any(found.start < v.end and v.start < found.end for v in taken):
            slots[name] = found.stored
            taken.append(found)
    return slots


def insert_values(message: str, state: State, script: Script) -> str:
    """Return a step's text with `{slot}`, `{protocol}` and `{customer_name}` filled; sensitive values are masked."""
    known = {"protocol": shown(state.protocol), "customer_name": state.name}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return "{"
        return known[name] if name in known else _shown(name, state, script)

    return _NAME.sub(value, message)


def _shown(name: str, state: State, script: Script) -> str:
    stored = state.slots.get(name)
    if stored is None:
        return text("not_informed", state.locale)
    kind = script.slots[name].kind
    if kind in SENSITIVE:
        return masked(kind, str(stored))
    if isinstance(stored, bool):
        return text("yes" if stored else "no", state.locale)
    return f"{date.fromisoformat(str(stored)):%d/%m/%Y}" if kind == "date" else str(stored)
