"""What the ledger has at all, told where nothing was found in it: absence here says nothing about the world."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from roteiro.domain.contracts.records import is_demo
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.texts import text
from roteiro.domain.values import periods
from roteiro.ports import Ledger
from roteiro.usecases.inquiries import Reader
from roteiro.usecases.organs import Organ

__all__ = ["half_read", "unfound"]

_SEVERAL = 10  # organs that are named (chosen: a few lines on a phone)


def unfound(spans: Iterable[tuple[str, str]], organs: Sequence[Organ], reader: Reader, locale: str) -> Iterator[str]:
    """Yield which of the periods without contracts are still to come, and what there is instead.

    Yields nothing without periods, and nothing of a ledger into which nothing was imported.
    """
    empty = list(dict.fromkeys(spans))
    sources = reader.ledger.sources() if empty else []
    today = reader.clock.now().astimezone(COMPANY_ZONE).date()
    for start, end in empty:
        if date.fromisoformat(start) > today:
            yield text("acting.future", locale, period=periods.shown(f"{start}..{end}", locale))
    if sources:
        yield from _there_is(organs, "acting.coverage_demo" if is_demo(sources) else "acting.coverage", reader, locale)


def half_read(ledger: Ledger) -> str:
    """Return the names of the files that are being read, or whose reading was broken off; empty if there are none."""
    return ", ".join([source.name for source in ledger.sources() if not source.rows][:_SEVERAL])


def _there_is(organs: Sequence[Organ], key: str, reader: Reader, locale: str) -> Iterator[str]:
    found = [(one.name, *span) for one in organs if not reader.is_late and (span := reader.ledger.span(one.code))]
    if found:
        names = [name for name, _, _ in found]
        first, last = min(start for _, start, _ in found), max(end for _, _, end in found)
        shown = ", ".join([*names[:_SEVERAL], *(["…"] if names[_SEVERAL:] else [])])
        yield text(key, locale, organs=shown, first=_month(first, locale), last=_month(last, locale))


def _month(day: str, locale: str) -> str:
    return day[:7] if locale.startswith("en") else f"{day[5:7]}/{day[:4]}"
