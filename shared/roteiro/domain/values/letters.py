"""Text made comparable without moving anything: place n of the result is place n of what was written."""

import unicodedata
from functools import lru_cache

__all__ = ["level"]

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")


def level(text: str) -> str:
    """Return the text in lower case, without accents, with plain digits, dashes and blanks, of the same length.

    >>> level("Março, 1º – ５２９")
    'marco, 1o - 529'
    """
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)  # single characters only: nothing a customer wrote can be read out of it
def _plain(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character.isspace():
        return " "
    decimal = unicodedata.decimal(character, None)
    if decimal is not None:
        return str(decimal)
    bare = [c for c in unicodedata.normalize("NFKD", character.casefold()) if not unicodedata.combining(c)]
    return bare[0] if len(bare) == 1 else character
