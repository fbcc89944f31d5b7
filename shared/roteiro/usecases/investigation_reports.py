"""The report of an investigation: printed when everything is read, stored once, given out as a link."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from roteiro.domain.acting import Outcome
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.paper import paper_of
from roteiro.domain.anomalies.subject import Subject, about
from roteiro.domain.anomalies.tables import Extract, as_csv, as_json
from roteiro.domain.anomalies.telling import share_done
from roteiro.domain.contracts.records import Purchase
from roteiro.domain.conversation import FileLink
from roteiro.domain.papers.filenames import report_name
from roteiro.domain.texts import text
from roteiro.errors import FilesUnavailable
from roteiro.ports import Files, Ledger, Printer
from roteiro.usecases.inquiries import Inquiry

__all__ = ["Press", "printed"]

_PAGE = 1000  # contracts of one look-up, the ledger's limit
_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Press:
    """What prints a report and where it goes; `company` issues it, `ledger` has the contracts of findings."""

    printer: Printer
    files: Callable[[], Files]
    link_of: Callable[[str], FileLink]
    company: str
    ledger: Ledger


def printed(inquiry: Inquiry, press: Press, locale: str) -> Outcome:
    """Return links for each organ that has contracts: the report, and the same as a table and as JSON.

    An unfinished investigation has no report yet.

    Where files cannot be stored that is said, and nothing else suffers.
    """
    number = inquiry.number
    if not inquiry.is_done:
        return Outcome(text("acting.report_later", locale, number=number, share=share_done(inquiry.subjects)))
    found = [one for one in inquiry.subjects if one.case.whole.contracts]
    if not found:
        return Outcome(text("acting.report_empty", locale, number=number))
    try:
        links = tuple(link for one in found for link in _stored(one, inquiry, press, locale))
    except FilesUnavailable:
        return Outcome(text("acting.no_files", locale))
    said = [text("acting.report_ready", locale, number=number, about=about(found, locale))]
    if any(one.case.is_demo for one in found):
        said.append(text("acting.demo", locale))
    return Outcome("\n".join(said), links=links)


def _stored(subject: Subject, inquiry: Inquiry, press: Press, locale: str) -> Iterator[FileLink]:
    """Print one organ's report and store it; dated when the reading ended, so that the same report is one file."""
    dated = datetime.fromisoformat(inquiry.done_at)
    paper = paper_of(subject.case, inquiry.number, subject.name, press.company, locale, dated)
    contracts = _contracts(subject.case, press.ledger)
    extract = Extract(subject.case, inquiry.number, subject.name, inquiry.done_at, contracts)
    contents = {"pdf": press.printer.pdf(paper), "csv": as_csv(extract, locale), "json": as_json(extract, locale)}
    for form, content in contents.items():
        name = report_name(inquiry.number, content, form)
        press.files().put(name, content, _TYPES[form])
        yield press.link_of(name)


def _contracts(case: Investigation, ledger: Ledger) -> Mapping[str, Purchase]:
    """Return the contracts that findings name: a bounded number, looked up by their ids."""
    wanted = sorted({contract for one in case.findings for contract in one.contracts})
    pages = (wanted[place : place + _PAGE] for place in range(0, len(wanted), _PAGE))
    return {one.id: one for page in pages for one in ledger.purchases_of(page)}
