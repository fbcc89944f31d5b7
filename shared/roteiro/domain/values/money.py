"""Amounts in reais as people write and say them; integers of cents inside, never floats."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from roteiro.domain.values.comparisons import Comparison, compared, joins
from roteiro.domain.values.days import MONTHS
from roteiro.domain.values.english import in_portuguese as from_english
from roteiro.domain.values.letters import level
from roteiro.domain.values.numbers import Word, read_number, scale_of, words_of
from roteiro.domain.values.spanish import in_portuguese as from_spanish
from roteiro.domain.values.value import BARE, LIKELY, Found, Hints, Problem, Value

__all__ = ["Amount", "amounts_in", "find_money", "shown"]

_CENTS = 100
_THOUSAND = 1000
_MOST = 10**14  # cents: 10^12 reais
_REAIS = frozenset("real reais reales conto contos pila pilas pau paus brl".split())
_CENTAVOS = frozenset(("centavo", "centavos"))
_HALF = frozenset(("meio", "meia"))
_ARTICLES = frozenset(("um", "uma"))
# A number before one of these counts something else (specs: days, contracts, people, times…).
_COUNTED = frozenset(
    "dia dias semana semanas mes meses ano anos hora horas minuto minutos contrato contratos empresa empresas pessoa "
    "pessoas vez vezes parcela parcelas km quilometros litros metros unidades itens carros motos reclamacoes aditivo "
    "aditivos fornecedor fornecedores orgao orgaos day days week weeks month months year years contract contracts "
    "company companies supplier suppliers people times proveedor proveedores veces personas "
    "% h kg x / : @".split()
)
_FROM = re.compile(r"\b(?:de|desde|from|del|a partir de) (?:r\$ ?)?$")
_TO = re.compile(r" ?- ?(?:r\$ ?)?| (?:a|ate|to|up to|until|hasta) (?:r\$ ?)?")
_CALENDAR = re.compile(r"[oa]\b| de (?:" + "|".join(MONTHS) + r")\b")  # after a number: "1º de março"
_YEARS = range(1990, 2100)  # "entre 2022 e 2024" compares years
_LOOK_BACK = 20  # characters before a number that can hold its sign
_LEAST = 10_000  # reais; chosen: a smaller bare number after "até" or before "ou mais" counts something else
_ENGLISH = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?(?![0-9]|[.,][0-9])")
_SPANISH = re.compile(
    r"\b(?:[a-z]*cient[oa]s|quinient[oa]s|cien|cuarenta|cincuenta|sesenta|ochenta|un millon|dos millones)\b"
)
_TO_BRAZILIAN = str.maketrans(",.", ".,")


class Amount(NamedTuple):
    """One amount: cents, how it compares (gt, lt, eq, between), its place, and whether words said it is money.

    `is_strict`: it lies itself outside, as in "acima de". `scale`: what "mil" or "milhões" beside it stand for, else 1.
    """

    cents: int
    op: str
    start: int
    end: int
    evident: bool
    is_strict: bool = False
    scale: int = 1


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts a text speaks of; "between" comes as two. A bare number is no money.

    >>> [(one.cents, one.op) for one in amounts_in("contratos acima de 5 milhões")]
    [(500000000, 'gt')]
    """
    levelled = _ENGLISH.sub(lambda found: found[0].translate(_TO_BRAZILIAN), level(text))
    is_spanish = _SPANISH.search(levelled) is not None
    found = [one for one in _amounts(levelled, is_spanish=is_spanish) if isinstance(one, Amount)]
    return [one for one in _with_ranges(found, levelled) if one.evident]


def find_money(text: str, hints: Hints) -> Found:
    """Find amounts, stored as "1500.00". Asked, a bare number counts unless another amount is evident.

    Problems: `bad_form` ("1.50.0"), `negative`, `out_of_range` (minimum, maximum).
    """
    found = list(_amounts(level(text), is_spanish=hints.locale.startswith("es")))
    evident = [one for one in found if isinstance(one, Amount) and one.evident]
    bare = [one for one in found if hints.asked and not _is_article(text, one)]
    for one in evident or bare:
        yield one if isinstance(one, Problem) else _within(one, hints)


def shown(stored: str, locale: str = "pt-BR") -> str:
    """Return an amount as it is read.

    >>> shown("1500.50"), shown("1500.50", "en")
    ('R$ 1.500,50', 'R$ 1,500.50')
    """
    english = f"{Decimal(stored):,.2f}"
    return f"R$ {english if locale.startswith('en') else english.translate(str.maketrans(',.', '.,'))}"


def _with_ranges(amounts: list[Amount], levelled: str) -> list[Amount]:
    """Return "de 10 mil a 20 mil" as the two ends of a range; in "de 1 a 2 milhões" both are millions."""
    ranged = list(amounts)
    for at, (low, high) in enumerate(pairwise(amounts)):
        if high.evident and _is_range(low, high, levelled):
            scale = high.scale if low.scale == 1 and low.cents < _CENTS * _THOUSAND else 1
            cents = low.cents * scale if low.cents * scale < high.cents else low.cents
            ends = (low._replace(cents=cents), high)
            ranged[at : at + 2] = (end._replace(op="between", evident=True, is_strict=False) for end in ends)
    return ranged


