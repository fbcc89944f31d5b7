"""What a person may write: length, characters, and the one form in which it is kept. Never escaped, never judged."""

import re
import unicodedata

from roteiro.errors import InvalidRequest

__all__ = ["LONGEST_MESSAGE", "LONGEST_NAME", "clean", "fold"]

LONGEST_MESSAGE = 1000  # characters after NFC, hence 4,000 bytes at most; the second seed's documented limit
LONGEST_NAME = 120  # characters; chosen, long enough for any full name

# Control characters but tab and line break, and the marks that reorder text on screen. Emoji joiners stay.
_UNSEEN = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = re.compile("[^a-z0-9]+")
_SURROGATE = re.compile("[\ud800-\udfff\x00]")


def clean(text: str, longest: int = LONGEST_MESSAGE) -> str:
    """Return the text as it is stored: NFC, trimmed, without invisible controls, otherwise as typed.

    Raises InvalidRequest (`message_too_long`, `blank`, `bad_characters`).
    """
    if _SURROGATE.search(text):
        raise InvalidRequest(code="bad_characters")
    kept = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()  # removed first: what meets then is composed
    if all(unicodedata.category(c) == "Cf" for c in kept):  # nothing, or only joiners and the like
        raise InvalidRequest(code="blank")
    if len(kept) > longest:
        raise InvalidRequest(code="message_too_long", limit=longest)
    return kept


def fold(text: str) -> str:
    """Return the text for comparing words: lower case, no accents, every run of other signs one blank.

    >>> fold("Não, OBRIGADO!!")
    'nao obrigado'
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _SIGNS.sub(" ", bare).strip()
