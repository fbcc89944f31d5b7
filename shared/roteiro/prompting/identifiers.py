"""Where personal data stands in a text: e-mails, documents, cards, phones, addresses, plates, names that are given.

It finds too much rather than too little: the value is put back locally, so a wrong find costs the model a word at most.
Every pattern is bounded or repeats over signs that exclude each other, so that a hostile text costs linear time.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from roteiro.domain.values.documents import is_cnpj, is_cpf
from roteiro.domain.values.letters import level
from roteiro.domain.values.spoken import spoken_digits

__all__ = ["Found", "identifiers"]


class Found(NamedTuple):
    """Personal data of a kind (CPF, EMAIL, …) at text[start:end]."""

    kind: str
    start: int
    end: int


# Signs and blanks, line breaks and unseen ones too, that people and tricks put between the digits of one number.
_SIGNS = r"[\s.,:()/_*|\u00ad\u200b-\u200f\u2060\ufeff\u2010-\u2015\u2212-]"
_RUN = re.compile(rf"\+?\(?\d(?:{_SIGNS}{{0,3}}\d){{6,}}")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2}")
_MONEY = re.compile(r"\d{1,3}(?:\.\d{3}){2,4}(?:,\d{2})?|\d{1,3}(?:\.\d{3}){0,4},\d{2}|\d{7,12},\d{2}")
_BEFORE_MONEY = re.compile(r"r\$\s?\Z", re.IGNORECASE)
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}")
_CEP = re.compile(r"\d{2}\.?\d{3}-\d{3}")
_CARD_LENGTHS = range(13, 20)  # digits, ISO/IEC 7812
_PHONE_LENGTHS = (10, 11)  # digits with the area code
_COUNTRY = "55"
# A street with the number of a house: its name alone is not personal, and "rua e quebrei 2 portas" is none.
_STREET = (
    r"\b(?:rua|r\.|avenida|av\.?|travessa|alameda|pra[çc]a|rodovia|estrada)\s[^\W\d_][^\d\n,;.!?]{2,60}"
    r"(?:,\s?(?:n\S{0,2}\s?)?\d{1,5}|\sn[º°o.]{1,2}\s?\d{1,5}|\s\d{3,5})\b"
)
_NAMED = r"(?:meu nome (?:é|e)|me chamo|mi nombre es|me llamo|my name is)\s+"
_WORDS = (
    ("EMAIL", re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    ("EMAIL", re.compile(r"[\w.+-]{1,64}\s(?:arroba)\s[\w-]{1,63}(?:(?:\sponto\s|\.)[\w-]{1,63}){1,4}", re.IGNORECASE)),
    ("PIX", re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")),
    ("CNPJ", re.compile(rf"\b[0-9A-Za-z]{{2}}\.[0-9A-Za-z]{{3}}\.[0-9A-Za-z]{{3}}/[0-9A-Za-z]{{4}}{_SIGNS}?\d{{2}}\b")),
    ("PLATE", re.compile(r"\b[A-Za-z]{3}[-\u2010-\u2015]?\d[A-Za-z0-9]\d{2}\b")),
    # With a blank between, "ano 2024" looks the same: then in capitals, with the Mercosul's letter, or named a plate.
    ("PLATE", re.compile(r"\b(?:[A-Z]{3}\s\d[A-Za-z0-9]\d{2}|[A-Za-z]{3}\s\d[A-Za-z]\d{2})\b")),
    ("PLATE", re.compile(r"(?<=\bplaca\s)[A-Za-z]{3}\s\d[A-Za-z0-9]\d{2}\b", re.IGNORECASE)),
    ("ADDRESS", re.compile(_STREET, re.IGNORECASE)),
)
_GIVEN_NAME = re.compile(rf"(?i:{_NAMED})([^\W\d_][\w'’-]{{1,30}}(?:\s(?:d[aeo]s?\s)?[A-ZÀ-Ý][\w'’-]{{1,30}}){{0,4}})")
_BARE_CNPJ = re.compile(r"\b[0-9A-Za-z]{12}\d{2}\b")


def identifiers(text: str) -> list[Found]:
    """Return the personal data of a text in its order, none inside another; of two that meet, the longer one."""
    found = sorted([*_worded(text), *_numbers(text), *_spoken(text)], key=lambda one: (one.start - one.end, one.start))
    kept: dict[int, Found] = {}
    taken = bytearray(len(text))
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
            kept[one.start] = one
    return [kept[start] for start in sorted(kept)]


def _worded(text: str) -> Iterator[Found]:
    for kind, pattern in _WORDS:
        yield from (Found(kind, *match.span()) for match in pattern.finditer(text))
    yield from (Found("NAME", *match.span(1)) for match in _GIVEN_NAME.finditer(text))
    yield from (Found("CNPJ", *match.span()) for match in _BARE_CNPJ.finditer(text) if is_cnpj(match[0].upper()))


def _numbers(text: str) -> Iterator[Found]:
    for match in _RUN.finditer(text):
        if not _DATE.fullmatch(match[0]) and not _is_money(text, match):
            yield Found(_kind(match[0]), *match.span())


def _is_money(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 4) : match.start()]
    return _BEFORE_MONEY.search(before) is not None and _MONEY.fullmatch(match[0]) is not None


def _spoken(text: str) -> Iterator[Found]:
    levelled = level(text)
    yield from (Found(_kind(digits), start, end) for digits, start, end in spoken_digits(levelled))


def _kind(run: str) -> str:
    """Return what a run of digits is, where its check digits or its form tell."""
    digits = "".join(character for character in level(run) if character.isdecimal())
    national = digits.removeprefix(_COUNTRY) if len(digits) > max(_PHONE_LENGTHS) else digits
    for kind, fits in (
        ("CPF", is_cpf(digits) or _CPF.fullmatch(run)),
        ("CNPJ", is_cnpj(digits)),
        ("CARD", len(digits) in _CARD_LENGTHS and _passes_luhn(digits)),
        ("CEP", _CEP.fullmatch(run)),
        ("PHONE", len(national) in _PHONE_LENGTHS and national[0] != "0"),
    ):
        if fits:
            return kind
    return "NUMBER"


def _passes_luhn(digits: str) -> bool:
    """Say whether the check digit of a card agrees (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(number // 10 + number % 10 for number in doubled)) % 10 == 0
