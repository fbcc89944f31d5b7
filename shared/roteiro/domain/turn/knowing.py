"""Which answer a script has ready for a question: the one written under the question that is most alike.

Stricter than `passages`, for questions that begin a conversation: a wrong answer is worse than none.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from roteiro.domain.choice import Catalogue
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.texts import DEFAULT_LOCALE
from roteiro.domain.turn.passages import ASKING, first_sentences, said_in
from roteiro.domain.walking.cues import is_question

__all__ = ["SAME", "Known", "house_knows", "known", "least_for", "only_answers"]

_ENOUGH = 0.6  # likeness, 0..1; chosen with the questions of the pack of public contracts
_SURE = 0.8  # of words that ask nothing in so many words: "mandei errado, apaga"
SAME = 2.0  # the question itself, word by word
_STEM = 6  # letters; "dispensa" and "dispensada" should meet, "contrato" and "controle" not
_SHORTEST_WORD = 4  # letters; shorter ones are mostly grammar, but for acronyms
_ACRONYM = re.compile(r"\b[A-Z]{3}\b")
_OWN_DATA = re.compile(r"\S+@\S+|\b[\d.\-/]{9,}\b")  # addresses and numbers of people say nothing of the question
_SHORT = {"vc": "voce", "vcs": "voces", "ce": "voce", "q": "que", "oq": "o que", "qm": "quem", "ta": "esta", "eh": "e"}


class Known(NamedTuple):
    """An answer that is ready, whose script it is, and how much the words are like its question (SAME: equal)."""

    answer: str
    script: ScriptId
    likeness: float


class _Form(NamedTuple):
    """One question under which an answer stands: its words, their stems and what these weigh, the answer's place."""

    words: str
    stems: frozenset[str]
    weight: float
    place: int


class _Forms(NamedTuple):
    """The questions of a script's knowledge; how much each word tells: the fewer of them hold it, the more."""

    forms: tuple[_Form, ...]
    acronyms: frozenset[str]
    weights: Mapping[str, float]
    unheard: float  # the weight of a word that none of them holds


def known(script: Script, question: str, locale: str = DEFAULT_LOCALE, least: float = _ENOUGH) -> Known | None:
    """Return what the script answers to a question, in a language; None if none of its own is alike enough.

    A passage may stand under several questions: "o que é LAI? como peço uma informação?".
    """
    all_forms = _forms(script.asked_in(locale))
    words, asked = _words(question), _stems(question, all_forms.acronyms)
    alike = [form for form in all_forms.forms if form.words == words or not form.stems.isdisjoint(asked)]
    if not words or not alike:
        return None
    weight = sum(all_forms.weights.get(stem, all_forms.unheard) for stem in asked)
    likeness, before = max((_likeness(form, words, asked, weight, all_forms.weights), -form.place) for form in alike)
    if likeness < least:
        return None
    answer = first_sentences(script.knowledge[-before][1])
    return Known(said_in(script, f"knowledge.{-before}.a", answer, locale), script.id, likeness)


def house_knows(question: str, catalogue: Catalogue, locale: str, least: float = _ENOUGH) -> Known | None:
    """Return the best answer of all published scripts that only answer; None if none is alike enough."""
    scripts = (catalogue.script(script) for script, _ in catalogue.topics())
    found = (known(script, question, locale, least) for script in scripts if only_answers(script))
    return max((one for one in found if one), key=lambda one: one.likeness, default=None)


def least_for(words: str) -> float:
    """Return how like a question words must be to get its answer: more, where they do not ask in so many words.

    A word alone, such as "contratos", must be the very question.
    """
    if is_question(words):
        return _ENOUGH
    return _SURE if len(words.split()) > 1 else SAME


def only_answers(script: Script) -> bool:
    """Say whether a script asks for nothing and ends at once, and has answers ready."""
    is_asking = any(script.slots[name].required for step in script.steps for name in step.collect)
    return len(script.steps) == 1 and bool(script.knowledge) and not is_asking


@lru_cache(maxsize=64)
def _forms(knowledge: tuple[tuple[str, str], ...]) -> _Forms:
    """Return what a script's knowledge is asked for by, read once: every opening message is compared with it."""
    acronyms = frozenset(fold(name) for asked, _ in knowledge for name in _ACRONYM.findall(asked))
    parts = list(_questions(knowledge))
    stems = [_stems(part, acronyms) for _, part in parts]
    counts = Counter(stem for one in stems for stem in one)
    weights = {stem: log(1 + len(parts) / count) for stem, count in counts.items()}
    forms = (
        _Form(_words(part), own, sum(weights[stem] for stem in own), place)
        for (place, part), own in zip(parts, stems, strict=True)
    )
    return _Forms(tuple(forms), acronyms, weights, log(1 + len(parts)))


def _questions(knowledge: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Yield the place of each answer with each question under which it stands."""
    for place, (about, _) in enumerate(knowledge):
        yield from ((place, part) for part in about.split("?") if part.strip())


def _words(text: str) -> str:
    """Return a text in the form in which questions are equal: "vc é um robô?" is "você é um robô"."""
    return " ".join(_SHORT.get(word, word) for word in fold(_OWN_DATA.sub(" ", text)).split())


def _stems(text: str, acronyms: Collection[str]) -> frozenset[str]:
    words = (word for word in _words(text).split() if word not in ASKING)
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD or word in acronyms)


def _likeness(form: _Form, words: str, asked: Collection[str], weight: float, weights: Mapping[str, float]) -> float:
    """Return the shared weight of two questions, 0..1; SAME for equal words. `weight`: of the words that were asked."""
    if form.words == words:
        return SAME
    shared = sum(weights[stem] for stem in form.stems if stem in asked)
    return 2 * shared / (weight + form.weight)
