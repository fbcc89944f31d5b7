"""Why a script was chosen: the words of the message that carried it."""

from collections.abc import Sequence

from roteiro.matching.features import Vector, Vocabulary, word_features
from roteiro.matching.lexicon import MARK
from roteiro.matching.scoring import Scorer

__all__ = ["Parts", "evidence", "split"]

MOST_SHOWN = 4  # words; what fits a line at the desk
WORTH_SHOWING = 0.2  # of what the strongest word gave

Parts = dict[str, list[tuple[int, float]]]  # word -> the features it has as a whole, with their weight in the message


def split(words: Sequence[str], vector: Vector, vocabulary: Vocabulary) -> Parts:
    """Take a message apart once, for the evidence of several scripts."""
    features = vocabulary.features
    numbers = {word: [features[name][0] for name in word_features(word) if name in features] for word in words}
    return {word: [(number, vector[number]) for number in known] for word, known in numbers.items()}


def evidence(parts: Parts, script: int, scorer: Scorer) -> tuple[str, ...]:
    """The words that gave most to a script by themselves or by their meaning, strongest first; none if none did."""
    given = {word: sum(scorer.given(*feature, script) for feature in features) for word, features in parts.items()}
    strongest = max(given.values(), default=0.0)
    telling = [word for word, amount in given.items() if amount > 0 and amount >= WORTH_SHOWING * strongest]
    strongest_first = sorted(telling, key=given.__getitem__, reverse=True)
    return tuple(word.removeprefix(MARK) for word in strongest_first[:MOST_SHOWN])
