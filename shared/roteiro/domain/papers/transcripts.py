"""A conversation written down for the customer: what was said, by whom, when; as text, page, paper, plain values."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from roteiro.domain.conversation import Event, State, Status, is_expired
from roteiro.domain.moments import COMPANY_ZONE, answer_due, stamp
from roteiro.domain.papers.reporting import Paper, Paragraph, Section
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text

__all__ = ["Demand", "Line", "as_page", "as_paper", "as_text", "as_values", "demand_of", "lines_of"]

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#111;background:#fff}"
    "h1{font-size:1.4rem}h2{font-size:1.1rem;border-top:1px solid #767676;padding-top:1rem}"
    "li{list-style:none;margin:0 0 1rem;break-inside:avoid}ol{padding:0}"
    "p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}b{margin-right:.5rem}"
    "@media print{body{margin:0;max-width:none}}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said; `by` is customer, company or attendant."""

    protocol: str
    seq: int
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What stands under one protocol number; times that have not come are None."""

    protocol: str
    status: str  # as the state's, or `expired`
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    due_at: datetime
    state: State  # the last one with this number


def lines_of(events: Iterable[Event]) -> list[Line]:
    """Return what was said, in order; each event holds words, a reply, both or neither."""
    lines = []
    for event in events:
        said = (("customer", event.text), (_answering(event), event.reply))
        lines += [Line(event.state.protocol, event.seq, event.at, by, words) for by, words in said if words]
    return lines


def demand_of(own: Sequence[Event], after: datetime | None, now: datetime) -> Demand:
    """Return what became of a number, from the events that bear it and the moment when the next number began.

    A demand is answered when its script has said all, or a person closed it; it is closed then, or when it expires, or
    when the next number begins.
    """
    last = own[-1]
    runs = [(is_done, next(group).at) for is_done, group in groupby(own, key=_is_done)]
    is_done, since = runs[-1]
    expired_at = last.state.expires_at if is_expired(last.state, now) else None
    return Demand(
        protocol=last.state.protocol,
        status="expired" if expired_at and not is_done else last.state.status,
        opened_at=own[0].at,
        answered_at=next((at for is_answer, at in runs if is_answer), None),
        closed_at=since if is_done else after or expired_at,
        due_at=answer_due(own[0].at),
        state=last.state,
    )


def as_values(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return lines as a history shows them."""
    roles = {"customer": "user", "company": "assistant", "attendant": "attendant"}
    return [
        {
            "seq": line.seq,
            "role": roles[line.by],
            "content": line.words,
            "timestamp": stamp(line.at),
            "protocol": shown(line.protocol),
        }
        for line in lines
    ]


def as_text(lines: Sequence[Line], company: str, locale: str) -> str:
    """Return lines as plain text; what follows a line break is indented, so that nobody can write somebody's line."""
    blocks = [text("transcript.title", locale, company=company)]
    for number, group in groupby(lines, key=lambda line: line.protocol):
        said = [f"[{_moment(line, locale)}] {_name(line, locale)}: {_indented(line.words)}" for line in group]
        blocks.append("\n".join([text("transcript.protocol", locale, protocol=shown(number)), "", *said]))
    return "\n\n".join(blocks) + "\n"


def as_page(lines: Sequence[Line], company: str, locale: str) -> str:
    """Return lines as a page that needs nothing else, can be printed, and runs nothing."""
    title = html.escape(text("transcript.title", locale, company=company))
    sections = []
    for number, group in groupby(lines, key=lambda line: line.protocol):
        heading = html.escape(text("transcript.protocol", locale, protocol=shown(number)))
        sections.append(f"<h2>{heading}</h2><ol>{''.join(_item(line, locale) for line in group)}</ol>")
    return (
        f'<!doctype html><html lang="{html.escape(locale)}"><head><meta charset="utf-8"><title>{title}</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1>{''.join(sections)}</body></html>\n"
    )


def as_paper(lines: Sequence[Line], company: str, locale: str, dated: datetime) -> Paper:
    """Return lines as a paper with a date, one section for each protocol number."""
    sections = []
    for number, group in groupby(lines, key=lambda line: line.protocol):
        said = [Paragraph(line.words, f"{_name(line, locale)}, {_moment(line, locale)}:") for line in group]
        sections.append(Section(text("transcript.protocol", locale, protocol=shown(number)), said))
    return Paper(text("transcript.title", locale, company=company), locale, company, dated, sections)


def _is_done(event: Event) -> bool:
    return event.state.status in (Status.ENDED, Status.CLOSED)


def _answering(event: Event) -> str:
    return "company" if event.by in ("customer", "bot") else "attendant"


def _item(line: Line, locale: str) -> str:
    facts: Mapping[str, str] = {
        "name": _name(line, locale),
        "at": line.at.isoformat(timespec="seconds"),
        "moment": _moment(line, locale),
        "words": line.words,
    }
    safe = {name: html.escape(fact) for name, fact in facts.items()}
    return (
        f'<li><b>{safe["name"]}</b><time datetime="{safe["at"]}">{safe["moment"]}</time>'
        f'<p dir="auto">{safe["words"]}</p></li>'
    )


def _name(line: Line, locale: str) -> str:
    return text(f"transcript.{line.by}", locale)


def _moment(line: Line, locale: str) -> str:
    """Return the moment in the company's zone, as people of the language write it."""
    return line.at.astimezone(COMPANY_ZONE).strftime(text("transcript.moment", locale))


def _indented(words: str) -> str:
    return "\n    ".join(words.splitlines())
