"""The texts a catalogue teaches: every script's examples, its title as one more, its negatives, and the background."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from roteiro.matching.entries import Entry
from roteiro.matching.features import Vocabulary, count_features, measure_rarity, weigh
from roteiro.matching.learning import Sample
from roteiro.matching.text import words

__all__ = ["Corpus", "gather", "word_ranks"]

FOLDS = 5


class Corpus(NamedTuple):
    """Samples in order, and for each the fold that must not learn from it; `None` = every fold learns it (titles)."""

    vocabulary: Vocabulary
    texts: list[str]
    samples: list[Sample]
    folds: list[int | None]
    classes: int

    @property
    def background(self) -> int:
        """The number of the background class: the last."""
        return self.classes - 1

    def is_example(self, number: int) -> bool:
        """Whether a sample speaks for a script: no negative example, no background."""
        sample = self.samples[number]
        return not sample.against and sample.label != self.background


def gather(entries: Sequence[Entry], background: Sequence[str]) -> Corpus:
    """Turn the texts of a catalogue into samples; class n is the script of entry n, the last is the background."""
    rows: list[tuple[str, int, bool, int | None]] = []
    for label, entry in enumerate(entries):
        rows += [(text, label, False, fold) for text, fold in _in_blocks(entry.examples)]
        rows += [(text, label, True, fold) for text, fold in _in_blocks(entry.negative_examples)]
        if summary := entry.summary:
            rows.append((summary, label, False, None))
    rows += [(text, len(entries), False, fold) for text, fold in _in_blocks(background)]
    documents = [count_features(words(text)) for text, *_ in rows]
    vocabulary = measure_rarity(documents)
    samples = [
        Sample(weigh(counts, vocabulary), label, against)
        for counts, (_, label, against, _) in zip(documents, rows, strict=True)
    ]
    folds = [fold for *_, fold in rows]
    return Corpus(vocabulary, [text for text, *_ in rows], samples, folds, len(entries) + 1)


def _in_blocks(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Neighbours share a fold: people write variations one after the other, and a model that has seen one knows all."""
    return [(text, number * FOLDS // len(texts)) for number, text in enumerate(texts)]


def word_ranks(entries: Sequence[Entry], background: Sequence[str]) -> list[str]:
    """Every word of the catalogue, the most frequent first, then those only the background has."""
    texts = [text for entry in entries for text in (entry.title, entry.description, *entry.keywords, *entry.examples)]
    counts = Counter(word for text in texts for word in words(text))
    own = sorted(counts, key=lambda word: (-counts[word], word))
    return own + sorted({word for text in background for word in words(text)} - counts.keys())
