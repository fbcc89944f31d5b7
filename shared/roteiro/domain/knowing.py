"""Which answer a script has ready for a question: the one written under the question that is most alike.

Stricter than `passages`, for questions that begin a conversation: a wrong answer is worse than none.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

from roteiro.domain.message import fold
from roteiro.domain.passages import first_sentences
from roteiro.domain.script import Script

__all__ = ["known_answer"]

_ENOUGH = 0.6  # likeness, 0..1; chosen with the questions of the pack of public contracts
_STEM = 6  # letters; "dispensa" and "dispensada" should meet, "contrato" and "controle" not
_SHORTEST_WORD = 4  # letters; shorter ones are mostly grammar, but for acronyms
_ACRONYM = re.compile(r"\b[A-Z]{3}\b")
_ASKING = frozenset(  # folded words that ask without saying about what
    "quer dizer significa significam significado serve servem como funciona funcionam quando qual quais quem onde "
    "para porque explica explique exatamente mesmo seria isso esse essa essas esses existe feita feito acontece "
    "chamam chama conceito definicao define vale pode posso devo tenho duvida sobre what does mean which que".split()
)


def known_answer(script: Script, question: str) -> str | None:
    """Return what the script answers to a question; None if none of its own is alike enough.

    A passage may stand under several questions: "o que é LAI? como peço uma informação?".
    """
    acronyms = {fold(name) for asked, _ in script.knowledge for name in _ACRONYM.findall(asked)}
    asked = _stems(question, acronyms)
    forms = [
        (stems, answer)
        for about, answer in script.knowledge
        for part in about.split("?")
        if (stems := _stems(part, acronyms))
    ]
    if not asked or not forms:
        return None
    weights = _weights((stems for stems, _ in forms), asked)
    likeness, answer = max(((_likeness(asked, stems, weights), answer) for stems, answer in forms), key=_first)
    return first_sentences(answer) if likeness >= _ENOUGH else None


def _first(scored: tuple[float, str]) -> float:
    return scored[0]


def _stems(text: str, acronyms: Collection[str]) -> frozenset[str]:
    words = (word for word in fold(text).split() if word not in _ASKING)
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD or word in acronyms)


def _weights(forms: Iterable[Collection[str]], asked: Collection[str]) -> Mapping[str, float]:
    """Return how much each word tells: the fewer questions hold it, the more; one that none holds tells most."""
    every = list(forms)
    counts = Counter(stem for stems in every for stem in stems)
    return {stem: log(1 + len(every) / (counts[stem] or 1)) for stem in {*counts, *asked}}


def _likeness(asked: Collection[str], stems: Collection[str], weights: Mapping[str, float]) -> float:
    """Return the shared weight of two questions, 0..1."""
    shared = sum(weights[stem] for stem in stems if stem in asked)
    return 2 * shared / (sum(weights[stem] for stem in asked) + sum(weights[stem] for stem in stems))
