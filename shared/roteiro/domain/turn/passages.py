"""Which of a script's own texts answers a side question, found by shared words; nothing is made up."""

import re
from collections.abc import Iterator

from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.texts import text

__all__ = ["ASKING", "best_passage", "first_sentences", "passages", "said_in"]

_STEM = 5  # letters; "cancelar", "cancelei" and "cancelamento" should meet, and Portuguese endings are long
_SHORTEST_WORD = 4  # letters; shorter words are mostly grammar here, and no question is decided by them
_ENOUGH = 0.5  # share of the question's words that a passage must hold; chosen with the pack's test conversations
_LONGEST = 400  # characters of an answer; a chat bubble on a phone
ASKING = frozenset(  # folded words that ask without saying about what
    "quer dizer significa significam significado serve servem como funciona funcionam quando qual quais quem onde "
    "para porque explica explique exatamente mesmo seria isso esse essa essas esses existe feita feito acontece "
    "chamam chama conceito definicao define vale pode posso devo tenho duvida sobre what does mean which que "
    "esta estao este estes estas certo entao agora deles delas tudo this that these your".split()
)
_ASKING_STEMS = frozenset(word[:_STEM] for word in ASKING)


def passages(script: Script) -> list[tuple[str, str]]:
    """Return the texts that may answer, as (what it is about, what to say): knowledge first, then the steps."""
    return [(about, answer) for _, about, answer in _texts(script, "")]


def _texts(script: Script, locale: str) -> Iterator[tuple[str, str, str]]:
    """Yield those texts, each after the path that its translations have; also under the questions of a language."""
    asked = enumerate(script.asked_in(locale))
    yield from ((f"knowledge.{place}.a", about, answer) for place, (about, answer) in asked)
    yield from ((f"script.{step.number}.message", "", step.message) for step in script.steps)


def best_passage(script: Script, question: str, locale: str = "") -> str | None:
    """Return the text of the script that shares most words with the question; None if none shares enough.

    It is said in a language, or as it was written if none is wanted.
    """
    asked = _stems(question) - _ASKING_STEMS
    if not asked:
        return None
    scored = [(len(asked & _stems(f"{one[1]} {one[2]}")) / len(asked), one) for one in _texts(script, locale)]
    score, (path, _, answer) = max(scored, key=lambda pair: pair[0])
    return said_in(script, path, first_sentences(answer), locale or script.locale) if score >= _ENOUGH else None


def said_in(script: Script, path: str, answer: str, locale: str) -> str:
    """Return an answer in a language: its translation, else its own words under a note that no other is there."""
    if locale == script.locale:
        return answer
    told = script.say(path, locale, "")
    return first_sentences(told) if told else f"{text('only_in_original', locale)} {answer}"


def first_sentences(text: str, count: int = 2) -> str:
    """Return the first sentences of a text, two by default, as a side answer is short."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    return " ".join(sentences[:count])[:_LONGEST]


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in fold(text).split() if len(word) >= _SHORTEST_WORD}
