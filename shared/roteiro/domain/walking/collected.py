"""What a script collects as the desk shows it: each slot with its value, where it came from, and what stays hidden."""

from dataclasses import dataclass

from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.script import Script
from roteiro.domain.values.masking import masked
from roteiro.domain.walking.inserting import value_shown

__all__ = ["Collected", "collected", "told"]


@dataclass(frozen=True, slots=True)
class Collected:
    """One slot; `value` is None while nothing is known, `is_filled` tells that from a skipped one."""

    name: str
    label: str
    kind: str
    value: SlotValue  # as it is stored; None also where it is masked
    shown: str  # as people read it, or with most of it hidden
    seq: int | None  # the event whose words filled it
    is_filled: bool
    is_masked: bool


def collected(state: State, script: Script, *, sees_all: bool) -> list[Collected]:
    """Return a script's slots in its order. Health is masked for everybody, other sensitive values unless `sees_all`.

    Source: LGPD 11: data about health are shown only to whoever asks for them on purpose.
    """
    return [_one(name, state, script, sees_all=sees_all) for name in script.slots]


def told(state: State, script: Script, locale: str) -> list[tuple[str, str]]:
    """Return the labels of what the customer told, with the values as they may stand in a summary: masked."""
    known = [name for name in script.slots if state.slots.get(name) is not None]
    values = (_shown(name, state, script, is_masked=_is_secret(name, script)) for name in known)
    return [(script.label(name, locale), value) for name, value in zip(known, values, strict=True)]


def _one(name: str, state: State, script: Script, *, sees_all: bool) -> Collected:
    slot, value = script.slots[name], state.slots.get(name)
    is_masked = value is not None and (slot.is_health or (slot.is_sensitive and not sees_all))
    return Collected(
        name=name,
        label=script.label(name, state.locale),
        kind=slot.kind,
        value=None if is_masked else value,
        shown=_shown(name, state, script, is_masked=is_masked) if name in state.slots else "",
        seq=state.sources.get(name),
        is_filled=name in state.slots,
        is_masked=is_masked,
    )


def _is_secret(name: str, script: Script) -> bool:
    return script.slots[name].is_health or script.slots[name].is_sensitive


def _shown(name: str, state: State, script: Script, *, is_masked: bool) -> str:
    value = state.slots[name]
    if not is_masked:
        return value_shown(name, value, state, script, is_open=True)
    values = value if isinstance(value, list) else [value]
    return ", ".join(masked(script.slots[name].kind, str(one)) for one in values)
