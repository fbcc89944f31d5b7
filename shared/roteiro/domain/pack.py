"""What a pack says in its own voice, by language; what it does not say, the engine says."""

from collections.abc import Mapping
from dataclasses import dataclass

from roteiro.domain.texts import filled, text

__all__ = ["PACK_TEXTS", "Pack"]

# The texts a pack may word itself; the others belong to the engine.
PACK_TEXTS = frozenset({"greeting", "smalltalk", "clarify", "out_of_scope", "closing", "handed_off", "waiting"})


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack's name, title and texts (`{"pt-BR": {"greeting": …}}`)."""

    name: str
    title: str
    texts: Mapping[str, Mapping[str, str]]
    background: tuple[str, ...] = ()  # messages that no script of this pack answers

    def say(self, key: str, locale: str, **facts: object) -> str:
        """Return the pack's text `key` in a language, with its placeholders filled; the engine's if it has none."""
        own = self.texts.get(locale, {}).get(key)
        return text(key, locale, **facts) if own is None else filled(own, facts)
