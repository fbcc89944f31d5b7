"""Any text made fit for paper: composed accents, no controls, nothing that reorders what stands beside it."""

import re
import unicodedata

__all__ = ["clipped", "printable"]

# Controls but tab and line break, joiners and selectors that are only for screens, marks that reorder text, halves of
# characters, and what Unicode will never assign.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\uffff]"
)
_BREAK = re.compile("\r\n?|\x85|[\u2028\u2029]")


def printable(text: str) -> str:
    r"""Return the text as it can be printed; letters, digits and emoji stay as they are.

    >>> printable("Joa\u0303o\x00\r\ndisse\t“sim”\u202e")
    'João\ndisse “sim”'
    """
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", _BREAK.sub("\n", text)).replace("\t", " "))


def clipped(text: str, characters: int, lines: int) -> str:
    """Return a text of at most so many characters and lines; what is cut ends in an ellipsis.

    >>> clipped("um dois três", 7, 1)
    'um dois…'
    """
    kept = "\n".join(text.split("\n", lines)[:lines])[:characters]
    return text if kept == text else f"{kept.rstrip()}…"
