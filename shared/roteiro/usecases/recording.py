"""A real conversation as a told one: what was said, masked, and where every turn led."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from roteiro.domain.choice import Catalogue, Decision
from roteiro.domain.conversation import Event, Kind, Status
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.presenting import shown_status
from roteiro.errors import SessionNotFound
from roteiro.ports import Store
from roteiro.prompting.masking import Masks

__all__ = ["recorded"]

_EVERYTHING = 5000  # events; more than a conversation may have
_PAUSE = timedelta(minutes=5)  # shorter ones change nothing that a test sees; chosen
_DEEDS = frozenset({"takeover", "reply", "handback", "close", "script", "step"})
_LONG_NUMBER = re.compile(r"\d{6,}")  # a policy's or an order's, where nobody asked for it; chosen
_Told = dict[str, Any]


def recorded(conversation: ConversationId, store: Store, catalogue: Catalogue) -> _Told:
    """Return a conversation since it began, or began anew, in the form of a test file; collected values are left out.

    Raises SessionNotFound for one that does not exist or was erased.
    """
    events = store.load(conversation, _EVERYTHING)
    if not events or events[-1].state.status is Status.ERASED:
        raise SessionNotFound
    events = [event for event in events if event.seq >= events[-1].state.epoch]
    masks = Masks(dict(_secrets(events, catalogue)))
    is_front = events[0].kind is Kind.MARK
    return {
        "name": f"conversa de {events[0].at.astimezone(COMPANY_ZONE):%d/%m/%Y}",
        "pack": events[0].pack,
        "via": "front" if is_front else "message",
        "clock": events[0].at.astimezone(COMPANY_ZONE).isoformat(timespec="seconds"),
        "turns": list(_turns(events, masks, is_front=is_front)),
    }


def _secrets(events: Sequence[Event], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield what must not be told: names, and values of sensitive slots, each with the kind of its placeholder."""
    for event in events:
        state = event.state
        if state.name:
            yield state.name, "NAME"
        if state.script is not None:
            slots = catalogue.script(state.script, state.version).slots
            hidden = {name for name, slot in slots.items() if slot.is_sensitive or slot.is_health}
            yield from ((str(value), "VALUE") for name, value in state.slots.items() if name in hidden)


def _turns(events: Sequence[Event], masks: Masks, *, is_front: bool) -> Iterator[_Told]:
    """Yield the turns; a late reply of a model tells where its customer's turn led."""
    last: datetime = events[0].at
    for at, event in enumerate(events):
        turn = _turn(event, masks)
        if not turn:
            continue
        if event.at - last >= _PAUSE:
            yield {"clock": f"+{(event.at - last) // timedelta(minutes=1)}m"}
        last = event.at
        yield turn | {"expect": _expected(_led_to(at, events), is_front=is_front)}


def _led_to(at: int, events: Sequence[Event]) -> Event:
    """Return the event that answers the one at this place: itself, or the late reply that covers it."""
    event = events[at]
    if event.kind is not Kind.SAID:
        return event
    replies = (one for one in events[at + 1 :] if one.kind is Kind.REPLY and (one.covers or 0) >= event.seq)
    return next(replies, event)


def _turn(event: Event, masks: Masks) -> _Told:
    if event.text:
        aside = {"ai": True} if event.decision == Decision.ANSWER else {}
        return {"say": _hidden(event.text, masks), **aside}
    if event.kind is Kind.DESK and event.action in _DEEDS:
        return {"desk": {"action": event.action, **_deed(event, masks)}}
    return {}


def _deed(event: Event, masks: Masks) -> _Told:
    """Return what a deed needs to be done again."""
    detail = event.detail
    found: Mapping[str, _Told] = {
        "reply": {"message": _hidden(event.reply or "", masks)},
        "handback": {"message": _hidden(str(detail.get("message") or ""), masks) or None},
        "close": {"outcome": detail.get("outcome")},
        "script": {"script": detail.get("to")},
        "step": {
            "do": detail.get("action"),
            "step": detail.get("step"),
            "message": _hidden(str(detail.get("message") or ""), masks) or None,
        },
    }
    return {name: value for name, value in found.get(event.action, {}).items() if value is not None}


def _hidden(text: str, masks: Masks) -> str:
    return _LONG_NUMBER.sub("<NUMBER>", masks.hide(text))


def _expected(event: Event, *, is_front: bool) -> _Told:
    state = event.state
    status = state.status.value if is_front else shown_status(state)
    expected: _Told = {"script": state.script, "step": state.step, "status": status, "owner": state.owner.value}
    return {"decision": str(event.decision), **expected} if event.decision else expected
