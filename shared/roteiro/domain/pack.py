"""What a pack says in its own voice, by language; when its people are there, and what a model may do by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roteiro.domain.cast import Cast
from roteiro.domain.hours import Hours
from roteiro.domain.texts import filled, text
from roteiro.domain.values.value import Entity

__all__ = ["PACK_TEXTS", "Pack"]

# The texts a pack may word itself; the others belong to the engine.
PACK_TEXTS = frozenset(
    "greeting smalltalk clarify out_of_scope out_of_scope_again closing handed_off handed_off_later waiting".split()
)


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack's name, title and texts (`{"pt-BR": {"greeting": …}}`), and how its people work."""

    name: str
    title: str
    texts: Mapping[str, Mapping[str, str]]
    background: tuple[str, ...] = ()  # messages that no script of this pack answers
    hours: Hours | None = None  # None: people are always there
    queues: tuple[str, ...] = ()  # of people, besides the two that every pack has
    llm: str = ""  # rephrase, assist: for steps that say nothing of it; empty: neither
    is_sac: bool = False  # whether the SAC decree holds, so that a resolved demand needs a conclusion
    cast: Cast = Cast()
    lists: Mapping[str, tuple[Entity, ...]] = field(default_factory=dict)  # what slots of type `entity` may name
    adapters: tuple[str, ...] = ()  # what its scripts' actions may use besides the engine's own: contracts
    context_keys: tuple[str, ...] = ()  # of what a client may tell with a message, those that are kept

    def titled(self, locale: str) -> str:
        """Return the pack's title in a language."""
        return self.cast.say("title", locale, self.title)

    def say(self, key: str, locale: str, **facts: object) -> str:
        """Return the pack's text `key` in a language, with its placeholders filled; the engine's if it has none."""
        own = self.texts.get(locale, {}).get(key)
        return text(key, locale, **facts) if own is None else filled(own, facts)
