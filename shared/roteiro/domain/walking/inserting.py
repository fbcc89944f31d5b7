"""Values in their places in a script's texts: `{slot}`, `{protocol}`, `{customer_name}`, `{record_id}`, `{summary}`."""

import re
from dataclasses import replace

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.protocol import shown
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values.display import display
from roteiro.domain.values.masking import masked

__all__ = ["insert_values", "summary", "unknown_names", "value_shown"]

_NAME = re.compile(r"\{\{|\{([a-z][a-z0-9_]{0,39})\}")


def insert_values(message: str, state: State, script: Script, result: str = "") -> str:
    """Return a script's text with its names filled; sensitive values are masked, other braces are text.

    `result` is what the action of the text's own step brought.
    Values are said in the language of the text: one that has no translation stays in the script's own throughout.
    """
    if script.is_verbatim:
        return message
    state = replace(state, locale=_tongue(message, state.locale, script))
    known = {
        "protocol": shown(state.protocol),
        "customer_name": state.name,
        "record_id": state.record,
        "result": result,
    }

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return "{"
        if name in script.slots:
            return value_shown(name, state.slots.get(name), state, script)
        return known[name] if name in known else summary(state, script) if name == "summary" else match[0]

    return _NAME.sub(value, message)


def _tongue(message: str, locale: str, script: Script) -> str:
    """Return the language that a script's text is in: the reader's if it was translated, else the script's own."""
    return locale if message in script.translations.get(locale, {}).values() else script.locale


def unknown_names(message: str, script: Script) -> list[str]:
    """Return the names that a text inserts and the script does not have."""
    known = {"protocol", "customer_name", "summary", "record_id", "result", *script.slots}
    return [match[1] for match in _NAME.finditer(message) if match[1] and match[1] not in known]


def summary(state: State, script: Script) -> str:
    """Return what was collected, a line each: "Placa: ABC****"."""
    told = ((name, state.slots[name]) for name in script.slots if state.slots.get(name) is not None)
    lines = [f"{script.label(n, state.locale)}: {value_shown(n, v, state, script)}" for n, v in told]
    return "\n".join(lines) or text("not_informed", state.locale)


def value_shown(name: str, stored: SlotValue, state: State, script: Script, *, is_open: bool = False) -> str:
    """Return a slot's value as people read it; `is_open`: unmasked, for whoever has just written it."""
    if stored is None:
        return text("not_informed", state.locale)
    slot = script.slots[name]
    if slot.is_sensitive and not is_open:
        return ", ".join(masked(slot.kind, str(one)) for one in (stored if isinstance(stored, list) else [stored]))
    names = script.choice_labels(name, state.locale) | {one.id: one.name for one in slot.entities}
    return display(slot.kind, stored, state.locale, names)
