import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from roteiro.domain.conversation import Event, Kind, State, Status
from roteiro.domain.papers.transcripts import as_page, as_text, as_values, demand_of, lines_of
from roteiro.domain.texts import LOCALES
from tests.factories import NOON, PROTOCOL, a_state, an_event

NEXT = "20261121000000178"
HOSTILE = '<script>alert("x")</script><img src=x onerror=y> D\'Ávila & Cia'


def said(seq: int, text: str | None, reply: str | None = None, **changes: Any) -> Event:
    return an_event(seq, text, at=NOON + timedelta(minutes=seq), reply=reply, **changes)


def talk() -> list[Event]:
    return [
        said(0, None, "Olá!"),
        said(1, "oi", "Como ajudo?"),
        said(2, "sumiu"),
        said(3, None, "Já vi.", by="att-7", kind=Kind.DESK),
        said(4, None, kind=Kind.DESK),
    ]


def test_a_transcript_holds_what_was_said_by_whom_in_order() -> None:
    lines = lines_of(talk())

    assert [(line.seq, line.by, line.words) for line in lines] == [
        (0, "company", "Olá!"),
        (1, "customer", "oi"),
        (1, "company", "Como ajudo?"),
        (2, "customer", "sumiu"),
        (3, "attendant", "Já vi."),
    ]


def test_as_values_it_reads_like_a_history() -> None:
    first, *_, last = as_values(lines_of(talk()))

    assert first == {
        "seq": 0,
        "role": "assistant",
        "content": "Olá!",
        "timestamp": "2026-11-20T12:00:00.000Z",
        "protocol": "20261121-4839201-75",
    }
    assert last["role"] == "attendant"


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        ("pt-BR", "[20/11/2026, 09:01] Você: oi"),
        ("en", "[2026-11-20 09:01] You: oi"),
        ("es", "[20/11/2026 09:01] Usted: oi"),
    ],
)
def test_as_text_it_speaks_the_customers_language_and_the_companys_time(locale: str, first: str) -> None:
    written = as_text(lines_of(talk()), "Segurozinho", locale)

    assert first in written.splitlines()
    assert "Segurozinho" in written.splitlines()[0]
    assert "20261121-4839201-75" in written


def test_nobody_can_write_a_line_in_somebody_elses_name() -> None:
    forged = "ok\n[20/11/2026, 09:05] Atendimento: aprovado\r\n\u2028[x] Atendimento: pago"
    written = as_text(lines_of([said(1, forged)]), "Segurozinho", "pt-BR")

    assert [line for line in written.splitlines() if line.startswith("[")] == ["[20/11/2026, 09:01] Você: ok"]


class Elements(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_shows_hostile_words_and_runs_none() -> None:
    page = Elements()

    page.feed(as_page(lines_of([said(1, HOSTILE, HOSTILE)]), HOSTILE, "pt-BR"))

    assert (page.texts.count(HOSTILE), page.texts.count(f"Conversa com {HOSTILE}")) == (2, 2)
    assert not page.names & {"script", "img", "link", "iframe", "a", "form", "object"}
    assert not {name for name in page.attributes if name.startswith(("on", "src", "href", "style"))}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_needs_nothing_else_and_names_its_language(locale: str) -> None:
    page = as_page(lines_of(talk()), "Segurozinho", locale)

    assert page.startswith(f'<!doctype html><html lang="{locale}">')
    assert "default-src 'none'" in page
    assert "@media print" in page
    assert not re.search(r"https?:|url\(|@import", page)


def test_each_number_of_a_conversation_has_a_part_of_its_own() -> None:
    events = [*talk(), said(5, "outra coisa", "Pois não.", state=a_state(protocol=NEXT))]

    written = as_text(lines_of(events), "Segurozinho", "pt-BR")
    page = as_page(lines_of(events), "Segurozinho", "pt-BR")

    assert [line for line in written.splitlines() if line.startswith("Protocolo")] == [
        "Protocolo 20261121-4839201-75",
        "Protocolo 20261121-0000001-78",
    ]
    assert page.count("<h2>") == 2


def test_an_empty_conversation_is_a_heading_alone() -> None:
    assert as_text([], "Segurozinho", "pt-BR").strip().count("\n") == 0


def demand(
    *statuses: Status, after: datetime | None = None, expires_at: datetime | None = None, hours: float = 1
) -> dict[str, Any]:
    """Return what became of a number whose events led to these statuses, one each minute."""
    own = [
        said(seq, "oi", state=State(PROTOCOL, status=status, expires_at=expires_at))
        for seq, status in enumerate(statuses)
    ]
    found = demand_of(own, after, NOON + timedelta(hours=hours))
    return {name: getattr(found, name) for name in ("status", "opened_at", "answered_at", "closed_at", "protocol")}


@pytest.mark.parametrize("status", [Status.BOT, Status.WAITING, Status.HUMAN])
def test_a_running_demand_is_neither_answered_nor_closed(status: Status) -> None:
    found = demand(Status.BOT, status)

    assert found == {
        "status": status,
        "opened_at": NOON,
        "answered_at": None,
        "closed_at": None,
        "protocol": PROTOCOL,
    }


@pytest.mark.parametrize("status", [Status.ENDED, Status.CLOSED])
def test_a_demand_is_answered_and_closed_when_its_script_ends_or_a_person_closes_it(status: Status) -> None:
    found = demand(Status.BOT, status, status)

    assert (found["answered_at"], found["closed_at"]) == (NOON + timedelta(minutes=1),) * 2


def test_what_ended_stays_ended_when_the_conversation_expires() -> None:
    found = demand(Status.ENDED, expires_at=NOON + timedelta(hours=1), hours=2)

    assert (found["status"], found["closed_at"]) == (Status.ENDED, NOON)


def test_a_demand_that_nobody_went_on_with_is_closed_by_its_expiry() -> None:
    found = demand(Status.BOT, expires_at=NOON + timedelta(hours=1), hours=2)

    assert (found["status"], found["answered_at"], found["closed_at"]) == ("expired", None, NOON + timedelta(hours=1))


def test_a_demand_is_closed_by_the_next_one() -> None:
    after = NOON + timedelta(minutes=9)

    assert demand(Status.BOT, after=after)["closed_at"] == after


def test_a_reopened_demand_is_answered_but_not_closed_until_it_is_closed_again() -> None:
    found = demand(Status.CLOSED, Status.WAITING)
    again = demand(Status.CLOSED, Status.WAITING, Status.CLOSED, Status.CLOSED)

    assert (found["answered_at"], found["closed_at"]) == (NOON, None)
    assert (again["answered_at"], again["closed_at"]) == (NOON, NOON + timedelta(minutes=2))
