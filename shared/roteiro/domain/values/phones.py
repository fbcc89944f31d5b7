"""Brazilian telephone numbers with their area code (DDD), as E.164: "+5511987654321"."""

import re
from collections.abc import Iterator

from roteiro.domain.values.letters import level
from roteiro.domain.values.spoken import spoken_digits
from roteiro.domain.values.value import BARE, CERTAIN, LIKELY, Found, Hints, Problem, Value

__all__ = ["AREA_CODES", "find_phones", "shown"]

# The 67 area codes of Anatel's numbering plan (resolution 263/2001 and the annexes that followed).
AREA_CODES = frozenset(
    "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 "
    "61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 97 98 99".split()
)
_MOBILE = re.compile("9[0-9]{8}")
_LANDLINE = re.compile("[2-5][0-9]{7}")
_LOCAL = (8, 9)  # digits without an area code
_WITH_AREA = (10, 11)

_LEFT = r"(?<![0-9a-z+])(?<![0-9][.,/-])"
_RIGHT = r"(?![0-9a-z])(?![./-][0-9])"
_PHONE = re.compile(
    rf"{_LEFT}(?P<country>(?:\+|00)? ?55[ .-]{{0,2}})?\(?(?P<trunk>0(?:xx|[1-9][0-9])?[ .-]?)?\(?"
    r"(?P<area>[1-9][0-9])\)?[ .-]{0,3}"
    rf"(?P<number>9[ .-]?[0-9]{{4}}[ .-]?[0-9]{{4}}|[2-5][0-9]{{3}}[ .-]?[0-9]{{4}}){_RIGHT}"
)
_TOLL_FREE = re.compile(r"(?<![0-9])0[38]00[ .-]?[0-9]{2,3}[ .-]?[0-9]{4}(?![0-9])")
_FOREIGN = re.compile(r"(?:\+|(?<![0-9])00)(?!0|55) ?[1-9][0-9 ().-]{5,24}[0-9]")
_ATTEMPT = re.compile(r"(?<![0-9a-z])\(?[0-9](?:[ ().-]{0,3}[0-9]){2,40}(?![0-9a-z])")
_CUE = re.compile(r"\b(?:tel|fone|telefone|celular|cel|whats|whatsapp|zap|numero|contato|liga|ligar|ligue)\b")


def find_phones(text: str, hints: Hints) -> Found:
    """Find numbers with a valid area code.

    Problems: `no_area_code`, `wrong_area_code`, `no_mobile` (neither a landline nor a mobile number with its 9),
    `toll_free`, `foreign_number`, `wrong_length` (expected, received).
    """
    levelled = level(text)
    found = [*_written(levelled, hints), *_dictated(levelled)]
    yield from found
    if not found and hints.asked:
        yield from _problems(levelled)


def shown(stored: str) -> str:
    """Return the number as Brazilians write it.

    >>> shown("+5511987654321")
    '(11) 98765-4321'
    """
    return f"({stored[3:5]}) {stored[5:-4]}-{stored[-4:]}"


def _written(levelled: str, hints: Hints) -> Iterator[Value]:
    cued = hints.asked or _CUE.search(levelled) is not None
    for found in _PHONE.finditer(levelled):
        number = re.sub("[ .-]", "", found["number"])
        bare = found[0].isdecimal()
        mobile = len(number) in _LOCAL[1:]
        # Ten digits in a row may be a policy or an order: they are a telephone only where telephones are spoken of.
        if found["area"] in AREA_CODES and (cued or mobile or not bare):
            yield _phone(found["area"] + number, found.start(), found.end(), BARE if bare else CERTAIN)


def _dictated(levelled: str) -> Iterator[Value]:
    for digits, start, end in spoken_digits(levelled):
        if digits[:2] in AREA_CODES and (_MOBILE.fullmatch(digits, 2) or _LANDLINE.fullmatch(digits, 2)):
            yield _phone(digits, start, end, LIKELY)


def _phone(national: str, start: int, end: int, certainty: float) -> Value:
    stored = f"+55{national}"
    return Value(stored, shown(stored), start, end, certainty)


def _problems(levelled: str) -> Iterator[Problem]:
    if _TOLL_FREE.search(levelled):
        yield Problem("toll_free")
    elif _FOREIGN.search(levelled):
        yield Problem("foreign_number")
    for attempt in (*(found[0] for found in _ATTEMPT.finditer(levelled)), *(run[0] for run in spoken_digits(levelled))):
        yield _problem(re.sub("[^0-9]", "", attempt))


def _problem(digits: str) -> Problem:
    national = digits.lstrip("0")
    if len(national) > max(_WITH_AREA):
        national = national.removeprefix("55")
    if len(national) in _LOCAL:
        return Problem("no_area_code")
    if len(national) not in _WITH_AREA:
        return Problem("wrong_length", (("expected", "10 / 11"), ("received", str(len(digits)))))
    return Problem("no_mobile") if national[:2] in AREA_CODES else Problem("wrong_area_code")
