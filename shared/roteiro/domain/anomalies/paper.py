"""An investigation as a paper: what was read, its months, what stands out, and how that is to be taken."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from roteiro.domain.anomalies.finding import Finding, Rule, note, sentence
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.limits import sources_of
from roteiro.domain.anomalies.months import every_month
from roteiro.domain.anomalies.subject import Subject
from roteiro.domain.contracts.records import spoken_number, unit_of
from roteiro.domain.papers.reporting import Bar, Bars, Column, Paper, Paragraph, Section, Table
from roteiro.domain.texts import text
from roteiro.domain.values import money

__all__ = ["MOST_PRINTED", "paper_of"]

MOST_PRINTED = 100  # findings on one paper, the greatest; chosen: some ten pages, as many as anybody reads


def paper_of(case: Investigation, number: str, organ: str, company: str, locale: str, dated: datetime) -> Paper:
    """Return the report of an investigation, finished or not; `organ` is its name, `number` as INV-2026-000001."""
    source = "paper.source_demo" if case.is_demo else "paper.source"
    return Paper(
        title=text("paper.title", locale, number=number),
        locale=locale,
        company=company,
        dated=dated,
        sections=[
            _summary(case, organ, locale),
            *_months(case, locale, dated.date().isoformat()),
            *_findings(case, locale),
            *_references(case, locale),
        ],
        sources=[text(source, locale, name=", ".join(case.sources))] if case.sources else [],
        cautions=[note(locale)],
        mark=text("paper.demo", locale) if case.is_demo else "",
        subtitle=f"{organ}, {Subject(organ, case).period(locale)}",
    )


def _summary(case: Investigation, organ: str, locale: str) -> Section:
    tally = case.tally.closed()
    facts = {"organ": organ, "period": Subject(organ, case).period(locale), "read": tally.contracts}
    scope = text("report.scope", locale, suppliers=tally.suppliers, total=_reais(tally.cents, locale), **facts)
    told = (
        [scope, *_bounded(case, locale)] if case.is_done else [scope, *_bounded(case, locale), _partial(case, locale)]
    )
    told += [_count(case, locale), *_kinds(case, locale)]
    if not Subject(organ, case).has_whole_year:
        told.append(text("paper.short_period", locale))
    return Section(text("paper.summary", locale), [Paragraph(words) for words in told])


def _bounded(case: Investigation, locale: str) -> Iterator[str]:
    if not case.bounds.is_open:
        read = case.tally.contracts
        yield text("acting.bounded", locale, bounds=case.bounds.shown(locale), read=read, seen=case.seen)


def _count(case: Investigation, locale: str) -> str:
    found = sum(case.by_rule.values())
    shown = min(len(case.findings), MOST_PRINTED)
    key = "report.none" if not found else "report.all" if shown == found else "report.count"
    return text(key, locale, found=found, shown=shown)


def _kinds(case: Investigation, locale: str) -> Iterator[str]:
    """Yield how many there are by rule, the most frequent first; of one kind alone the count has said it."""
    most = sorted(case.by_rule.items(), key=lambda one: (-one[1], one[0]))
    if len(most) > 1:
        told = "; ".join(f"{text(f'table.rule_{rule}', locale)}: {count}" for rule, count in most)
        yield text("paper.by_rule", locale, told=told)


def _partial(case: Investigation, locale: str) -> str:
    return text("report.partial", locale, share=int(case.progress * 100), contracts=case.whole.contracts)


def _months(case: Investigation, locale: str, today: str) -> Iterator[Section]:
    months = every_month(case, today)
    bars = [Bar(_month(name, locale), month.cents, _reais(month.cents, locale)) for name, month in months]
    if bars:
        chart = Bars(text("paper.month", locale), text("paper.value", locale), bars)
        yield Section(text("paper.months", locale), chart=chart)


def _references(case: Investigation, locale: str) -> Iterator[Section]:
    """Yield which law and limit stand behind what was found, where one does."""
    told = sorted({words for one in case.findings[:MOST_PRINTED] for words in _law(one, locale)})
    if told:
        yield Section(text("paper.references", locale), [Paragraph(words) for words in told])


def _law(finding: Finding, locale: str) -> Iterator[str]:
    if finding.rule is Rule.GROWTH:
        yield text("paper.law_growth", locale)
    if finding.rule is Rule.SPLIT:
        year, cents = str(finding.figures["year"]), int(finding.figures["ceiling"])
        for source in sources_of(year, cents):
            yield text("paper.law_split", locale, year=year, ceiling=_reais(cents, locale), source=source)


def _findings(case: Investigation, locale: str) -> Iterator[Section]:
    columns = (
        Column(text("paper.finding", locale), 12),
        Column(text("paper.contracts", locale), 7),
        Column(text("paper.severity", locale), 3),
    )
    rows = [_row(finding, locale) for finding in case.findings[:MOST_PRINTED]]
    if rows:
        yield Section(text("paper.findings", locale), table=Table(columns, rows))


def _row(finding: Finding, locale: str) -> tuple[str, str, str]:
    return sentence(finding, locale), _contracts(finding, locale), text(f"paper.severity_{finding.severity}", locale)


def _contracts(finding: Finding, locale: str) -> str:
    """Return the numbers by the unit whose they are, a line each, and how many more there are."""
    by_unit: dict[str, list[str]] = {}
    for one in finding.contracts:
        by_unit.setdefault(unit_of(one), []).append(spoken_number(one))
    lines = [f"UG {unit}: {', '.join(numbers)}" for unit, numbers in by_unit.items()]
    more = int(finding.figures.get("contracts", 0)) - len(finding.contracts)
    return "\n".join([*lines, *([text("paper.more", locale, n=more)] if more > 0 else [])])


def _month(name: str, locale: str) -> str:
    """Return 2026-05 as people write it."""
    year, _, month = name.partition("-")
    return name if locale.startswith("en") else f"{month}/{year}"


def _reais(cents: int, locale: str) -> str:
    return money.shown(str(Decimal(cents) / 100), locale)
