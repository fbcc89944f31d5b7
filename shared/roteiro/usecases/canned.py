"""Canned replies: what a pack's attendants say often, with places for the customer's name, the protocol and slots.

`canned:<pack>` = {"version": 3, "items": [{"title", "text"}]}; the whole list is written at once, the last writer wins.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from roteiro.domain.conversation import State
from roteiro.domain.protocol import shown
from roteiro.domain.script import Script
from roteiro.domain.walking.inserting import value_shown
from roteiro.errors import Fault, InvalidRequest, Stale
from roteiro.ports import Shelf
from roteiro.usecases.audit import Deed
from roteiro.usecases.publishing import Admin

__all__ = ["canned_replies", "filled", "save_canned"]

_ATTEMPTS = 8  # other writers who may come between reading the list and replacing it
# As in a script's messages; besides, "{{nome}}" is the place, as other tools write it: nobody means the braces.
_PLACE = re.compile(r"\{\{(?P<double>[a-z][a-z0-9_]{0,39})\}\}|\{\{|\{(?P<single>[a-z][a-z0-9_]{0,39})\}")


def canned_replies(pack: str, shelf: Shelf) -> list[dict[str, str]]:
    """Return a pack's canned replies, `{title, text}`, in the order in which they were written."""
    stored = shelf.get(_key(pack)) or {"items": []}
    return [dict(item) for item in stored["items"]]


def save_canned(pack: str, items: Sequence[Mapping[str, str]], admin: Admin) -> None:
    """Put these in the place of all canned replies of a pack. Raises InvalidRequest for a title that comes twice."""
    _check_titles(items)
    deed = Deed(admin.author, admin.role, "canned.saved", admin.request_id)
    for _ in range(_ATTEMPTS):
        version = int((admin.shelf.get(_key(pack)) or {"version": 0})["version"])
        document = {"version": version + 1, "items": [dict(item) for item in items]}
        if admin.carry_out(deed, pack, partial(_put, pack, document, version, admin)):
            return
    raise Stale(f"the canned replies of {pack} kept changing")


def filled(message: str, state: State, script: Script | None) -> str:
    """Return an attendant's message with `{nome}`, `{protocolo}` and slots by name filled, also in double braces.

    Any other `{{` is one brace. Sensitive values are masked, as in the script's own messages. Raises InvalidRequest
    with a fault for each place that has no such name, or whose value is not known yet.
    """
    known = _known(state, script)
    names = dict.fromkeys(match[match.lastgroup] for match in _PLACE.finditer(message) if match.lastgroup)
    if faults := [fault for name in names if (fault := _fault(name, known))]:
        raise InvalidRequest(faults=faults)
    return _PLACE.sub(lambda match: known[match[match.lastgroup]] if match.lastgroup else "{", message)


def _known(state: State, script: Script | None) -> dict[str, str]:
    """Return the text of every place by name; empty: not known yet."""
    slots = script.slots if script else {}
    values = {
        name: "" if (stored := state.slots.get(name)) is None else value_shown(name, stored, state, script)
        for name in slots
        if script
    }
    return {**values, "nome": state.name, "protocolo": shown(state.protocol)}


def _fault(name: str, known: Mapping[str, str]) -> Fault | None:
    if known.get(name):
        return None
    return Fault("message", "place_empty" if name in known else "place_unknown", (("found", name),))


def _check_titles(items: Sequence[Mapping[str, Any]]) -> None:
    titles = [item["title"] for item in items]
    twice = [n for n, title in enumerate(titles) if title in titles[:n]]
    if twice:
        raise InvalidRequest(faults=[Fault(f"items.{n}.title", "title_twice", (("text", titles[n]),)) for n in twice])


def _put(pack: str, document: Mapping[str, Any], version: int, admin: Admin) -> bool:
    if version:
        return admin.shelf.replace_if_version(_key(pack), document, version)
    return admin.shelf.create(_key(pack), document)


def _key(pack: str) -> str:
    return f"canned:{pack}"
