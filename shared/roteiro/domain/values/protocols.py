"""Protocol numbers inside a sentence, with or without separators; the check digits are the protocol's own."""

import re

from roteiro.domain.protocol import is_protocol, shown
from roteiro.domain.values.letters import level
from roteiro.domain.values.value import CERTAIN, Found, Hints, Problem, Value

__all__ = ["find_protocols"]

_PROTOCOL = re.compile(r"(?<![0-9a-z])[0-9]{8}[ .-]?[0-9]{7}[ .-]?[0-9]{2}(?![0-9a-z])")


def find_protocols(text: str, _hints: Hints) -> Found:
    """Find protocol numbers. Problem: `wrong_digits`."""
    for found in _PROTOCOL.finditer(level(text)):
        digits = re.sub("[ .-]", "", found[0])
        yield Value(digits, shown(digits), *found.span(), CERTAIN) if is_protocol(digits) else Problem("wrong_digits")
