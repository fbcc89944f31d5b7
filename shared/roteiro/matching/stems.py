"""A light suffix stemmer for Portuguese, English and Spanish at once: "cancelar", "cancelei", "cancelamento" meet."""

from functools import lru_cache

__all__ = ["stem"]

# Longest first; at least four letters must be left. Chosen by cross-validation, see decision 0010.
SUFFIXES = sorted(
    (
        "amentos amento imentos imento acoes acao icoes icao coes cao adores ador adora idades idade mente avel ivel "
        "aram eram iram ando endo indo ados adas ado ada idos idas ido ida aria eria iria aram arao ariam "
        "ava avam iam amos emos imos asse esse isse ar er ir ei ou eu iu am em as es os a e o s "
        "aciones acion iendo ing ings ed ly ment ments ness ation ations ies y"
    ).split(),
    key=lambda suffix: (-len(suffix), suffix),
)
SHORTEST = 4


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Cut the longest known ending that leaves at least four letters."""
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            return word[: -len(suffix)]
    return word
