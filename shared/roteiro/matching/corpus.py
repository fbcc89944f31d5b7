"""The texts a catalogue teaches: every script's examples, its title as one more, its negatives, and the background."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from roteiro.matching.entries import Entry
from roteiro.matching.features import Vocabulary, count_features, measure_rarity, weigh
from roteiro.matching.learning import Sample
from roteiro.matching.lexicon import Lexicon
from roteiro.matching.text import words

__all__ = ["Corpus", "gather", "known_names", "word_ranks"]

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


class _Line(NamedTuple):
    """A text and the class it speaks for, or against; `fold` as in the corpus."""

    text: str
    label: int
    fold: int | None
    against: bool = False


def gather(entries: Sequence[Entry], background: Sequence[str]) -> Corpus:
    """Turn the texts of a catalogue into samples; class n is the script of entry n, the last is the background."""
    lines = [line for label, entry in enumerate(entries) for line in _taught(label, entry)]
    lines += [_Line(text, len(entries), fold) for text, fold in _in_blocks(background)]
    lexicon = known_names(entries)
    documents = [count_features(lexicon.join(words(line.text))) for line in lines]
    vocabulary = measure_rarity(documents)
    samples = [
        Sample(weigh(counts, vocabulary), line.label, line.against)
        for counts, line in zip(documents, lines, strict=True)
    ]
    folds = [line.fold for line in lines]
    return Corpus(vocabulary, [line.text for line in lines], samples, folds, len(entries) + 1)


def known_names(entries: Iterable[Entry]) -> Lexicon:
    """Return the names of all entries: a name of one script's list is one in every message."""
    return Lexicon(name for entry in entries for name in entry.names)


def _taught(label: int, entry: Entry) -> Iterator[_Line]:
    """Yield what one script teaches; its title and description are learnt in every fold."""
    yield from (_Line(text, label, fold) for text, fold in _in_blocks(entry.examples))
    yield from (_Line(text, label, fold, against=True) for text, fold in _in_blocks(entry.negative_examples))
    if summary := entry.summary:
        yield _Line(summary, label, None)


def _in_blocks(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Neighbours share a fold: people write variations one after the other, and a model that has seen one knows all."""
    return [(text, number * FOLDS // len(texts)) for number, text in enumerate(texts)]


def word_ranks(entries: Sequence[Entry], background: Sequence[str]) -> list[str]:
    """Every word of the catalogue, the most frequent first, then those only the background and names have."""
    texts = [text for entry in entries for text in (entry.title, entry.description, *entry.keywords, *entry.examples)]
    counts = Counter(word for text in texts for word in words(text))
    own = sorted(counts, key=lambda word: (-counts[word], word))
    others = {word for text in background for word in words(text)}
    others |= {word for entry in entries for name in entry.names for word in words(name)}
    return own + sorted(others - counts.keys())
