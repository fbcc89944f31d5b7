"""Names that a catalogue knows from its lists: each becomes one word of the message, and all of them mean the same."""

from collections.abc import Iterable, Sequence

from roteiro.matching.text import words

__all__ = ["MARK", "Lexicon"]

MARK = "#"  # before a joined name; `words` never yields it


class Lexicon:
    """Joins known names, the longest first: "contratos da receita federal" is "contratos da #receita federal"."""

    def __init__(self, names: Iterable[str]) -> None:
        self._openings: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted({tuple(words(name)) for name in names}, key=lambda name: (-len(name), name)):
            if name:
                self._openings.setdefault(name[0], []).append(name)

    def join(self, said: Sequence[str]) -> list[str]:
        """Return the words with each known name as one, behind the mark."""
        joined: list[str] = []
        at = 0
        while at < len(said):
            length = self._longest(said, at)
            joined.append(MARK + " ".join(said[at : at + length]) if length else said[at])
            at += length or 1
        return joined

    def _longest(self, said: Sequence[str], at: int) -> int:
        names = self._openings.get(said[at], ())
        return next((len(name) for name in names if tuple(said[at : at + len(name)]) == name), 0)
