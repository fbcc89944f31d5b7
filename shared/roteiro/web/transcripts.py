"""The transcript a customer may keep: their whole conversation as JSON, as a page, as text or on paper."""

import re

from roteiro.domain.conversation import Event
from roteiro.domain.moments import stamp
from roteiro.domain.papers.transcripts import as_page, as_paper, as_text, as_values, lines_of
from roteiro.domain.presenting import shown_status
from roteiro.domain.protocol import is_strong, shown
from roteiro.usecases.lookup import epoch_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.holding import held_event, not_found
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["transcript"]

_FORMATS = re.compile("json|html|txt|pdf")
_TYPES = {"html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def transcript(call: Call, house: House) -> Reply:
    """Return a conversation's newest epoch, to its owner or to whoever holds an id that nobody can guess."""
    form = call.query("format", _FORMATS, "json")
    newest = _held(call, house)
    events = epoch_of(newest, store=house.store)
    lines = lines_of(events)
    number, locale = shown(newest.state.protocol), newest.state.locale
    headers = {"Content-Disposition": f'attachment; filename="{number}.{form}"'}
    company = house.catalogue(newest.pack).pack().titled(locale)
    if form == "json":
        about = {"protocol": number, "title": company, "locale": locale, "opened_at": stamp(events[0].at)}
        return Reply(about | {"status": shown_status(newest.state), "messages": as_values(lines)}, headers=headers)
    if form == "pdf":
        house.limits.admit(Meter.LOOKUPS, call.address, house.clock.now())  # a full conversation takes seconds to print
        printed = house.printer.pdf(as_paper(lines, company, locale, house.clock.now()))
        return Reply(printed, headers=headers, content_type="application/pdf")
    written = as_page if form == "html" else as_text
    return Reply(written(lines, company, locale), headers=headers, content_type=_TYPES[form])


def _held(call: Call, house: House) -> Event:
    """Return the newest event of the path's conversation; an id that can be guessed opens it to its owner alone."""
    newest = held_event(call.path["session_id"], call, house)
    if not newest.state.user and not is_strong(newest.conversation):
        raise not_found(call, house)
    return newest
