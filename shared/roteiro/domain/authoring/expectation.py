"""What a turn showed, by the names that tests use, and how it differs from what was expected."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from roteiro.domain.conversation import Event
from roteiro.domain.patterns import vetted
from roteiro.domain.presenting import Presented

__all__ = ["KEYS", "Difference", "differences", "seen_after"]

_PLAIN = frozenset(
    "decision intent agent suggested_actions script version step steps final status owner answer error history".split()
)
KEYS = _PLAIN | {"slots", "slots_exact", "requires_input", "record", "answer_has", "answer_not"}


class Difference(NamedTuple):
    """One expectation that was not met."""

    key: str
    expected: Any
    got: Any


def seen_after(event: Event, answer: str, shows: Presented, history: int) -> dict[str, Any]:
    """Return what a turn showed: its event, the text the customer read, how a page shows it, the messages so far."""
    state = event.state
    return {
        "decision": event.decision,
        "intent": shows.intent,
        "agent": shows.agent_id,
        "suggested_actions": list(shows.suggested_actions),
        "script": state.script,
        "version": state.version,
        "step": state.step,
        "steps": state.steps if state.script is not None else 0,
        "final": state.is_final,
        "status": state.status.value,
        "owner": state.owner.value,
        "slots": dict(state.slots),
        "requires_input": list(shows.requires_input),
        "record": state.record,
        "answer": answer,
        "history": history,
        "error": None,
    }


def differences(expect: Mapping[str, Any], seen: Mapping[str, Any]) -> list[Difference]:
    """Return every expectation that a turn did not meet; a refusal that nobody expected is one too."""
    if seen.get("error") and "error" not in expect:
        return [Difference("error", None, seen["error"])]
    return [one for key in expect for one in _differing(key, expect[key], seen)]


def _differing(key: str, expected: Any, seen: Mapping[str, Any]) -> Iterator[Difference]:
    if key in _SPECIAL:
        yield from _SPECIAL[key](expected, seen)
    elif not _is_same(expected, seen.get(key)):
        yield Difference(key, expected, seen.get(key))


def _slots(expected: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[Difference]:
    got = seen.get("slots", {})
    for name, value in expected.items():
        if not _is_same(value, got.get(name)):
            yield Difference(f"slots.{name}", value, got.get(name))


def _exact_slots(expected: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[Difference]:
    got = seen.get("slots", {})
    yield from _slots({**dict.fromkeys(got), **expected}, seen)


def _required(expected: list[str] | None, seen: Mapping[str, Any]) -> Iterator[Difference]:
    got = seen.get("requires_input") or []
    if sorted(expected or []) != sorted(got):
        yield Difference("requires_input", expected, got)


def _record(expected: str, seen: Mapping[str, Any]) -> Iterator[Difference]:
    got = str(seen.get("record") or "")
    if not vetted(expected).fullmatch(got):
        yield Difference("record", expected, got)


def _has(expected: str | list[str], seen: Mapping[str, Any]) -> Iterator[Difference]:
    yield from (_answer("answer_has", part, seen) for part in _parts(expected) if not _holds(seen, part))


def _has_not(expected: str | list[str], seen: Mapping[str, Any]) -> Iterator[Difference]:
    yield from (_answer("answer_not", part, seen) for part in _parts(expected) if _holds(seen, part))


def _answer(key: str, part: str, seen: Mapping[str, Any]) -> Difference:
    return Difference(key, part, seen.get("answer", ""))


def _parts(expected: str | list[str]) -> list[str]:
    return [expected] if isinstance(expected, str) else expected


def _holds(seen: Mapping[str, Any], part: str) -> bool:
    return part.casefold() in seen.get("answer", "").casefold()


def _is_same(expected: Any, got: Any) -> bool:
    """Compare a value of a test file with a stored one: a date is its ISO text, a number may be decimal text.

    >>> _is_same("25000", ["25000"]), _is_same(1500, "1500.00"), _is_same(date(2026, 3, 12), "2026-03-12")
    (True, True, True)
    """
    if isinstance(expected, list):
        return isinstance(got, list) and _are_same(expected, got)
    if isinstance(got, list):
        return _are_same([expected], got)
    if isinstance(expected, date):
        return bool(expected.isoformat() == got)
    return _is_same_value(expected, got)


def _are_same(expected: list[Any], got: list[Any]) -> bool:
    return len(expected) == len(got) and all(map(_is_same, expected, got))


def _is_same_value(expected: Any, got: Any) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool):  # True would be 1
        return expected is got
    if isinstance(expected, int | float) and isinstance(got, str):
        return _number(got) == Decimal(str(expected))
    return bool(expected == got)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_SPECIAL: Mapping[str, Callable[[Any, Mapping[str, Any]], Iterator[Difference]]] = {
    "slots": _slots,
    "slots_exact": _exact_slots,
    "requires_input": _required,
    "record": _record,
    "answer_has": _has,
    "answer_not": _has_not,
}
