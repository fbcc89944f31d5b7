"""What attendants read over HTTP: the queue with one cheap poll, and a conversation with all that explains it."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from roteiro.domain.conversation import Candidate, Event, Head, Kind, State, Status, head_of
from roteiro.domain.desk.queue import Only
from roteiro.domain.desk.summary import summary
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import stamp
from roteiro.domain.protocol import shown
from roteiro.domain.script import Script
from roteiro.domain.walking.collected import collected
from roteiro.errors import Fault, InvalidRequest
from roteiro.prompting.masking import mask
from roteiro.usecases.desk import Desk, note_reading, opened
from roteiro.usecases.heads import repair
from roteiro.usecases.queue import COLUMNS, Line, Listed, Page, Wish, line_of, read_page, script_of
from roteiro.usecases.review import Window, find_choice, newest_of, read_window, wanted
from roteiro.web.admission import attendant_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["get_conversation", "get_queue"]

_PAGE, _MOST = 50, 100
_LONGEST_WISH = 120  # characters of the customer's words in a summary, as in a line of the queue
_CONVERSATION = re.compile(r"[A-Za-z0-9._-]{0,128}")
_STATUSES = re.compile(r"(?:(?:waiting|human|bot|closed)(?:,|\Z))*")
_CURSOR = re.compile(r"(?:(?:[0-9]{13}|z)_(?:[0-9]{13}|z)_[A-Za-z0-9._-]{1,128})?")
_YES_OR_NO = re.compile("(?:1|0|true|false)?")
_NAME = re.compile(r"[\w.-]{0,80}")
_SEQ = re.compile(r"(?:[0-9]{1,6})?")
_SEES_ALL = frozenset({"attendant", "admin"})  # roles that work with what customers tell, but for health


def get_queue(call: Call, house: House) -> Reply:
    """Return a page of the queue with every column's length, and what is new in the open conversation."""
    page = read_page(_wish(call), house.store)
    news = _news(call, house)
    is_time = house.rounds.is_time(house.clock.now())
    tag = _tag(call, page, [listed.seq for listed in page.listed], news)
    if call.request.if_none_match.contains_weak(tag):
        return Reply(b"", 304, {"ETag": f'"{tag}"'}, has_errands=is_time)
    lines = [(listed, line_of(listed, house.store, house.lines)) for listed in page.listed]
    items = [_item(listed, line, house) for listed, line in lines if line and line.state.status is not Status.ERASED]
    body = {"items": items, "counts": page.counts, "next_cursor": page.following, "events": _events(news)}
    # What was shown is what the tag stands for: a head may be a moment ahead of its event.
    tag = _tag(call, page, [min(listed.seq, line.seq) if line else -1 for listed, line in lines], news)
    return Reply(body, headers={"ETag": f'"{tag}"'}, has_errands=is_time)


def get_conversation(call: Call, house: House) -> Reply:
    """Return a window of a conversation and its whole state; opening one is audited, reading on in it is not.

    Who never opened it is audited when they read in it for the first time.
    """
    conversation, window = ConversationId(call.path["conversation"]), _window(call)
    desk = Desk(house.store, house.shelf, house.clock)
    if window.is_opening:
        past = opened(conversation, attendant_of(call), desk)
        newest = past.events[-1]
        repair(newest, store=house.store, now=past.now)
    else:
        newest = newest_of(conversation, house.store)
        note_reading(newest, attendant_of(call), desk)
    script = script_of(newest.state, house.catalogue(newest.pack))
    choice = find_choice(newest, house.store)
    role = call.staff.role if call.staff else ""
    body = {
        "id": conversation,
        "pack": newest.pack,
        "protocol": shown(newest.state.protocol),
        "name": newest.state.name,
        "locale": newest.state.locale,
        "seq": newest.seq,
        "state": _state(newest, script),
        "version": newest.state.version or None,
        "slots": _slots(newest.state, script, sees_all=role in _SEES_ALL),
        "edits": [asdict(edit) for edit in newest.state.edits],
        "choice": _choice(choice) if choice else None,
        "candidates": [_candidate(one) for one in choice.candidates] if choice else [],
        "summary": summary(newest.state, script, house.clock.now(), call.locale, _wanted(newest, house)),
        "events": _events(read_window(conversation, window, house.store)),
    }
    return Reply(body)


def _wanted(newest: Event, house: House) -> str:
    """Return what the customer wants, masked, where no script is at it."""
    if newest.state.script is not None and not newest.state.is_done:
        return ""
    said = next(iter(wanted(newest, house.store)), "")
    return mask(" ".join(said.split())[: 2 * _LONGEST_WISH])[:_LONGEST_WISH]  # masked before it is cut


