"""The other matchers of the comparison: the seed's TF-IDF cosine, BM25, and scikit-learn's linear models."""

import pickle
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import bm25s
import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

Row = tuple[str, str]  # script, text


class Scores(NamedTuple):
    """What a matcher says about one message: a score per script (same order as `scripts`), larger is better."""

    values: np.ndarray
    are_chances: bool


class Peer(Protocol):
    """A fitted matcher."""

    scripts: Sequence[str]

    def scores(self, text: str) -> Scores:
        """Score every script for one message."""
        ...

    def size(self) -> int:
        """Bytes that a function would have to load."""
        ...


class Cosine:
    """The seed's method: TF-IDF word vectors, one text per script, cosine.

    Its frozen 57-word vocabulary cannot be reproduced, so the vocabulary is that of the scripts' texts: kinder to it.
    """

    def __init__(self, texts: dict[str, str]) -> None:
        self.scripts = sorted(texts)
        self._vectorizer = TfidfVectorizer(strip_accents="unicode")
        self._matrix = self._vectorizer.fit_transform([texts[script] for script in self.scripts])

    def scores(self, text: str) -> Scores:
        """Cosines, 0..1."""
        return Scores((self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel(), are_chances=False)

    def size(self) -> int:
        """Bytes of the pickle."""
        return len(pickle.dumps((self._vectorizer, self._matrix)))


class BestExample:
    """BM25 over the examples; a script is as good as its best one."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.scripts = sorted({script for script, _ in rows})
        places = {script: place for place, script in enumerate(self.scripts)}
        self._owners = np.array([places[script] for script, _ in rows])
        self._index = bm25s.BM25(method="lucene")
        tokens = bm25s.tokenize([text for _, text in rows], stopwords=None, show_progress=False)
        self._index.index(tokens, show_progress=False)

    def scores(self, text: str) -> Scores:
        """The best BM25 score of each script's examples."""
        words = bm25s.tokenize([text], stopwords=None, show_progress=False, return_ids=False)[0]
        values = np.zeros(len(self.scripts))
        np.maximum.at(values, self._owners, self._index.get_scores(words))
        return Scores(values, are_chances=False)

    def size(self) -> int:
        """Bytes of the pickle."""
        return len(pickle.dumps((self._index, self._owners)))


class Linear:
    """A linear model of scikit-learn on word pairs and letter groups inside words."""

    def __init__(self, rows: Sequence[Row], model: ClassifierMixin) -> None:
        self._vectorizer = FeatureUnion(
            [
                ("words", TfidfVectorizer(strip_accents="unicode", ngram_range=(1, 2), sublinear_tf=True)),
                (
                    "letters",
                    TfidfVectorizer(strip_accents="unicode", analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
                ),
            ]
        )
        self._model = model.fit(self._vectorizer.fit_transform([t for _, t in rows]), [s for s, _ in rows])
        self.scripts = list(self._model.classes_)

    def scores(self, text: str) -> Scores:
        """Probabilities where the model has them, else margins."""
        features = self._vectorizer.transform([text])
        if hasattr(self._model, "predict_proba"):
            return Scores(self._model.predict_proba(features)[0], are_chances=True)
        return Scores(self._model.decision_function(features)[0], are_chances=False)

    def size(self) -> int:
        """Bytes of the pickle."""
        return len(pickle.dumps((self._vectorizer, self._model)))


def _titled(rows: Sequence[Row]) -> list[Row]:
    """Examples and, as one more, each script's title: what tier 1 gets too."""
    scripts = sorted({script for script, _ in rows})
    return [row for row in rows if row[1]] + [(script, script.replace("_", " ")) for script in scripts]


def _joined(rows: Sequence[Row]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for script, text in _titled(rows):
        texts[script] = f"{texts.get(script, '')} {text}"
    return texts


PEERS: dict[str, Callable[[Sequence[Row]], Peer]] = {
    "seed: TF-IDF cosine, titles": lambda rows: Cosine({script: script.replace("_", " ") for script, _ in rows}),
    "seed: TF-IDF cosine, joined examples": lambda rows: Cosine(_joined(rows)),
    "BM25, best example": lambda rows: BestExample(_titled(rows)),
    "scikit-learn LinearSVC, word + char": lambda rows: Linear(_titled(rows), LinearSVC()),
    "scikit-learn logistic regression, word + char": lambda rows: Linear(
        _titled(rows), LogisticRegression(C=10.0, max_iter=100)
    ),
}
