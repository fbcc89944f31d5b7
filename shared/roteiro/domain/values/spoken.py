"""Long numbers said digit by digit: "cinco dois nove, nove oito dois, meia dúzia…", where "meia" is six."""

from collections.abc import Iterator

from roteiro.domain.values.numbers import SMALL, Word, read_number, words_of

__all__ = ["spoken_digits"]

_SIX = "meia"
_BETWEEN = frozenset((",", ".", "-", "/", "ponto", "traco", "hifen", "barra"))
_FEWEST = 8  # digits: below that it is a count, not a number somebody dictates (a CEP has eight)
_HUNDRED = 100


def spoken_digits(levelled: str) -> Iterator[tuple[str, int, int]]:
    """Return (digits, start, end) of every dictated run with words in it; "vinte e um" is two digits.

    >>> list(spoken_digits("e cinco dois nove, nove oito dois"))
    []
    >>> [run[0] for run in spoken_digits("onze, nove oito sete meia cinco quatro tres dois um")]
    ['11987654321']
    """
    words, at = words_of(levelled), 0
    if len(words) < _FEWEST // 2:  # a word says two digits at most
        return
    while at < len(words):
        digits, after = _run(words, at)
        if len(digits) >= _FEWEST and any(word.text.isalpha() for word in words[at:after]):
            yield digits, words[at].start, words[after - 1].end
        at = max(after, at + 1)


def _run(words: list[Word], at: int) -> tuple[str, int]:
    """Return the digits said from word `at` on, and the index after the last of them."""
    digits: list[str] = []
    after = at
    while at < len(words):
        said, following = _said(words, at)
        if said:
            digits.append(said)
            at = after = following
        elif digits and words[at].text in _BETWEEN:
            at += 1
        else:
            break
    return "".join(digits), after


def _said(words: list[Word], at: int) -> tuple[str, int]:
    text = words[at].text
    if text == _SIX:
        return "6", at + 1
    if text.isdecimal():
        return text, at + 1
    if text in SMALL:
        return str(SMALL[text]), at + 1
    pair = read_number(words[at : at + 3], 0)  # "vinte e um" is three words
    if pair and not pair.scaled and pair.value < _HUNDRED:
        return str(pair.value), at + pair.after
    return "", at
