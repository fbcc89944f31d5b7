"""What an investigation says in a chat: what was read, what stands out most, and how that is to be taken."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import shorten

from roteiro.domain.anomalies.comparing import compared
from roteiro.domain.anomalies.finding import Finding, sentence
from roteiro.domain.anomalies.subject import EVER, Subject, labels
from roteiro.domain.papers.printable import printable
from roteiro.domain.texts import text
from roteiro.domain.values import money

__all__ = ["EVER", "Subject", "share_done", "told"]

_MOST_LINES = 3  # findings that a reply tells, the gravest of as many rules (chosen: a phone's screen)
_MOST_ORGANS = 5  # that are told one by one
_LONGEST_LINE = 400  # characters of a finding (chosen: with the names of the sample it has some 250)


def told(subjects: Sequence[Subject], locale: str) -> str:
    """Return what was read of one or more organs and what stands out; it never says more than was read."""
    found = [one for one in subjects if one.case.whole.contracts]
    lines = [*_scope(found, locale), *_nothing(subjects, locale)]
    if found:
        lines += [*_standing_out(found, locale), *compared(subjects, locale), *_short(found, locale)]
    if any(one.case.is_demo for one in subjects):
        lines.append(text("acting.demo", locale))
    return "\n".join(lines)


def share_done(subjects: Sequence[Subject]) -> int:
    """Return how much of all contracts was read, in percent; 100 only if everything is summed up."""
    if all(one.case.is_done for one in subjects):
        return 100
    whole = sum(max(one.case.whole.contracts, 1) for one in subjects)
    read = sum(one.case.progress * max(one.case.whole.contracts, 1) for one in subjects)
    return min(int(100 * read / whole), 99)


def _scope(found: Sequence[Subject], locale: str) -> Iterator[str]:
    """Yield a line for each organ that has contracts, those with the most findings first."""
    ranked = sorted(found, key=lambda one: (-sum(one.case.by_rule.values()), -one.case.whole.cents))
    for one in ranked[:_MOST_ORGANS]:
        yield _read(one, locale)
    if ranked[_MOST_ORGANS:]:
        names = labels(ranked, locale)[_MOST_ORGANS:]
        yield text("acting.further", locale, organs=", ".join(names))


def _read(one: Subject, locale: str) -> str:
    tally = one.case.tally.closed()
    line = text(
        "acting.read",
        locale,
        organ=one.name,
        period=one.period(locale),
        read=tally.contracts,
        suppliers=tally.suppliers,
        total=money.shown(str(Decimal(tally.cents) / 100), locale),
        found=sum(one.case.by_rule.values()),
    )
    said = [line]
    if not one.case.bounds.is_open:
        facts = {"bounds": one.case.bounds.shown(locale), "read": tally.contracts, "seen": one.case.seen}
        said.append(text("acting.bounded", locale, **facts))
    if not one.case.is_done:
        share = int(one.case.progress * 100)
        said.append(text("acting.partial", locale, share=share, contracts=one.case.whole.contracts))
    return " ".join(said)


def _short(found: Sequence[Subject], locale: str) -> Iterator[str]:
    """Yield what cannot be seen in less than a calendar year."""
    if not any(one.has_whole_year for one in found):
        yield text("report.short_period", locale)


def _nothing(subjects: Sequence[Subject], locale: str) -> Iterator[str]:
    """Yield which organs have no contracts in the period, or that nobody has loaded any contracts at all."""
    empty = [one for one in subjects if not one.case.whole.contracts]
    if empty and not any(one.case.sources for one in empty):
        yield text("acting.no_contracts", locale)
    elif empty:
        for period in dict.fromkeys(one.period(locale) for one in empty):
            names = ", ".join(one.name for one in empty if one.period(locale) == period)
            yield text("acting.none", locale, organs=names, period=period)


def _standing_out(found: Sequence[Subject], locale: str) -> Iterator[str]:
    gravest = _gravest(found)
    if not gravest and all(one.case.is_done for one in found):
        yield text("report.none", locale)
    if gravest:
        yield text("acting.findings", locale)
    names = dict(zip(map(id, found), labels(found, locale), strict=True))
    for one, finding in gravest[:_MOST_LINES]:
        yield _line(one, finding, locale, name=names[id(one)] if len(found) > 1 else "")
    if gravest:
        yield text("acting.caution", locale)


def _gravest(found: Sequence[Subject]) -> list[tuple[Subject, Finding]]:
    """Return the gravest finding of each rule, whoever's it is, the gravest of all first."""
    best: dict[str, tuple[Subject, Finding]] = {}
    for one in found:
        for finding in one.case.findings:
            known = best.get(finding.rule)
            if known is None or finding.rank > known[1].rank:
                best[finding.rule] = (one, finding)
    return sorted(best.values(), key=lambda pair: pair[1].rank, reverse=True)


def _line(one: Subject, finding: Finding, locale: str, name: str) -> str:
    """Return a finding as one line, whatever names it holds, and how many more of its rule the organ has."""
    whose = f"{name}: " if name else ""
    more = one.case.by_rule.get(finding.rule, 1) - 1
    further = " " + text("acting.more" if more > 1 else "acting.one_more", locale, more=more) if more else ""
    said = shorten(printable(sentence(finding, locale)), _LONGEST_LINE, placeholder="…")
    return f"• {whose}{said}{further}"
