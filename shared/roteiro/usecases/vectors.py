"""The second tier's part of publishing: fetch the vectors of a catalogue's texts, teach from them, keep the result."""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from roteiro.errors import ModelUnavailable
from roteiro.matching.background import BACKGROUND
from roteiro.matching.entries import Entry
from roteiro.matching.fitting import fit_fusion, texts_to_embed
from roteiro.matching.fusion import WIDE, Fusion, is_unsure
from roteiro.matching.index import Index, read_index
from roteiro.matching.ranking import Ranking
from roteiro.ports import Embedder, Progress, Shelf, Vector
from roteiro.prompting.masking import mask
from roteiro.usecases.parts import has_parts, read_parts, write_parts

__all__ = ["Taught", "second_look", "write_vectors"]

_BATCH = 64  # texts of one call; what hosted endpoints and small servers alike answer within seconds
_PATIENCE_S = 20.0  # seconds for one batch: an admin waits, no customer does
_FETCHING = 0.5  # share of the progress bar that fetching takes
_log = logging.getLogger("roteiro.vectors")


class Taught(NamedTuple):
    """The name of an index on the shelf, and what it was compiled from."""

    name: str
    entries: Sequence[Entry]
    background: Sequence[str]


def write_vectors(taught: Taught, name: str, embedder: Embedder, shelf: Shelf, progress: Progress) -> bool:
    """Write `vectors:<name>`, unless it is there; False, with a warning in the log, if vectors cannot be had."""
    if has_parts(f"vectors:{name}", shelf):
        return True
    texts = texts_to_embed(taught.entries, taught.background)
    try:
        vectors = _fetched(texts, embedder, progress)
    except ModelUnavailable as error:
        _log.warning("published without sentence vectors, words and letters alone will match: %s", error)
        return False
    temperature = read_index(read_parts(f"index:{taught.name}", shelf)).calibration.temperature
    fused = fit_fusion(
        taught.entries,
        taught.background,
        dict(zip(texts, vectors, strict=True)),
        temperature,
        lambda share: progress(_FETCHING + (1 - _FETCHING) * share),
    )
    write_parts(f"vectors:{name}", fused, shelf)
    return True


def second_look(
    index: Index, entries: Sequence[Entry], embedder: Embedder, progress: Progress
) -> Callable[[str, Ranking], Ranking]:
    """Teach the second tier without a shelf, for measuring; what comes back looks again at unsure rankings.

    Raises ModelUnavailable if vectors cannot be had: a measurement must not fall back in silence.
    """
    texts = texts_to_embed(entries, BACKGROUND)
    vectors = dict(zip(texts, _fetched(texts, embedder, progress), strict=True))
    fusion = Fusion(index.entries, fit_fusion(entries, BACKGROUND, vectors, index.calibration.temperature, progress))

    def look(message: str, first: Ranking) -> Ranking:
        if not is_unsure(first):
            return first
        return fusion.rank(first, embedder.embed([mask(message)], within=_PATIENCE_S).vectors[0], WIDE)

    return look


def _fetched(texts: Sequence[str], embedder: Embedder, progress: Progress) -> list[Vector]:
    vectors: list[Vector] = []
    for start in range(0, len(texts), _BATCH):
        vectors += embedder.embed([mask(text) for text in texts[start : start + _BATCH]], within=_PATIENCE_S).vectors
        progress(_FETCHING * len(vectors) / len(texts))
    if len({len(vector) for vector in vectors}) > 1:
        raise ModelUnavailable("vectors of different lengths came", reason="error")
    return vectors
