"""A protocol number looked up: anybody sees where the demand stands, who holds its key or session sees the words."""

import re
from typing import Any

from roteiro.domain.conversation import Event, Status
from roteiro.domain.moments import stamp
from roteiro.domain.papers.transcripts import as_values, lines_of
from roteiro.domain.protocol import access_key, is_protocol, is_strong, opens, plain, shown
from roteiro.errors import InvalidRequest, NotFound
from roteiro.usecases.lookup import Found, look_up
from roteiro.web.admission import customer_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity.oidc import has_token_form
from roteiro.web.limits import Meter

__all__ = ["key_headers", "look_up_protocol", "protocol_key"]

_PURPOSE = "protocol"
_KEY = re.compile(r"[0-9A-Za-z -]{0,40}")


def key_headers(event: Event, house: House) -> dict[str, str]:
    """Return the header that hands out the key of a new number; none to whoever holds an id that can be guessed."""
    if not is_strong(event.conversation):
        return {}
    return {"Roteiro-Protocol-Key": protocol_key(event.state.protocol, house)}


def protocol_key(number: str, house: House) -> str:
    """Return the key that opens a number: nothing is stored, and only this deployment can make it."""
    return access_key(house.tokens.derived(_PURPOSE)[0], number)


def look_up_protocol(call: Call, house: House) -> Reply:
    """Return where a demand stands; with ?key= or the session's token its title and what was said too."""
    if not is_protocol(call.path["number"]):
        raise InvalidRequest(code="bad_id")
    number, now = plain(call.path["number"]), house.clock.now()
    key = call.query("key", _KEY, "")
    holder, user = _caller(call, house)
    house.limits.admit(Meter.LOOKUPS, call.address, now)
    if key and not any(opens(key, secret, number) for secret in house.tokens.derived(_PURPOSE)):
        raise NotFound
    found = look_up(number, store=house.store, clock=house.clock)
    is_readers = key or (_is_holder(found, holder, user, house) and found.demand.status != "expired")
    return Reply(_status(found) | (_content(found, house) if is_readers else {}))


def _caller(call: Call, house: House) -> tuple[str, str]:
    """Return the conversation whose token is shown, and the customer who signed in; both empty without a bearer.

    Raises NotAllowed (`token_invalid`), also for credentials of staff: they open nothing here.
    """
    bearer = call.bearer or ""
    if has_token_form(bearer):
        return "", customer_of(call.request, house)
    return (house.tokens.read(bearer, house.clock.now()).conversation if bearer else ""), ""


def _is_holder(found: Found, holder: str, user: str, house: House) -> bool:
    """Say whether a demand's words are the caller's: once the conversation has an owner, its token is not enough."""
    if not holder and not user:
        return False
    owner = next((newest.state.user for newest in house.store.load(found.conversation, 1)), "")
    if owner:
        return owner == user
    return holder == found.conversation and is_strong(found.conversation)


def _status(found: Found) -> dict[str, Any]:
    demand = found.demand
    return {
        "protocol": shown(demand.protocol),
        "status": Status.CLOSED if demand.status == Status.ENDED else demand.status,  # a number whose script is over
        "opened_at": stamp(demand.opened_at),
        "answered_at": stamp(demand.answered_at) if demand.answered_at else None,
        "closed_at": stamp(demand.closed_at) if demand.closed_at else None,
        "due_at": stamp(demand.due_at),
    }


def _content(found: Found, house: House) -> dict[str, Any]:
    state = found.demand.state
    script, version, locale = state.script, state.version, state.locale
    title = None if script is None else house.catalogue(found.pack).script(script, version).titled(locale)
    return {"title": title, "transcript": as_values(lines_of(found.events))}
