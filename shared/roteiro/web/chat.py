"""The second seed's chat (family B): POST /api/v1/chat/message, and the body that a stream's last event repeats."""

import json
import time
from typing import Any

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event
from roteiro.domain.message import clean
from roteiro.domain.moments import COMPANY_ZONE, stamp
from roteiro.domain.presenting import Presented, presented, shown_slots, shown_status
from roteiro.domain.protocol import is_strong, owner_of, shown
from roteiro.domain.texts import known_tongue
from roteiro.domain.values.periods import year_told
from roteiro.domain.values.told import told
from roteiro.errors import Fault, InvalidRequest
from roteiro.usecases.customer import say
from roteiro.usecases.spoken import spoken_text
from roteiro.usecases.turns import Answer, Words
from roteiro.web.acting import acting, is_demo
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.client_sessions import ChatSession, chat_session
from roteiro.web.counting import admissions_of
from roteiro.web.front import turn_headers
from roteiro.web.house import House
from roteiro.web.protocols import protocol_key

__all__ = ["chat_headers", "chat_words", "message", "message_body", "session_keys"]

_LARGEST_CONTEXT = 4096  # bytes of JSON; documented by the second seed's contract
_DEEPEST_CONTEXT = 4
_ORGANS = "organs"  # name of the pack's list that `metadata.entities` speaks of
_LEAST_SECONDS = 0.001  # a turn is never said to have taken none


def message(call: Call, house: House) -> Reply:
    """Answer a message: match it, or go on with the script that runs."""
    began = time.perf_counter()
    session = chat_session(call, house)
    words = chat_words(session, call, house)
    catalogue = house.catalogue(session.pack)
    with acting(words, call, house) as act:
        answer = say(words, store=house.store, catalogue=catalogue, clock=house.clock, speaker=house.speaker, act=act)
    body = message_body(answer, session, house, began)
    return Reply(body, headers=chat_headers(answer), has_errands=bool(answer.event.outbox))


def chat_headers(answer: Answer) -> dict[str, str]:
    """Return what the product adds to a documented body; the second seed has four words for a status."""
    return turn_headers(answer) | {"Roteiro-Status": shown_status(answer.state)}


def chat_words(session: ChatSession, call: Call, house: House) -> Words:
    """Return what a customer says, once it may be said; an action's id means the message that it stands for."""
    said = clean(call.body.message)
    message_id = call.message_id
    tongue = known_tongue(call.body.locale)
    locale = tongue or call.locale
    pack = house.catalogue(session.pack).pack()
    extra = {**_kept_context(call, pack.context_keys), **_wish(call, house.catalogue(session.pack))}
    return Words(
        session.conversation,
        session.pack,
        pack.cast.meant(said, locale),
        message_id,
        locale,
        may_open=True,
        user=owner_of(session.conversation, call.customer),
        extra=extra,
        admissions=admissions_of(call, house, may_begin=session.is_new),
        seen_seq=-1 if call.body.seen_seq is None else call.body.seen_seq,
        tongue=tongue,
    )


def message_body(answer: Answer, session: ChatSession, house: House, began: float) -> dict[str, Any]:
    """Return the documented body of a turn; `began` is when it began, in seconds of the performance counter."""
    event, state = answer.event, answer.state
    catalogue = house.catalogue(session.pack)
    shows = presented(event, catalogue)
    script = None if state.script is None else catalogue.script(state.script, state.version)
    said = spoken_text(answer, store=house.store, catalogue=catalogue)
    return {
        **session_keys(session, house),
        "message_id": f"{session.conversation}:{event.seq}",
        "agent_id": shows.agent_id,
        "agent_name": shows.agent_name,
        "message": said,
        "response": said,
        "confidence": _confidence(event),
        "suggested_actions": list(shows.suggested_actions),
        "suggestions": list(shows.suggested_actions),
        "follow_up_questions": list(shows.follow_ups),
        "requires_input": dict(shows.requires_input) or None,
        "degraded": bool(event.degraded),
        "replayed": answer.replayed,
        "seq": event.seq,
        "status": shown_status(state),
        "owner": state.owner,
        "script_id": state.script,
        "step": state.step if script else 0,
        "steps": state.steps if script else 0,
        "is_final_step": state.is_final,
        "slots": shown_slots(state, script),
        "links": list(event.detail.get("links", ())),
        "protocol": shown(state.protocol),
        **_number_keys(answer, session, house),
        "metadata": _metadata(event, shows, catalogue, began) | {"is_demo_mode": is_demo(catalogue.pack(), house)},
    }


def session_keys(session: ChatSession, house: House) -> dict[str, Any]:
    """Return the session's id, and its token where it was opened."""
    if not session.is_new:
        return {"session_id": session.shown_id}
    token = house.tokens.sign(session.conversation, session.pack, house.clock.now())
    return {"session_id": session.shown_id, "session_token": token}


def _number_keys(answer: Answer, session: ChatSession, house: House) -> dict[str, str]:
    """Return the key of the protocol number where that was issued."""
    if (answer.opened or session.is_new) and is_strong(session.conversation):
        return {"protocol_key": protocol_key(answer.state.protocol, house)}
    return {}


def _metadata(event: Event, shows: Presented, catalogue: Catalogue, began: float) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "intent_type": shows.intent,
        "processing_time": max(round(time.perf_counter() - began, 4), _LEAST_SECONDS),
        "timestamp": stamp(event.at),
        "cached": bool(event.detail.get("cached")),
        "entities": _entities(event, catalogue),
    }
    return metadata | ({"degraded_reason": event.degraded} if event.degraded else {})


def _entities(event: Event, catalogue: Catalogue) -> dict[str, Any]:
    """Return what this message alone tells; a month takes the year of the period that was collected."""
    organs = catalogue.pack().lists.get(_ORGANS, ())
    year = year_told(event.state.slots.values())
    today = event.at.astimezone(COMPANY_ZONE).date()
    return told(event.text or "", organs, today, year).as_json()


def _confidence(event: Event) -> float:
    """Return the calibrated confidence of a choice; what a running script or a plain wish decided is certain."""
    return round(event.confidence, 4) if event.candidates else 1.0


def _wish(call: Call, catalogue: Catalogue) -> dict[str, str]:
    """Return the agent that a client wishes for, if there is one of that id."""
    wished = catalogue.pack().cast.named(call.body.agent_id or "")
    return {"agent_wish": wished.id} if wished else {}


def _kept_context(call: Call, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return what a client tells beside the message, of the keys that the pack lists. Raises InvalidRequest."""
    told = call.body.context or {}
    if len(json.dumps(told, ensure_ascii=False).encode()) > _LARGEST_CONTEXT:
        raise InvalidRequest(faults=[Fault("context", "too_long", (("limit", str(_LARGEST_CONTEXT)),))])
    if _depth(told) > _DEEPEST_CONTEXT:
        raise InvalidRequest(faults=[Fault("context", "too_deep", (("limit", str(_DEEPEST_CONTEXT)),))])
    kept = {key: told[key] for key in keys if key in told}
    return {"context": kept} if kept else {}


def _depth(value: object) -> int:
    if not isinstance(value, dict | list):
        return 0
    children = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(child) for child in children), default=0)
