"""A reply as it comes: whole sentences leave as soon as nothing that follows could make them wrong to have shown."""

import re
from itertools import pairwise

from roteiro.prompting.prompt import Prompt
from roteiro.prompting.reply import checked_so_far, visible

__all__ = ["Sentences", "cut"]

_END = re.compile(r"(?:[.!?…][\"'”’)\]]*\s|\n)\s*(?=\S)")  # after its blanks, once the next sentence has begun


class Sentences:
    """What has come of a reply to a prompt. A reply that must be JSON is nobody's to read and shows nothing."""

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self._heard = ""
        self._passed = 0  # characters of it that were checked and given out
        self._given = 0  # characters of that with the customer's data put back

    def hear(self, piece: str) -> str:
        """Return what may be shown after one more piece, with the blanks that follow it; raises ModelUnavailable."""
        self._heard = (self._heard + visible(piece)).lstrip()
        end = self._end()
        if end == self._passed:
            return ""
        restored = checked_so_far(self._heard[:end], self._prompt)
        sentence, self._passed, self._given = restored[self._given :], end, len(restored)
        return sentence

    def _end(self) -> int:
        """Return where the last whole sentence ends; no mark, such as <CPF_1> or a tag, is open there."""
        if self._prompt.schema is not None:
            return 0
        ends = [match.end() for match in _END.finditer(self._heard, self._passed)]
        end = ends[-1] if ends else self._passed
        said = self._heard[:end]
        return end if said.count("<") == said.count(">") else self._passed


def cut(text: str) -> list[str]:
    r"""Return a text's sentences, each with the blanks that follow it; joined they are the text.

    >>> cut("Olá. Qual é o prazo?\n\nR$ 1.500,00 em 3 dias")
    ['Olá. ', 'Qual é o prazo?\n\n', 'R$ 1.500,00 em 3 dias']
    """
    first = len(text) - len(text.lstrip())  # blanks at the beginning stay with the first sentence
    ends = [0, *(match.end() for match in _END.finditer(text, first)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if end > start]
