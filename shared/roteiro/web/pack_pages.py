"""What anybody may know of a pack: its suggestions, its agents, and all that a page needs before the first message."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from roteiro.domain.cast import Cast
from roteiro.domain.conversation import IDLE_LIFE, MOST_MESSAGES
from roteiro.domain.hours import Hours
from roteiro.domain.message import LONGEST_MESSAGE, LONGEST_NAME
from roteiro.domain.pack import Pack
from roteiro.domain.texts import LOCALES, text
from roteiro.errors import NotFound, StoreUnavailable
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["agents", "config", "suggestions"]

_PACK = re.compile(r"[a-z0-9-]{0,60}")
_CACHED = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
_TEXTS = ("greeting", "smalltalk")  # of a pack, those that are whole without facts of a conversation
_EVERYWHERE = ("person",)
_OF_SERVICES = ("complain", "cancel")  # entries of a pack to which the SAC decree applies


def suggestions(call: Call, house: House) -> Reply:
    """Return a pack's suggestions in the reader's language: `action` is the message that a button sends."""
    return _answer(call, house, lambda pack: [asdict(one) for one in pack.cast.suggestions_in(call.locale)])


def agents(call: Call, house: House) -> Reply:
    """Return a pack's agents in the reader's language."""
    return _answer(call, house, lambda pack: [asdict(one) for one in pack.cast.agents_in(call.locale)])


def config(call: Call, house: House) -> Reply:
    """Return all that a page needs before the first message; no secrets, nothing of a conversation."""
    return _answer(call, house, lambda pack: _config(pack, call.locale))


def _config(pack: Pack, locale: str) -> dict[str, Any]:
    fixed = _OF_SERVICES + _EVERYWHERE if pack.is_sac else _EVERYWHERE
    return {
        "pack": pack.name,
        "title": pack.titled(locale),
        "texts": {one: {key: pack.say(key, one) for key in _TEXTS} for one in LOCALES},
        "suggestions": [asdict(one) for one in pack.cast.suggestions_in(locale)],
        "entries": [
            {"id": name, "label": _said(f"config.{name}"), "action": _said(f"config.{name}.says")} for name in fixed
        ],
        "hours": _shown(pack.hours, pack.cast, locale) if pack.hours else None,
        "limits": {
            "message_characters": LONGEST_MESSAGE,
            "name_characters": LONGEST_NAME,
            "messages_per_session": MOST_MESSAGES,
            "idle_hours": IDLE_LIFE.total_seconds() / 3600,
        },
        "privacy": _said("config.privacy"),
    }


def _said(key: str) -> dict[str, str]:
    return {locale: text(key, locale) for locale in LOCALES}


def _shown(hours: Hours, cast: Cast, locale: str) -> dict[str, Any]:
    weekdays = {day: list(spans) for day, spans in hours.weekdays.items()}
    holidays = [
        {"date": one.date, "name": cast.say(f"holidays.{one.date}", locale, one.name)} for one in hours.holidays
    ]
    return {"timezone": hours.timezone, "weekdays": weekdays, "holidays": holidays}


def _answer(call: Call, house: House, tell: Callable[[Pack], Any]) -> Reply:
    """Return what a pack says, which anybody may keep for five minutes; 304 for a copy that is still right."""
    pack, is_stale = _pack(call.query("pack", _PACK, ""), house)
    body = tell(pack)
    tag = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
    headers = _CACHED | {"ETag": f'"{tag}"'} | ({"Roteiro-Stale": "1"} if is_stale else {})
    if call.request.if_none_match.contains_weak(tag):
        return Reply(b"", HTTPStatus.NOT_MODIFIED, headers)
    return Reply(body, headers=headers)


def _pack(wanted: str, house: House) -> tuple[Pack, bool]:
    """Return a pack, and whether it is this instance's copy because the store is away.

    Raises NotFound for one that is not loaded, StoreUnavailable.
    """
    try:
        name = house.pack_chat(wanted)
        if wanted not in ("", name):
            raise NotFound(f"the pack {wanted} is not loaded")
        pack = _read_pack(name, house)
    except StoreUnavailable:
        copy = house.kept.last(_kept(wanted)) or house.kept.last(_kept(""))
        return (copy or house.catalogue(house.policy.pack_chat).pack()), True
    for known in {pack.name, wanted} & {pack.name, ""}:  # never under a name that a stranger made up
        house.kept.note(_kept(known), pack)
    return pack, False


def _read_pack(name: str, house: House) -> Pack:
    """Return the pack that the newest pointer names: its revision is read, never remembered."""
    catalogue = house.catalogue(name)
    return catalogue.pack() if catalogue.revision else Pack(name, name, {})


def _kept(name: str) -> str:
    return f"pages:{name}"
