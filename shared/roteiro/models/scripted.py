"""No model at all: the script's own words. The default everywhere, and what every model's failure falls back to."""

from collections.abc import Generator

from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt

__all__ = ["ScriptedModel"]


class ScriptedModel:
    """A Model that answers with what the script says."""

    is_remote = False
    is_resting = False

    def answer(self, prompt: Prompt) -> Wording:
        """Return the prompt's scripted answer."""
        return Wording(prompt.scripted)

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        """Give the prompt's scripted answer."""
        yield prompt.scripted
        return self.answer(prompt)