def _is_range(low: Amount, high: Amount, levelled: str) -> bool:
    if low.op == high.op == "between":
        return True
    is_year = _is_year(low.start, low.end, low.cents // _CENTS)  # "de 2025 até 100 mil"
    is_joined = _TO.fullmatch(levelled[low.end : high.start]) is not None
    return is_joined and not is_year and (low.evident or _FROM.search(levelled[: low.start]) is not None)


def _is_article(text: str, amount: Amount | Problem) -> bool:
    if isinstance(amount, Problem):
        return False
    return level(text)[amount.start : amount.end] in _ARTICLES and text.strip() != text[amount.start : amount.end]


def _within(amount: Amount, hints: Hints) -> Value | Problem:
    if amount.cents > _MOST:
        return hints._replace(maximum=hints.maximum or str(_MOST // _CENTS)).out_of_range()
    if not hints.allows(Fraction(amount.cents, _CENTS)):
        return hints.out_of_range()
    stored = f"{amount.cents // _CENTS}.{amount.cents % _CENTS:02d}"
    certainty = LIKELY if amount.evident else BARE
    return Value(stored, shown(stored, hints.locale), amount.start, amount.end, certainty)


class _Reading(NamedTuple):
    reais: Fraction
    after: int
    named: bool  # "R$", "reais", "centavos"
    scaled: bool  # "mil", "milhão"
    alone: bool = False  # "mil" and nothing else: also said of apologies
    scale: int = 1


def _amounts(levelled: str, *, is_spanish: bool = False) -> Iterator[Amount | Problem]:
    words = words_of(levelled)
    words = from_spanish(words) if is_spanish else from_english(words)
    at, last = 0, Comparison()
    while at < len(words):
        signed = at + (words[at].text == "r$")
        first = signed + (signed > at and _text(words, signed) == "-")
        reading = _reading(words, first, named=signed > at)
        start, after = words[at].start, reading.after if reading else at + 1
        if _is_money(levelled, words, at, after):
            if reading:
                is_second = last.op == "between" and joins(levelled, start)
                last = last if is_second else compared(levelled, start, words[after - 1].end)
                negative = first > signed or _is_negative(levelled, start)
                yield Problem("negative") if negative else _amount(reading, last, start, words[after - 1].end)
            elif _text(words, first)[:1].isdigit():
                yield Problem("bad_form")
        at = after


def _is_money(levelled: str, words: list[Word], at: int, after: int) -> bool:
    is_day = _CALENDAR.match(levelled, words[after - 1].end) is not None
    return not (is_day or _is_attached(levelled, words[at].start) or _text(words, after) in _COUNTED)


def _reading(words: list[Word], at: int, *, named: bool) -> _Reading | None:
    number = read_number(words, at)
    if not number or (words[at].text in _HALF and not number.scaled):
        return None
    value, after = number.value, number.after
    if _text(words, after) in _CENTAVOS:
        return _Reading(value / _CENTS, after + 1, named=True, scaled=number.scaled)
    de = _text(words, after) == "de" and _text(words, after + 1) in _REAIS  # "um milhão de reais"
    if _text(words, after + de) in _REAIS:
        named, after = True, after + de + 1
        value, after = _and_cents(words, value, after)
    alone = words[at].text == "mil" and number.after == at + 1
    return _Reading(value, after, named, number.scaled, alone, scale_of(_text(words, number.after - 1)))


def _and_cents(words: list[Word], reais: Fraction, at: int) -> tuple[Fraction, int]:
    """Read what follows "reais": "e cinquenta", "e 50 centavos", "e meio"."""
    if _text(words, at) != "e":
        return reais, at
    if _text(words, at + 1) in _HALF:
        return reais + Fraction(1, 2), at + 2
    cents = read_number(words, at + 1)
    if not cents or cents.scaled or cents.value >= _CENTS or cents.value.denominator != 1:
        return reais, at
    following = _text(words, cents.after)
    if following in _REAIS or following in _COUNTED:  # "dez reais e dois dias" counts days
        return reais, at
    return reais + cents.value / _CENTS, cents.after + (following in _CENTAVOS)


def _amount(reading: _Reading, said: Comparison, start: int, end: int) -> Amount | Problem:
    cents = reading.reais * _CENTS
    if cents.denominator != 1:
        return Problem("bad_form")
    is_year = _is_year(start, end, reading.reais)
    compares = said.is_sure or (said.op not in ("eq", "between") and reading.reais >= _LEAST)
    evident = reading.named or (reading.scaled and not reading.alone) or (compares and not is_year)
    return Amount(int(cents), said.op, start, end, evident, said.is_strict, reading.scale)


def _is_year(start: int, end: int, reais: Fraction | int) -> bool:
    """Say whether a bare number is a year: "2024", not "2.024"."""
    return end - start == len("2024") and reais in _YEARS


def _is_attached(levelled: str, start: int) -> bool:
    """Say whether the number is the rest of something else: "12/03", "abc123", "10:30", "#42"."""
    before = levelled[start - 1 : start] if start else ""
    hyphen = before == "-" and levelled[start - 2 : start - 1].isalnum()
    return hyphen or before.isalnum() or (before != "" and before in "/:#@.,")


def _is_negative(levelled: str, start: int) -> bool:
    before = levelled[max(0, start - _LOOK_BACK) : start].rstrip()
    return before.endswith("-") and not before.rstrip(" -")[-1:].isalnum()


def _text(words: list[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""
