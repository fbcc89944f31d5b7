"""What a look-up of contracts says, line by line; a natural person's CPF never in full."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from textwrap import shorten

from roteiro.domain.contracts.records import Aggregate, Purchase, spoken_number
from roteiro.domain.contracts.scope import SupplierShare
from roteiro.domain.texts import text
from roteiro.domain.values import dates, documents, money
from roteiro.domain.values.masking import masked, without_cpfs

__all__ = ["contract_lines", "headline", "organ_lines", "supplier_lines", "supplier_named"]

_CPF_LENGTH, _CNPJ_LENGTH = 11, 14
_LONGEST_NAME = 70  # characters of a supplier's name or of what was bought (chosen: a line or two on a phone)
_CENTS = 100


def headline(who: str, period: str, whole: Aggregate, locale: str) -> str:
    """Return how much somebody's contracts of a period are together; that there is one supplier says nothing."""
    facts = {"contracts": whole.contracts, "suppliers": whole.suppliers, "total": _money(whole.cents, locale)}
    key = "lookup.head" if whole.suppliers > 1 else "lookup.head_one"
    return text(key, locale, who=who, period=period, **facts)


def contract_lines(found: Sequence[Purchase], whole: int, locale: str, head: str = "table.largest") -> Iterator[str]:
    """Yield the first of `whole` contracts, each with number, supplier, value and day; `head` says which they are."""
    yield text(head, locale, shown=len(found), contracts=whole)
    for one in found:
        line = text(
            "table.found_contract",
            locale,
            number=spoken_number(one.id),
            supplier=supplier_named(one.supplier, one.supplier_name, locale),
            value=_money(one.final, locale),
            day=dates.shown(date.fromisoformat(one.signed), locale),
        )
        yield f"• {line}{_object(one)}"


def supplier_lines(
    found: Sequence[SupplierShare], whole: Aggregate, locale: str, head: str = "table.top_suppliers"
) -> Iterator[str]:
    """Yield the suppliers with most of a sum, each with its share; `head` says which they are."""
    yield text(head, locale, shown=len(found), suppliers=whole.suppliers)
    for one in found:
        line = text(
            "table.found_supplier",
            locale,
            supplier=supplier_named(one.supplier, one.name, locale),
            value=_money(one.cents, locale),
            contracts=one.contracts,
            share=_share(one.cents, whole.cents, locale),
        )
        yield f"• {line}"


def organ_lines(ranked: Sequence[tuple[str, Aggregate]], most: int, period: str, locale: str) -> Iterator[str]:
    """Yield the organs with the greatest sums of a period, the greatest first."""
    shown = ranked[:most]
    yield text("table.top_organs", locale, shown=len(shown), organs=len(ranked), period=period)
    for place, (name, whole) in enumerate(shown, start=1):
        value = _money(whole.cents, locale)
        yield f"{place}. {text('table.found_organ', locale, organ=name, value=value, contracts=whole.contracts)}"


def supplier_named(code: str, name: str, locale: str) -> str:
    """Return a supplier as people may read it; a person's CPF comes masked from the source, or is masked here.

    >>> supplier_named("12345678000190", "Padaria Boa Hora", "pt-BR"), supplier_named("52998224725", "Ana", "pt-BR")
    ('Padaria Boa Hora (CNPJ 12.345.678/0001-90)', 'Ana (CPF ***.982.247-**)')
    """
    if not code:
        return text("table.secret", locale)
    short = shorten(without_cpfs(name), _LONGEST_NAME, placeholder="…") or text("table.nameless", locale)
    number = _number_shown(code.removesuffix(name).strip() if name else code)
    return f"{short} ({number})" if number else short


def _number_shown(code: str) -> str:
    """Return a supplier's number with its name; empty for one of another kind, which says nothing to a reader."""
    if "*" in code:
        return f"CPF {code.split(maxsplit=1)[0]}"
    plain = "".join(filter(str.isalnum, code))
    if len(plain) == _CPF_LENGTH:
        return f"CPF {masked('cpf', plain)}"
    return f"CNPJ {documents.shown(plain)}" if len(plain) == _CNPJ_LENGTH else ""


def _object(one: Purchase) -> str:
    return f" ({shorten(without_cpfs(one.object), _LONGEST_NAME, placeholder='…')})" if one.object else ""


def _money(cents: int, locale: str) -> str:
    return money.shown(str(Decimal(cents) / _CENTS), locale)


def _share(part: int, whole: int, locale: str) -> str:
    """Return a share in percent with one decimal; "0" of nothing."""
    share = f"{Decimal(100 * part) / whole:.1f}" if whole > 0 else "0"
    return share if locale.startswith("en") else share.replace(".", ",")
