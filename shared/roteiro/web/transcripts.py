"""The transcript a customer may keep: their whole conversation as JSON, as a page, as text or on paper."""

import re

from roteiro.domain.ids import ConversationId, is_session_id
from roteiro.domain.moments import stamp
from roteiro.domain.protocol import is_strong, shown
from roteiro.domain.transcripts import as_page, as_paper, as_text, as_values, lines_of
from roteiro.errors import InvalidRequest, SessionNotFound
from roteiro.usecases.lookup import find_epoch
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["transcript"]

_FORMATS = re.compile("json|html|txt|pdf")
_TYPES = {"html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def transcript(call: Call, house: House) -> Reply:
    """Return a conversation's newest epoch, to whoever holds an id that nobody can guess."""
    conversation, form = _holders(call, house), call.query("format", _FORMATS, "json")
    try:
        events = find_epoch(conversation, store=house.store, clock=house.clock)
    except SessionNotFound:
        house.limits.admit(Meter.LOOKUPS, call.address, house.clock.now())
        raise
    newest, lines = events[-1], lines_of(events)
    number, locale = shown(newest.state.protocol), newest.state.locale
    headers = {"Content-Disposition": f'attachment; filename="{number}.{form}"'}
    company = house.catalogue(newest.pack).pack().title
    if form == "json":
        about = {"protocol": number, "title": company, "locale": locale, "opened_at": stamp(events[0].at)}
        return Reply(about | {"status": newest.state.status, "messages": as_values(lines)}, headers=headers)
    if form == "pdf":
        house.limits.admit(Meter.LOOKUPS, call.address, house.clock.now())  # a full conversation takes seconds to print
        printed = house.printer.pdf(as_paper(lines, company, locale, house.clock.now()))
        return Reply(printed, headers=headers, content_type="application/pdf")
    written = as_page if form == "html" else as_text
    return Reply(written(lines, company, locale), headers=headers, content_type=_TYPES[form])


def _holders(call: Call, house: House) -> ConversationId:
    """Return the conversation of the path; a token that is sent besides must be its own."""
    given = call.path["session_id"]
    if not is_session_id(given):
        raise InvalidRequest(code="bad_session_id")
    conversation = ConversationId(given)
    token = house.tokens.read(call.bearer, house.clock.now()) if call.bearer else None
    if not is_strong(conversation) or (token and token.conversation != conversation):
        raise SessionNotFound
    return conversation
