"""E-mail addresses, written ("ana+x@exemplo.com.br") or dictated ("ana arroba exemplo ponto com")."""

import re
from collections.abc import Iterator

from roteiro.domain.values.letters import level
from roteiro.domain.values.value import CERTAIN, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_emails"]

_LONGEST = 254  # characters, RFC 5321 4.5.3.1.3 less the angle brackets
_LONGEST_LOCAL = 64  # RFC 5321 4.5.3.1.1
_LONGEST_LABEL = 63  # RFC 1035 2.3.4
# Everything between blanks, without the signs that sentences put around it.
_ATTEMPT = re.compile(r"[^\s<>()\[\]\"',;:]+")
_LOCAL = re.compile(r"[a-zA-Z0-9_%+'-]+(?:\.[a-zA-Z0-9_%+'-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_TOP_LEVEL = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+")
_WORD = re.compile(r"[a-z0-9_.+%-]+")
_SIGNS = {
    **dict.fromkeys(("ponto", "dot", "punto"), "."),
    **dict.fromkeys(("underline", "underscore", "anderline"), "_"),
    **dict.fromkeys(("traco", "hifen", "menos", "dash"), "-"),
    "mais": "+",
}
_AT = frozenset(("arroba", "at"))


def find_emails(text: str, hints: Hints) -> Found:
    """Find addresses; the domain is stored in lower case. Problem: `bad_form`."""
    attempts = [*_written(text), *_dictated(level(text))]
    for address, start, end, certainty in attempts:
        if _is_address(address):
            local, _, domain = address.rpartition("@")
            stored = f"{local}@{domain.lower()}"
            yield Value(stored, stored, start, end, certainty)
        elif hints.asked:
            yield Problem("bad_form")
    if hints.asked and not attempts and re.search(r"[a-z0-9]\.(?:com|net|org|br)\b", level(text)):
        yield Problem("bad_form")


def _is_address(text: str) -> bool:
    local, at, domain = text.partition("@")
    labels = domain.lower().split(".")
    return (
        bool(at)
        and len(text) <= _LONGEST
        and len(local) <= _LONGEST_LOCAL
        and _LOCAL.fullmatch(local) is not None
        and len(labels) > 1
        and all(len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels)
        and _TOP_LEVEL.fullmatch(labels[-1]) is not None
    )


def _written(text: str) -> Iterator[tuple[str, int, int, float]]:
    for found in _ATTEMPT.finditer(text):
        if "@" in found[0]:
            address = found[0].rstrip(".!?…*_-/")
            yield address, found.start(), found.start() + len(address), CERTAIN


def _dictated(levelled: str) -> Iterator[tuple[str, int, int, float]]:
    words = [*_WORD.finditer(levelled)]
    for at, word in enumerate(words):
        if word[0] not in _AT or at in (0, len(words) - 1):
            continue
        first, last = _reach(words, at)
        said = [_SIGNS.get(part[0], part[0]) for part in words[first : last + 1]]
        address = "".join("@" if part in _AT else part for part in said).rstrip(".")
        if word[0] == "arroba" or _is_address(address):  # "at" is English, and a word of many sentences
            yield address, words[first].start(), words[last].end(), LIKELY


def _reach(words: list[re.Match[str]], at: int) -> tuple[int, int]:
    """Return the first and last word of the address around the "arroba": words joined by signs said as words."""
    first, last = at - 1, at + 1
    while first > 1 and words[first - 1][0] in _SIGNS:
        first -= 2
    while last + 2 < len(words) and words[last + 1][0] in _SIGNS:
        last += 2
    return first, last
