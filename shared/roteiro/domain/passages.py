"""Which of a script's own texts answers a side question, found by shared words; nothing is made up."""

import re
from collections.abc import Collection

from roteiro.domain.message import fold
from roteiro.domain.script import Script

__all__ = ["best_passage", "first_sentences", "passages"]

_STEM = 5  # letters; "cancelar", "cancelei" and "cancelamento" should meet, and Portuguese endings are long
_SHORTEST_WORD = 4  # letters; shorter words are mostly grammar here, and no question is decided by them
_ACRONYM = re.compile(r"\b[A-Z]{3}\b")  # in a script's texts: "LAI" decides a question, however it is typed there
_ENOUGH = 0.5  # share of the question's words that a passage must hold; chosen with the pack's test conversations
_LONGEST = 400  # characters of an answer; a chat bubble on a phone


def passages(script: Script) -> list[tuple[str, str]]:
    """Return the texts that may answer, as (what it is about, what to say): knowledge first, then the steps."""
    return [*script.knowledge, *(("", step.message) for step in script.steps)]


def best_passage(script: Script, question: str) -> str | None:
    """Return the text of the script that shares most words with the question; None if none shares enough."""
    texts = [(f"{about} {answer}", answer) for about, answer in passages(script)]
    acronyms = {fold(name) for whole, _ in texts for name in _ACRONYM.findall(whole)}
    asked = _stems(question, acronyms)
    if not asked:
        return None
    scored = [(len(asked & _stems(whole, acronyms)) / len(asked), answer) for whole, answer in texts]
    score, answer = max(scored, key=lambda pair: pair[0])
    return first_sentences(answer) if score >= _ENOUGH else None


def first_sentences(text: str, count: int = 2) -> str:
    """Return the first sentences of a text, two by default, as a side answer is short."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    return " ".join(sentences[:count])[:_LONGEST]


def _stems(text: str, acronyms: Collection[str]) -> set[str]:
    return {word[:_STEM] for word in fold(text).split() if len(word) >= _SHORTEST_WORD or word in acronyms}
