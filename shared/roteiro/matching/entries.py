"""One published script as the matcher sees it: plain values, nothing of the script's steps."""

from typing import NamedTuple

__all__ = ["Entry"]


class Entry(NamedTuple):
    """What a script says about when to start it; `examples` empty means it is never started without confirmation."""

    script_id: int
    title: str
    description: str
    examples: tuple[str, ...] = ()
    negative_examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    priority: int = 0
    min_confidence: float = 0.0
    readily: bool = False  # begun where others would be asked about: a wrong start costs nothing
    names: tuple[str, ...] = ()  # of what its slots take from lists: in a message, one is as good as another

    @property
    def is_title_only(self) -> bool:
        """Whether nobody has written an example for it yet."""
        return not self.examples

    @property
    def summary(self) -> str:
        """Title, description and keywords as one text: it teaches like one more example."""
        return " ".join((self.title, self.description, *self.keywords)).strip()
