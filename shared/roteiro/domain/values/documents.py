"""CPF and CNPJ, the alphanumeric one in force since July 2026 too: found in a sentence, their check digits verified."""

import re
from collections.abc import Iterator

from roteiro.domain.values.letters import level
from roteiro.domain.values.spoken import spoken_digits
from roteiro.domain.values.value import CERTAIN, Found, Hints, Problem, Value

__all__ = ["find_cnpj", "find_cpf", "find_cpf_or_cnpj", "is_cnpj", "is_cpf", "shown"]

_CPF_LENGTH = 11
_CNPJ_LENGTH = 14
_CPF_WEIGHTS = (range(10, 1, -1), range(11, 1, -1))
_CNPJ_WEIGHTS = ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))

_LEFT = r"(?<![0-9a-z])(?<![0-9][./-])"
_RIGHT = r"(?![0-9a-z])(?![./-][0-9])"
_CPF = re.compile(rf"{_LEFT}[0-9]{{3}}[ .]{{0,2}}[0-9]{{3}}[ .]{{0,2}}[0-9]{{3}}[ ./-]{{0,3}}[0-9]{{2}}{_RIGHT}")
_CNPJ = re.compile(
    rf"{_LEFT}(?:[0-9a-z]{{2}}\.?[0-9a-z]{{3}}\.?[0-9a-z]{{3}}/?[0-9a-z]{{4}}-?[0-9]{{2}}"
    rf"|[0-9]{{2}}[ .]{{0,2}}[0-9]{{3}}[ .]{{0,2}}[0-9]{{3}}[ /]{{0,3}}[0-9]{{4}}[ -]{{0,3}}[0-9]{{2}}){_RIGHT}"
)
# What looks like an attempt at a number: digits, with the signs people put between them.
_ATTEMPT = re.compile(r"(?<![0-9a-z])[0-9](?:[ ./-]{0,3}[0-9]){2,40}(?![0-9a-z])")
_SIGNS = re.compile(r"[ ./-]")
_FEWEST_DIGITS = 4  # of a CNPJ with wrong check digits, so that no ordinary word is called one; chosen


def is_cpf(digits: str) -> bool:
    """Say whether 11 plain digits are a CPF: two check digits modulo 11, not all equal."""
    return len(digits) == _CPF_LENGTH and digits.isdecimal() and _agrees(digits, _CPF_WEIGHTS)


def is_cnpj(characters: str) -> bool:
    """Say whether 14 characters, letters in upper case, are a CNPJ; a character counts as its code minus 48."""
    well_formed = re.fullmatch("[0-9A-Z]{12}[0-9]{2}", characters)
    return well_formed is not None and _agrees(characters, _CNPJ_WEIGHTS)


def shown(stored: str) -> str:
    """Return a CPF or CNPJ as people read it.

    >>> shown("52998224725"), shown("12ABC34501DE35")
    ('529.982.247-25', '12.ABC.345/01DE-35')
    """
    if len(stored) == _CPF_LENGTH:
        return f"{stored[:3]}.{stored[3:6]}.{stored[6:9]}-{stored[9:]}"
    return f"{stored[:2]}.{stored[2:5]}.{stored[5:8]}/{stored[8:12]}-{stored[12:]}"


def find_cpf(text: str, hints: Hints) -> Found:
    """Find CPFs. Problems: `wrong_digits`, `wrong_length` (expected, received)."""
    found = list(_cpfs(level(text)))
    yield from found
    if not found and hints.asked:
        yield from _attempts(level(text), (_CPF_LENGTH,))


def find_cnpj(text: str, hints: Hints) -> Found:
    """Find CNPJs, numeric and alphanumeric. Problems: `wrong_digits`, `wrong_length` (expected, received)."""
    found = list(_cnpjs(level(text)))
    yield from found
    if not found and hints.asked:
        yield from _attempts(level(text), (_CNPJ_LENGTH,))


def find_cpf_or_cnpj(text: str, hints: Hints) -> Found:
    """Find either; which one it is, its length says. Problems as for each."""
    found = [*_cpfs(level(text)), *_cnpjs(level(text))]
    yield from found
    if not found and hints.asked:
        yield from _attempts(level(text), (_CPF_LENGTH, _CNPJ_LENGTH))


def _agrees(characters: str, weights: tuple[range | tuple[int, ...], ...]) -> bool:
    if len(set(characters)) == 1:
        return False
    base = len(characters) - len(weights)
    checks = (_check(characters[: base + n], weights[n]) for n in range(len(weights)))
    return characters[base:] == "".join(checks)


def _check(characters: str, weights: range | tuple[int, ...]) -> str:
    rest = sum((ord(c) - 48) * weight for c, weight in zip(characters, weights, strict=True)) % 11
    return str(0 if rest <= 1 else 11 - rest)


def _cpfs(levelled: str) -> Iterator[Value | Problem]:
    written = ((_SIGNS.sub("", found[0]), *found.span()) for found in _CPF.finditer(levelled))
    for digits, start, end in (*written, *spoken_digits(levelled)):
        if is_cpf(digits):
            yield Value(digits, shown(digits), start, end, CERTAIN)
        elif len(digits) == _CPF_LENGTH:
            yield Problem("wrong_digits")


def _cnpjs(levelled: str) -> Iterator[Value | Problem]:
    written = ((_SIGNS.sub("", found[0]).upper(), *found.span()) for found in _CNPJ.finditer(levelled))
    for characters, start, end in (*written, *spoken_digits(levelled)):
        if is_cnpj(characters):
            yield Value(characters, shown(characters), start, end, CERTAIN)
        elif len(characters) == _CNPJ_LENGTH and sum(map(str.isdecimal, characters)) >= _FEWEST_DIGITS:
            yield Problem("wrong_digits")


def _attempts(levelled: str, lengths: tuple[int, ...]) -> Iterator[Problem]:
    """Tell how many digits there were instead."""
    for attempt in (*(found[0] for found in _ATTEMPT.finditer(levelled)), *(run[0] for run in spoken_digits(levelled))):
        expected = ("expected", " / ".join(map(str, lengths)))
        yield Problem("wrong_length", (expected, ("received", str(len(_SIGNS.sub("", attempt))))))
