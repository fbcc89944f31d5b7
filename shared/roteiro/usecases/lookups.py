"""Look-ups of contracts: what the words ask is counted by the ledger, never read contract by contract."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from roteiro.domain.anomalies.subject import EVER
from roteiro.domain.contracts.asked import MOST, Asked, Topic, asked_in
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.lines import contract_lines, headline, organ_lines, supplier_lines, supplier_named
from roteiro.domain.contracts.records import Aggregate, is_demo
from roteiro.domain.contracts.scope import Scope, number_key
from roteiro.domain.contracts.unfiltered import company_in, names_matter, names_way
from roteiro.domain.conversation import State
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.papers.printable import printable
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values import documents, periods
from roteiro.usecases.coverage import unfound
from roteiro.usecases.inquiries import Reader
from roteiro.usecases.organs import Organ, company_meant, listed, named_bounds, named_organs, named_periods
from roteiro.usecases.pairing import paired

__all__ = ["Spoken", "looked_up"]

_MOST_PARTS = 4  # organs times periods that one answer tells (chosen: a page on a phone)
_BACK = 6  # earlier events in which words are looked for that say what is asked (chosen)
_FEW = 3  # lines of each kind in an overview

_Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said: the words of this turn, and those of an earlier event by its number."""

    words: str
    said: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing to tell of: whose contracts, of when, and where they are in the ledger."""

    who: str
    period: str
    span: _Span
    scope: Scope


def looked_up(state: State, script: Script, reader: Reader, spoken: Spoken) -> str:
    """Return the answer to what the words ask, and what there is where nothing was found. Raises StoreUnavailable."""
    sources = reader.ledger.sources()
    if not sources:
        return text("acting.no_contracts", state.locale)
    asked, words, seqs = _asked(state, spoken)
    asked = asked if asked.names_one else asked._replace(supplier=company_meant(state, spoken.words))
    bounds = named_bounds(state, spoken.said, spoken.words, seqs) or Bounds()
    lines = _Answer(state, script, reader, asked, bounds, words).lines()
    notice = [text("acting.demo", state.locale)] if is_demo(sources) else []
    return "\n".join([*map(printable, lines), *notice])


def _asked(state: State, spoken: Spoken) -> tuple[Asked, str, list[int]]:
    """Return what is asked and the words that ask it: this turn's, or the latest earlier ones if these only narrow.

    With the number of the earlier event, if it was one.
    """
    if asked := asked_in(spoken.words):
        return asked, spoken.words, []
    newest = max(state.sources.values(), default=-1)
    for seq in range(newest, max(newest - _BACK, -1), -1):
        words = spoken.said(seq)
        if asked := asked_in(words):
            return asked, f"{words} {spoken.words}", [seq]
    return Asked(Topic.OVERVIEW), spoken.words, []


@dataclass(frozen=True, slots=True)
class _Answer:
    """The answer to one question, part by part."""

    state: State
    script: Script
    reader: Reader
    asked: Asked
    bounds: Bounds
    words: str

    def lines(self) -> Iterator[str]:
        """Yield what is said."""
        if named_organs(self.state, self.script) == []:
            yield text("acting.unknown_organ", self.locale)
        elif name := self._company():
            yield text("lookup.by_name", self.locale, name=name)
        elif self.asked.topic is Topic.CONTRACT:
            yield from self._contract()
        elif self.asked.topic is Topic.ORGANS:
            yield from self._organs()
        else:
            yield from self._parts()

    @property
    def locale(self) -> str:
        """Return the reader's language."""
        return self.state.locale

    @property
    def known(self) -> list[Organ]:
        """Return the organs that the script may be asked about."""
        return listed(self.script)

    def _contract(self) -> Iterator[str]:
        """Yield the contracts with a number: numbers are a unit's own, so that several may have it.

        Where the organ that was spoken of has none, those of the others are told as what they are.
        """
        named = named_organs(self.state, self.script) or []
        anywhere = Scope(number=number_key(self.asked.number))
        here = replace(anywhere, organs=tuple(one.code for one in named))
        scope = here if self.reader.ledger.total(here).contracts else anywhere
        found = self.reader.ledger.largest(scope, self.asked.most)
        if not found:
            yield text("lookup.no_contract", self.locale, number=self.asked.number)
            return
        if scope != here:
            yield text("lookup.elsewhere", self.locale, organs=", ".join(one.name for one in named))
        yield from contract_lines(found, self.reader.ledger.total(scope).contracts, self.locale, "table.numbered")
        yield from self._first_only()

    def _company(self) -> str:
        """Return the company that is asked about by its name alone, which nothing is found by."""
        has_organ = named_organs(self.state, self.script) is not None
        return "" if self.asked.names_one else company_in(self.words, has_organ=has_organ)

    def _first_only(self) -> Iterator[str]:
        if self.asked.others:
            yield text("lookup.first_only", self.locale)

    def _organs(self) -> Iterator[str]:
        """Yield the organs by their sums: those that were named if there are several, else all that are known."""
        named = named_organs(self.state, self.script) or []
        asked = named if len(named) > 1 else self.known
        for span in self._spans():
            whole = self._part(named or self.known, named[0].name if len(named) == 1 else "", span)
            yield from self._ranked([self._part([one], one.name, span) for one in asked], whole, len(named))

    def _ranked(self, parts: Sequence[_Part], whole: _Part, named: int) -> Iterator[str]:
        """Yield parts of a period by their sums, as many as are asked for or were named."""
        sums = [(part.who, self.reader.ledger.total(part.scope)) for part in parts if not self.reader.is_late]
        ranked = sorted(((who, one) for who, one in sums if one.contracts), key=lambda one: -one[1].cents)
        left = [part.who for part in parts[len(sums) :]]
        if ranked:
            yield from organ_lines(ranked, max(self.asked.most, named), whole.period, self.locale)
            yield from self._limits()
        elif not left:
            yield from self._none(whole)
        yield from self._left_out(", ".join(left))

    def _parts(self) -> Iterator[str]:
        """Yield each organ and period in turn; all organs together where none was named."""
        asked = self._asked_parts()
        sums = [(part, self.reader.ledger.total(part.scope)) for part in asked[:_MOST_PARTS]]
        for part, whole in sums:
            yield from self._told(part, whole) if whole.contracts else self._none(part)
        if any(whole.contracts for _, whole in sums):
            yield from self._limits()
        if more := "; ".join(f"{part.who}, {part.period}" for part in asked[_MOST_PARTS:]):
            yield text("acting.most_at_once", self.locale, most=_MOST_PARTS, organs=more)

    def _asked_parts(self) -> list[_Part]:
        if named_organs(self.state, self.script) is None:
            return [self._part(self._everyone(), "", span) for span in self._spans()]
        told = paired(self.state, self.script, self.words, lambda _: "", self._today)
        everything = product(named_organs(self.state, self.script) or (), self._spans())
        return [self._part([one], one.name, span) for one, span in told or everything]

    def _left_out(self, what: str) -> Iterator[str]:
        if what:
            yield text("acting.left_out", self.locale, organs=what)

    def _everyone(self) -> list[Organ]:
        """Return all organs, of whose contracts there are many; a supplier's are found without them."""
        return [] if self.asked.supplier else self.known

    def _spans(self) -> list[_Span]:
        return named_periods(self.state) or [(EVER, self._today().isoformat())]

    def _today(self) -> date:
        return self.reader.clock.now().astimezone(COMPANY_ZONE).date()

    def _part(self, organs: Sequence[Organ], who: str, span: _Span) -> _Part:
        codes = tuple(one.code for one in organs)
        scope = Scope(codes, *span, supplier=self.asked.supplier, low=self.bounds.low, high=self.bounds.high)
        return _Part(who or text("table.everyone", self.locale), _period(span, self.locale), span, scope)

    def _told(self, part: _Part, whole: Aggregate) -> Iterator[str]:
        yield headline(self._who(part), part.period, whole, self.locale)
        yield from self._details(part.scope, whole)

    def _who(self, part: _Part) -> str:
        """Return whose contracts are told: a supplier's, where one was asked for, and with whom."""
        if not self.asked.supplier:
            return part.who
        (one,) = self.reader.ledger.top_suppliers(part.scope, 1)
        named = supplier_named(one.supplier, one.name, self.locale)
        return f"{named}, {part.who}" if part.scope.organs else named

    def _details(self, scope: Scope, whole: Aggregate) -> Iterator[str]:
        contracts, suppliers = _SHOWN.get(self.asked.topic, (0, 0))
        ledger, most = self.reader.ledger, self.asked.most
        if contracts:
            yield from contract_lines(ledger.largest(scope, min(contracts, most)), whole.contracts, self.locale)
        if suppliers:
            by_count = self.asked.by_count
            shares = ledger.top_suppliers(scope, min(suppliers, most), by_count=by_count)
            head = "table.most_contracts" if by_count else "table.top_suppliers"
            yield from supplier_lines(shares, whole, self.locale, head)

    def _limits(self) -> Iterator[str]:
        """Yield what the figures leave out, so that nobody takes them for more than they are."""
        if not self.bounds.is_open:
            yield text("lookup.bounded", self.locale, bounds=self.bounds.shown(self.locale))
        if self.asked.topic in (Topic.TOTAL, Topic.ORGANS):
            yield text("lookup.signed", self.locale)
        if names_matter(self.words):
            yield text("lookup.matter", self.locale)
        if names_way(self.words):
            yield text("lookup.way", self.locale)
        if self.asked.is_cut:
            yield text("lookup.most", self.locale, most=MOST)
        yield from self._first_only()
        if self.asked.topic is Topic.SUPPLIERS:
            yield text("lookup.by_cnpj", self.locale)

    def _none(self, part: _Part) -> Iterator[str]:
        """Yield that there is nothing here, and what there is; without bounds and a supplier there may be some."""
        if self.asked.supplier:
            cnpj = documents.shown(self.asked.supplier)
            yield text("lookup.no_supplier", self.locale, cnpj=cnpj, who=part.who, period=part.period)
            yield from self._first_only()
            return
        is_narrowed = not self.bounds.is_open and self.reader.ledger.total(replace(part.scope, low=None, high=None))
        key = "lookup.none_bounded" if is_narrowed and is_narrowed.contracts else "acting.none"
        facts = {"organs": part.who, "period": part.period, "bounds": self.bounds.shown(self.locale)}
        yield text(key, self.locale, **facts)
        if key == "acting.none":
            yield from unfound([part.span], self.known, self.reader, self.locale)


_SHOWN = {  # how many contracts and suppliers an answer shows at most; a question may want fewer
    Topic.OVERVIEW: (_FEW, _FEW),
    Topic.LARGEST: (99, 0),
    Topic.SUPPLIERS: (0, 99),
    Topic.SUPPLIER: (99, 0),
}


def _period(span: _Span, locale: str) -> str:
    return text("when.ever", locale) if span[0] == EVER else periods.shown("..".join(span), locale)
