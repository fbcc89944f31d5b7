"""Whether other words still say the same: numbers, names, inserted values and the question must survive a rewording."""

import re

from roteiro.domain.message import fold

__all__ = ["what_is_added", "what_is_lost"]

_PLACEHOLDER = re.compile(r"<[A-Z]{2,12}_\d{1,4}>")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_ENDS = '.!?:;…\n"“”(-•'
_ROOM = 120  # characters: one short sentence of welcome beside twice the text; chosen


def what_is_lost(text: str, reply: str) -> str:
    """Return what a rewording of `text` changed: placeholders, numbers, names, question, length; empty: nothing.

    >>> what_is_lost("Informe o CPF em 30 dias.", "Me diga o CPF em 30 dias, por favor.")
    ''
    >>> what_is_lost("Informe o CPF em 30 dias.", "Me diga o CPF em 3 dias.")
    'numbers'
    """
    for what, is_lost in (
        ("placeholders", set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(reply))),
        ("numbers", _numbers(text) != _numbers(reply)),
        ("names", not _names(text) <= set(fold(reply).split())),
        ("question", "?" in text and "?" not in reply),
        ("length", len(reply) > 2 * len(text) + _ROOM),
    ):
        if is_lost:
            return what
    return ""


def what_is_added(text: str, part: str) -> str:
    """Return what the beginning of a rewording of `text` says that `text` does not; empty: nothing.

    >>> what_is_added("Informe o CPF em 30 dias.", "Você tem 3 dias. ")
    'numbers'
    """
    for what, is_added in (
        ("placeholders", not set(_PLACEHOLDER.findall(part)) <= set(_PLACEHOLDER.findall(text))),
        ("numbers", not _numbers(part) <= _numbers(text)),
        ("length", len(part) > 2 * len(text) + _ROOM),
    ):
        if is_added:
            return what
    return ""


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(_PLACEHOLDER.sub(" ", text)))


def _names(text: str) -> set[str]:
    """Return the words, folded, that a capital marks as names: those that do not begin a sentence."""
    plain = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), text)
    named = (match for match in _WORD.finditer(plain) if match[0][0].isupper() and not _begins(plain, match.start()))
    return {word for match in named for word in fold(match[0]).split()}


def _begins(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" ")
    return not before or before[-1] in _SENTENCE_ENDS
