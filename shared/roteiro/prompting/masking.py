"""Personal data leaves no prompt: it becomes typed placeholders, the same one for the same value, put back locally."""

import re
from collections.abc import Iterable, Mapping

from roteiro.domain.message import fold
from roteiro.prompting.identifiers import identifiers

__all__ = ["Masks", "mask"]

_PLACEHOLDER = re.compile(r"<[A-Z]{2,12}_[0-9]{1,4}>")
_SHORTEST = 3  # characters of a known value that is looked for in texts; shorter ones stand in any sentence


class Masks:
    """The placeholders of one prompt.

    >>> masks = Masks({"Ana": "NAME"})
    >>> masks.hide("Sou a Ana, CPF 529.982.247-25. O CPF é 529 982 247 25.")
    'Sou a <NAME_1>, CPF <CPF_1>. O CPF é <CPF_1>.'
    >>> masks.restore("Ok, <NAME_1>.")
    'Ok, Ana.'
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        """`known` are values, such as a name or what a sensitive slot holds, with the kind of their placeholders."""
        self._known = {value: kind for value, kind in (known or {}).items() if len(value) >= _SHORTEST}
        self._pattern = _any_of(self._known)
        self._placeholders: dict[str, str] = {}  # kind and bare value -> placeholder
        self._values: dict[str, str] = {}  # placeholder -> value as it was first written
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """Return the text with personal data replaced; a placeholder that it already held loses its brackets."""
        return self.hide_more(_PLACEHOLDER.sub(lambda match: match[0].strip("<>"), text))

    def hide_more(self, text: str) -> str:
        """Return a text of ours with personal data replaced; placeholders that it holds stay."""
        pieces, last = [], 0
        for one in identifiers(text):
            pieces += [text[last : one.start], self._placeholder(one.kind, text[one.start : one.end])]
            last = one.end
        return self._hide_known("".join([*pieces, text[last:]]))

    @property
    def hides_nothing(self) -> bool:
        """Say whether no personal data was found in any text so far."""
        return not self._values

    def restore(self, text: str) -> str:
        """Return the text with the values in their places. Raises KeyError for a placeholder that is not of these."""
        return _PLACEHOLDER.sub(lambda match: self._values[match[0]], text)

    def placeholders(self, text: str) -> list[str]:
        """Return the placeholders of a text, as often as they stand in it."""
        return _PLACEHOLDER.findall(text)

    def knows(self, placeholder: str) -> bool:
        """Say whether a placeholder stands for something in this prompt."""
        return placeholder in self._values

    def without_placeholders(self, text: str) -> str:
        """Return the text with a dash for each placeholder."""
        return _PLACEHOLDER.sub("–", text)

    def _hide_known(self, text: str) -> str:
        if self._pattern is None:
            return text
        kinds = {value.casefold(): kind for value, kind in self._known.items()}
        return self._pattern.sub(lambda match: self._placeholder(kinds[match[0].casefold()], match[0]), text)

    def _placeholder(self, kind: str, value: str) -> str:
        bare = f"{kind}:{fold(value).replace(' ', '') or value}"
        if bare not in self._placeholders:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._placeholders[bare] = f"<{kind}_{self._counts[kind]}>"
            self._values[self._placeholders[bare]] = value
        return self._placeholders[bare]


def mask(text: str) -> str:
    """Return a text with its personal data replaced for good.

    >>> mask("meu CPF é 529.982.247-25 e o e-mail ana@exemplo.com.br")
    'meu CPF é <CPF_1> e o e-mail <EMAIL_1>'
    """
    return Masks().hide_more(text)


def _any_of(values: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of whole values, longest first, that no letter or digit touches; never inside a placeholder."""
    listed = "|".join(re.escape(value) for value in sorted(values, key=len, reverse=True))
    return re.compile(rf"(?<![\w<])(?:{listed})(?![\w>])", re.IGNORECASE) if listed else None
