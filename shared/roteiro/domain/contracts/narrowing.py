"""Bounds that go on from message to message: the latest words count, "e abaixo de 1 milhão?" keeps what was above."""

import re
from collections.abc import Iterable

from roteiro.domain.contracts.bounds import Bounds, bounds_in
from roteiro.domain.message import fold

__all__ = ["frees", "latest_bounds", "only_bounds"]

_FREE = re.compile(
    r"\b(?:(?:sem|tira\w*|remov\w+|without|sin|no|quit\w+|remove|drop|clear) (?:(?:o|a|os|as|the|any|el|los|a) )?"
    r"(?:filtros?|limites?|faixa|filters?|limits?|bounds?|rango)"
    r"|(?:qualquer|cualquier|any) (?:valor|amount|value)|(?:todos os|all|todos los) (?:valores|amounts|values)"
    r"|independente(?:mente)? do valor|regardless of (?:the )?(?:amount|value))\b"
)
_AND = re.compile(r"(?:e|mas|and|but|y|pero)\b")
_MOST = 9  # words; a longer message asks something of its own (chosen)


def frees(words: str) -> bool:
    """Say whether words take bounds away.

    >>> frees("sem limite de valor"), frees("acima de 1 milhão")
    (True, False)
    """
    return _FREE.search(fold(words)) is not None


def only_bounds(words: str) -> bool:
    """Say whether words are so short that bounds, or taking them away, is all they can mean.

    >>> only_bounds("só acima de 500 mil"), only_bounds("quanto gastaram?")
    (True, False)
    """
    return len(words.split()) <= _MOST and (frees(words) or not bounds_in(words).is_open)


def latest_bounds(heard: Iterable[str]) -> Bounds:
    """Return the bounds that count after messages, the latest first; open where none has any or one takes them away."""
    upper: Bounds | None = None  # of words that add to what was said before
    for words in heard:
        if frees(words):
            break
        found = bounds_in(words)
        if found.is_open:
            continue
        joined = _joined(upper, found) if upper else found
        if not (_AND.match(fold(words)) and None in (joined.low, joined.high)):
            return joined
        upper = joined
    return upper or Bounds()


def _joined(new: Bounds, before: Bounds) -> Bounds:
    """Return newer bounds with the side that they leave open as it was before, if something lies between both."""
    if new.low is None:
        joined = new._replace(low=before.low, is_above=before.is_above)
    elif new.high is None:
        joined = new._replace(high=before.high, is_below=before.is_below)
    else:
        joined = new
    is_empty = joined.low is not None and joined.high is not None and joined.low > joined.high
    return new if is_empty else joined
