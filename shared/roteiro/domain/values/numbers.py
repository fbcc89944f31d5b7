"""Numbers as Brazilians write and say them: "1.500,50", "mil e duzentos", "um milhão e meio". Exact, never floats."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

__all__ = ["SMALL", "Number", "Word", "read_number", "scale_of", "words_of", "written"]


class Word(NamedTuple):
    """One word, literal number or sign of a levelled text, and its place there."""

    text: str
    start: int
    end: int


class Number(NamedTuple):
    """A number and the index of the first word after it; `scaled` if "mil", "milhão" and the like said its size."""

    value: Fraction
    after: int
    scaled: bool


_UNITS = {
    **dict(zip("zero um dois tres quatro cinco seis sete oito nove".split(), range(10), strict=True)),
    "uma": 1,
    "duas": 2,
}
_TEENS = {
    **dict(
        zip(
            "dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove".split(),
            range(10, 20),
            strict=True,
        )
    ),
    "catorze": 14,
    "dezasseis": 16,
    "dezassete": 17,
    "dezanove": 19,
}
_TENS = dict(
    zip("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split(), range(20, 100, 10), strict=True)
) | {"cincoenta": 50}
_HUNDREDS = {
    f"{stem}{end}": value
    for stem, value in zip(
        "duzent trezent quatrocent quinhent seiscent setecent oitocent novecent".split(),
        range(200, 1000, 100),
        strict=True,
    )
    for end in ("os", "as")
} | {"cem": 100, "cento": 100}
_SCALES = {
    **dict.fromkeys("mil k".split(), 10**3),
    **dict.fromkeys("milhao milhoes mi".split(), 10**6),
    **dict.fromkeys("bilhao bilhoes bi".split(), 10**9),
    **dict.fromkeys("trilhao trilhoes tri".split(), 10**12),
}
_ALONE = frozenset("mil milhao bilhao trilhao".split())  # "mil e duzentos", "milhão e meio"
_TEN = 10
_HALF = frozenset(("meio", "meia"))
SMALL = _UNITS | _TEENS  # the numbers that are one word without "e"

_LONGEST = 24  # characters of a literal: more is a code, not a number (999 trilhões and cents have 22)
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|r\$|[a-z]+|[^\sa-z0-9]")
_FORMS = (
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]{1,4}))?"),
    re.compile(r"(?P<whole>[0-9]+)(?:,(?P<part>[0-9]{1,4}))?"),
    re.compile(r"(?P<whole>[0-9]+)\.(?P<part>[0-9]{2})"),
)
_BEFORE_A_SCALE = re.compile(r"(?P<whole>[0-9]{1,3})\.(?P<part>[0-9]{1,3})")


def words_of(levelled: str) -> list[Word]:
    """Return the words, literal numbers and signs of a levelled text."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(levelled)]


def written(literal: str) -> Fraction | None:
    """Return what a literal means in Brazil, None if it is malformed. A dot and exactly two digits are cents.

    >>> [str(written(text)) for text in ("1.500", "1.500,5", "1500.00", "1.50.0")]
    ['1500', '3001/2', '1500', 'None']
    """
    return _meaning(literal, _FORMS)


def scale_of(word: str) -> int:
    """Return what "mil", "milhões" and the like stand for, 1 for any other word."""
    return _SCALES.get(word, 1)


def read_number(words: list[Word], at: int) -> Number | None:
    """Return the number that begins at word `at`, as long as it goes: up to 999 trilhões; None if none begins there."""
    total, scaled, limit, place = Fraction(0), False, _SCALES["tri"] * 1000, at
    while part := _part(words, place + 1 if place > at and _text(words, place) == "e" else place, limit):
        total, scaled, limit, place = total + part.value, scaled or part.limit > 0, part.limit, part.after
    return Number(total, place, scaled) if place > at else None


class _Part(NamedTuple):
    value: Fraction
    after: int
    limit: int  # what follows in the same number is smaller; 0: nothing follows


def _part(words: list[Word], at: int, limit: int) -> _Part | None:
    """Read one summand: "duzentos e dez", "dois mil", "1,5 milhão", "um e meio milhão", "milhão e meio"."""
    if not limit:
        return None
    count = _count(words, at)
    after = count.after if count else at
    scale = _SCALES.get(_text(words, after), 0)
    if not scale:
        return _last_part(words, at, count, limit)
    if scale >= limit or not (count or _text(words, at) in _ALONE):
        return None
    value = (count.value if count else 1) * scale
    if _is_half(words, after + 1) and _text(words, after + 3) not in _SCALES:
        return _Part(value + Fraction(scale, 2), after + 3, 1)
    return _Part(Fraction(value), after + 1, scale)


def _last_part(words: list[Word], at: int, count: Number | None, limit: int) -> _Part | None:
    """Take a number without a scale, if what came before leaves room for it; a half alone is none."""
    if not count or count.value >= limit or _text(words, at) in _HALF:
        return None
    return _Part(count.value, count.after, 0)


def _is_half(words: list[Word], at: int) -> bool:
    """Say whether "e meio" or "e meia" stands at word `at`."""
    return _text(words, at) == "e" and _text(words, at + 1) in _HALF


def _count(words: list[Word], at: int) -> Number | None:
    """Read how many of a scale there are, or a number below a thousand: "1,5", "meio", "um e meio", "vinte e dois"."""
    first = _text(words, at)
    if first in _HALF:
        return Number(Fraction(1, 2), at + 1, scaled=False)
    if first[:1].isdigit():
        before_a_scale = _text(words, at + 1) in _SCALES
        value = _meaning(first, (*_FORMS, _BEFORE_A_SCALE) if before_a_scale else _FORMS)
        group = None if value is None else Number(value, at + 1, scaled=False)
    else:
        group = _group(words, at)
    if not group:
        return None
    if _is_half(words, group.after) and _text(words, group.after + 2) in _SCALES:
        return Number(group.value + Fraction(1, 2), group.after + 2, scaled=False)
    return group


def _group(words: list[Word], at: int) -> Number | None:
    """Read words below a thousand: hundreds, then tens, then units, each smaller than the one before."""
    total, place = 0, at
    for names in (_HUNDREDS, _TENS, SMALL):
        here = place + 1 if place > at and _text(words, place) == "e" else place
        value = names.get(_text(words, here))
        if value is None or (total % 100 and value >= _TEN) or (total and not value):
            continue
        total, place = total + value, here + 1
    return Number(Fraction(total), place, scaled=False) if place > at else None


def _meaning(literal: str, forms: Iterable[re.Pattern[str]]) -> Fraction | None:
    if len(literal) > _LONGEST:
        return None
    found = next((match for form in forms if (match := form.fullmatch(literal))), None)
    if not found:
        return None
    part = found["part"] or ""
    return Fraction(int(found["whole"].replace(".", "") + part), 10 ** len(part))


def _text(words: list[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""
