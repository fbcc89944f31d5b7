"""One of the options a slot offers: by number, by place, by label or alias, with one typo in a longer word."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from roteiro.domain.values.letters import level
from roteiro.domain.values.value import BARE, CERTAIN, LIKELY, Choice, Found, Hints, Problem, Value

__all__ = ["find_choices", "one_typo_apart"]

_WORD = re.compile(r"[a-z0-9]+")
_TYPO_FROM = 5  # letters a word needs before one may be wrong (specs: "one typo in words >= 5 letters")
_LONGEST_ANSWER = 8  # words; a number inside a longer text is no option's number
_ORDINALS = (
    "1 um uma primeiro primeira 1o 1a first one primero primera",
    "2 dois duas segundo segunda 2o 2a second two dos",
    "3 tres terceiro terceira 3o 3a third three tercero tercera",
    "4 quatro quarto quarta 4o 4a fourth four cuatro cuarto cuarta",
    "5 cinco quinto quinta 5o 5a fifth five",
    "6 seis sexto sexta 6o 6a sixth six",
    "7 sete setimo setima 7o 7a seventh seven siete",
    "8 oito oitavo oitava 8o 8a eighth eight ocho",
    "9 nove nono nona 9o 9a ninth nine nueve",
    "10 dez decimo decima 10o 10a tenth ten diez",
)
_PLACES = {word: place for place, words in enumerate(_ORDINALS) for word in words.split()}
_LAST = frozenset("ultimo ultima last".split())
_ARTICLES = frozenset("um uma one".split())
_FILLERS = frozenset(
    "o a os as e eh de da do opcao numero n no na quero eu the is it option number i want la el es opcion essa esse "
    "este esta mesmo por favor please pode ser acho que seria sim fico com escolho foi um uma pra para mim".split()
)


class _Name(NamedTuple):
    at: int  # which option
    words: tuple[str, ...]


class _Span(NamedTuple):
    at: int
    start: int
    end: int
    certainty: float


def find_choices(text: str, hints: Hints) -> Found:
    """Find the options named; unasked, only by their whole label. Problem: `not_a_choice`."""
    words = list(_WORD.finditer(level(text)))
    names = list(_names(hints.choices, labels_only=not hints.asked))
    spans = _longest(_named(words, names, typos=False))
    if hints.asked:
        spans = spans or _longest(_named(words, names, typos=True)) or list(_placed(words, hints.choices))
        spans = spans or list(_hinted(words, names, typos=False)) or list(_hinted(words, names, typos=True))
        spans += _also_named(words, names, spans)
    for span in spans:
        choice = hints.choices[span.at]
        yield Value(choice.value, choice.label, span.start, span.end, span.certainty)
    if hints.asked and words and not spans:
        yield Problem("not_a_choice")


def one_typo_apart(said: str, meant: str) -> bool:
    """Say whether two words differ by one letter wrong, missing, extra, or swapped with its neighbour.

    >>> one_typo_apart("residencail", "residencial"), one_typo_apart("carro", "curra")
    (True, False)
    """
    if abs(len(said) - len(meant)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    a, b = said[same:], meant[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _names(choices: tuple[Choice, ...], *, labels_only: bool) -> Iterator[_Name]:
    for at, choice in enumerate(choices):
        for name in (choice.label,) if labels_only else (choice.label, choice.value, *choice.aliases):
            words = tuple(_WORD.findall(level(name)))
            if words:
                yield _Name(at, words)


def _named(words: list[re.Match[str]], names: list[_Name], *, typos: bool) -> Iterator[_Span]:
    for at, name in names:
        size = len(name)
        for first in range(len(words) - size + 1):
            said = words[first : first + size]
            if all(_same(word[0], meant, typos=typos) for word, meant in zip(said, name, strict=True)):
                yield _Span(at, said[0].start(), said[-1].end(), BARE if typos else CERTAIN)


def _same(said: str, meant: str, *, typos: bool) -> bool:
    return said == meant or (typos and len(meant) >= _TYPO_FROM and one_typo_apart(said, meant))


def _longest(spans: Iterator[_Span]) -> list[_Span]:
    """Keep no name that lies inside a longer one: "carro reserva" does not name "carro"."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(other.start <= span.start and span.end <= other.end and other[1:3] != span[1:3] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _placed(words: list[re.Match[str]], choices: tuple[Choice, ...]) -> Iterator[_Span]:
    """Take "2", "a segunda", "opção 2", "a última" in a short answer."""
    if len(words) > _LONGEST_ANSWER:
        return
    placed = [word for word in words if word[0] in _PLACES or word[0] in _LAST]
    sure = [word for word in placed if word[0] not in _ARTICLES]
    for word in sure or placed:
        place = len(choices) - 1 if word[0] in _LAST else _PLACES[word[0]]
        if 0 <= place < len(choices):
            yield _Span(place, word.start(), word.end(), LIKELY)


def _hinted(words: list[re.Match[str]], names: list[_Name], *, typos: bool) -> Iterator[_Span]:
    """Take an answer whose every telling word is part of one option's name: "furto" for "Roubo ou furto"."""
    core = [word for word in words if word[0] not in _FILLERS]
    telling = {word[0] for word in core}
    options = {
        name.at
        for name in names
        if telling and all(any(_same(said, meant, typos=typos) for meant in name.words) for said in telling)
    }
    for at in sorted(options):
        yield _Span(at, core[0].start(), core[-1].end(), BARE)


def _also_named(words: list[re.Match[str]], names: list[_Name], spans: list[_Span]) -> list[_Span]:
    """Return what the rest of a short answer names by one word of its own: "carro e vida" names two options."""
    rest = [word for word in words if not any(span.start <= word.start() < span.end for span in spans)]
    found = []
    for word in rest if spans and len(words) <= _LONGEST_ANSWER else ():
        options = {name.at for name in names if word[0] in name.words} if word[0] not in _FILLERS else set()
        found += [_Span(at, word.start(), word.end(), BARE) for at in options if len(options) == 1]
    return found
