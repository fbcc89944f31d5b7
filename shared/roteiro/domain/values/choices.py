"""One of the options a slot offers: by number, by place, by label or alias, with one typo in a longer word."""

import re
from collections.abc import Iterator
from itertools import pairwise

from roteiro.domain.values.naming import Name, Span, longest, named, same_word, words_in
from roteiro.domain.values.value import BARE, LIKELY, Choice, Found, Hints, Problem, Value

__all__ = ["find_choices"]

_SHOWN = 6  # options that are named again; as many as a step's quick replies
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

_DENIED_WITHIN = 3  # words: "não acho que há feridos"
_DENIALS = frozenset("nao nem nunca sem sin ni tampoco not never without nobody don didn doesn isn wasn won".split())
_BARE_DENIALS = frozenset(("não", "nao", "no", "not"))
_BEING = frozenset("hay hubo es son fue esta estan tengo tuve quiero soy creo pienso se".split())  # after "no"


def find_choices(text: str, hints: Hints) -> Found:
    """Find the options named; unasked, only by their whole label.

    Problem: `not_a_choice` (expected: the labels, if they are few).
    """
    words = words_in(text)
    names = list(_names(hints.choices, labels_only=not hints.asked))
    spans = longest(named(words, names, typos=False))
    if hints.asked:
        spans = _answers(words, names, spans, hints.choices)
    spans = _meant(text, words, spans)
    for span in spans:
        choice = hints.choices[span.at]
        yield Value(choice.value, choice.label, span.start, span.end, span.certainty)
    if hints.asked and words and not spans:
        labels = [choice.label for choice in hints.choices]
        shown = 0 < len(labels) <= _SHOWN
        yield Problem("not_a_choice", (("expected", " / ".join(labels)),) if shown else ())


def _meant(text: str, words: list[re.Match[str]], spans: list[Span]) -> list[Span]:
    """Return what is not denied; a word that denies another option ("não sei se há feridos") is no answer itself."""
    denied = [span for span in spans if _is_denied(text, words, span)]
    if not denied:
        return spans
    return [
        span for span in spans if span not in denied and text[span.start : span.end].casefold() not in _BARE_DENIALS
    ]


def _is_denied(text: str, words: list[re.Match[str]], span: Span) -> bool:
    """Say whether what is named is what is not so: "não há feridos", "no hay heridos", "I don't think anybody is hurt".

    A comma ends a denial, and "no" before a thing may be Portuguese for "in the".
    """
    before = [word for word in words if word.start() < span.start][-_DENIED_WITHIN:]
    named = [word[0] for word in words if span.start <= word.start() < span.end]
    clause = re.split(r"[.,;:!?\n]", text[: span.start])[-1]
    said = [word[0] for word in before if word.start() >= span.start - len(clause)]
    is_spanish = any(word == "no" and then in _BEING for word, then in pairwise([*said, named[0]]))
    return is_spanish or bool(_DENIALS.intersection(said) - set(named))


def _answers(
    words: list[re.Match[str]], names: list[Name], spans: list[Span], choices: tuple[Choice, ...]
) -> list[Span]:
    """Return what an answer to the question names, by the surest reading that finds something."""
    spans = spans or longest(named(words, names, typos=True)) or list(_placed(words, choices))
    spans = spans or list(_hinted(words, names, typos=False)) or list(_hinted(words, names, typos=True))
    return spans + _also_named(words, names, spans)


def _names(choices: tuple[Choice, ...], *, labels_only: bool) -> Iterator[Name]:
    for at, choice in enumerate(choices):
        for name in (choice.label,) if labels_only else (choice.label, choice.value, *choice.aliases):
            words = tuple(word[0] for word in words_in(name))
            if words:
                yield Name(at, words)


def _placed(words: list[re.Match[str]], choices: tuple[Choice, ...]) -> Iterator[Span]:
    """Take "2", "a segunda", "opção 2", "a última" in a short answer."""
    if len(words) > _LONGEST_ANSWER:
        return
    placed = [word for word in words if word[0] in _PLACES or word[0] in _LAST]
    sure = [word for word in placed if word[0] not in _ARTICLES]
    for word in sure or placed:
        place = len(choices) - 1 if word[0] in _LAST else _PLACES[word[0]]
        if 0 <= place < len(choices):
            yield Span(place, word.start(), word.end(), LIKELY)


def _hinted(words: list[re.Match[str]], names: list[Name], *, typos: bool) -> Iterator[Span]:
    """Take an answer whose every telling word is part of one option's name: "furto" for "Roubo ou furto"."""
    core = [word for word in words if word[0] not in _FILLERS]
    telling = {word[0] for word in core}
    options = {
        name.at
        for name in names
        if telling and all(any(same_word(said, meant, typos=typos) for meant in name.words) for said in telling)
    }
    for at in sorted(options):
        yield Span(at, core[0].start(), core[-1].end(), BARE)


def _also_named(words: list[re.Match[str]], names: list[Name], spans: list[Span]) -> list[Span]:
    """Return what the rest of a short answer names by one word of its own: "carro e vida" names two options."""
    if len(words) > _LONGEST_ANSWER or not spans:
        return []
    rest = [word for word in words if not any(span.start <= word.start() < span.end for span in spans)]
    found = []
    for word in rest:
        options = {name.at for name in names if word[0] in name.words} if word[0] not in _FILLERS else set()
        found += [Span(at, word.start(), word.end(), BARE) for at in options if len(options) == 1]
    return found