def _wish(call: Call) -> Wish:
    named = [name for name in call.query("status", _STATUSES, "").split(",") if name]
    mine = call.query("mine", _YES_OR_NO, "")
    only = Only(**{name: call.query(name, _NAME, "") for name in ("pack", "queue", "reason", "locale")})
    return Wish(
        me=attendant_of(call).id,
        statuses=tuple(status for name in named or ("waiting", "human") for status in COLUMNS[name]),
        only=only,
        is_mine=mine in ("1", "true") if mine else None,
        after=call.query("cursor", _CURSOR, ""),
        limit=call.number("limit", _PAGE, _MOST),
    )


def _window(call: Call) -> Window:
    after, before = call.query("after", _SEQ, ""), call.query("before", _SEQ, "")
    if after and before:
        raise InvalidRequest(faults=[Fault("before", "bad_value")])
    return Window(int(after) if after else None, int(before) if before else None)


def _news(call: Call, house: House) -> list[Event]:
    """Return the open conversation's events since the one that the attendant has."""
    conversation, after = call.query("open", _CONVERSATION, ""), call.query("after", _SEQ, "")
    if not conversation:
        return []
    if not after:
        raise InvalidRequest(faults=[Fault("after", "missing")])
    news = read_window(ConversationId(conversation), Window(after=int(after)), house.store)
    if news and news[-1].state.status is not Status.ERASED:
        note_reading(news[-1], attendant_of(call), Desk(house.store, house.shelf, house.clock))
    return news


def _tag(call: Call, page: Page, seqs: Iterable[int], news: Iterable[Event]) -> str:
    """Return what changes with anything that the answer says: lines are named by the newest event of each."""
    heads = (listed.head for listed in page.listed)
    lines = [(one.place, one.status, one.assigned, seq) for one, seq in zip(heads, seqs, strict=True)]
    asked = [call.request.query_string.decode("latin-1"), attendant_of(call).id]
    told = json.dumps([asked, lines, dict(page.counts), page.following, [event.id for event in news]])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _item(listed: Listed, line: Line, house: House) -> dict[str, Any]:
    state, head = line.state, listed.head
    script = script_of(state, house.catalogue(head.pack))
    candidates = line.choice.candidates if line.choice else ()
    return {
        "id": head.conversation,
        "pack": head.pack,
        "protocol": shown(state.protocol),
        **_in_whose_hands(state, head),
        "title": script.title if script else None,
        "script_id": state.script,
        "step": state.step,
        "steps": state.steps,
        "confidence": next((round(one.confidence, 4) for one in candidates if one.script == state.script), None),
        "candidates": [_candidate(one) for one in candidates],
        "last_text": line.last_text,
        "locale": state.locale,
        "unread": line.unread,
        "seq": line.seq,
    }


def _state(newest: Event, script: Script | None) -> dict[str, Any]:
    state = newest.state
    return {
        **_in_whose_hands(state, head_of(newest)),
        "bot": "off" if state.is_off else "auto",
        "outcome": state.outcome or None,
        "script_id": state.script,
        "version": state.version or None,
        "title": script.title if script else None,
        "step": state.step,
        "steps": state.steps,
        "is_done": state.is_done,
        "rating": state.rating or None,
    }


def _in_whose_hands(state: State, head: Head) -> dict[str, Any]:
    return {
        "status": _status(state.status),
        "owner": state.owner,
        "assignee": state.assigned,
        "assignee_name": state.holder or None,
        "queue": state.queue or None,
        "reason": state.reason or None,
        "waiting_since": _moment(head.waiting_since),
        "due_at": _moment(head.due_at),
    }


def _slots(state: State, script: Script | None, *, sees_all: bool) -> list[dict[str, Any]]:
    if script is None:
        return []
    return [asdict(one) for one in collected(state, script, sees_all=sees_all)]


def _choice(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": stamp(event.at),
        "decision": event.decision,
        "confidence": round(event.confidence, 4),
        "tier": event.tier,
        "catalogue_revision": f"r{event.catalogue}",
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "script_id": one.script,
        "title": one.title,
        "confidence": round(one.confidence, 4),
        "evidence": list(one.evidence),
        "nearest_example": one.nearest,
        "negative_hit": one.against,
    }


def _events(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [_event(event) for event in events if event.kind is not Kind.ERASED]


def _event(event: Event) -> dict[str, Any]:
    known: Mapping[str, Any] = {
        "seq": event.seq,
        "at": stamp(event.at),
        "by": event.by,
        "kind": event.kind,
        "text": event.text,
        "reply": event.reply,
        "action": event.action or None,
        "note": event.note,
        "detail": dict(event.detail),
        "decision": event.decision or None,
        "degraded": event.degraded or None,
    }
    return {**known, "status": _status(event.state.status), "script_id": event.state.script, "step": event.state.step}


def _status(status: Status) -> str:
    """Return the status as the desk knows it: what the bot has finished is closed."""
    return Status.CLOSED if status is Status.ENDED else status


def _moment(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None
