"""One message of a customer in its place: the state it meets, its words, and whom to ask. It is read once."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from roteiro.domain.choice import Catalogue, Choice
from roteiro.domain.conversation import State
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Script
from roteiro.domain.turn.wishes import wants_to_stop
from roteiro.domain.walking.adjusting import adjusted
from roteiro.domain.walking.correcting import reread
from roteiro.domain.walking.cues import calls_off, corrects
from roteiro.domain.walking.filling import Reading, read
from roteiro.domain.walking.walk import Occasion

__all__ = ["Heard", "running"]


def running(state: State, catalogue: Catalogue) -> Script:
    """Return the script that a conversation walks: the version it began with, as a person adjusted it."""
    if state.script is None:
        raise LookupError("no script is running")
    return adjusted(catalogue.script(state.script, state.version), state.edits)


@dataclass(frozen=True)
class Heard:
    """A customer's words, the state they meet, when they are said, and the catalogue: what every house rule looks at.

    What is asked of `script` and of the readings needs a running script.
    """

    state: State
    words: str
    occasion: Occasion
    catalogue: Catalogue

    def meeting(self, state: State) -> Self:
        """Return the same words as they meet another state."""
        return replace(self, state=state)

    def saying(self, words: str) -> Self:
        """Return other words in the same place."""
        return replace(self, words=words)

    @property
    def locale(self) -> str:
        """Return the language of the conversation."""
        return self.state.locale

    @cached_property
    def script(self) -> Script:
        """Return the running script."""
        return running(self.state, self.catalogue)

    @property
    def is_called_off(self) -> bool:
        """Say whether the words want to leave the running script, in whichever language they name it."""
        script = self.script
        return wants_to_stop(self.words) or calls_off(self.words, f"{script.title} {script.titled(self.locale)}")

    @cached_property
    def published(self) -> dict[ScriptId, str]:
        """Return the titles of the published scripts in the conversation's language, by id."""
        return dict(self.catalogue.topics(self.locale))

    @cached_property
    def choice(self) -> Choice:
        """Return what the matcher says to the words at a glance."""
        return self.catalogue.glance(self.words)

    @cached_property
    def reading(self) -> Reading:
        """Return what the words fill and correct while a step waits for its answer."""
        return self._reread(cued=False)

    @cached_property
    def reading_of_changes(self) -> Reading:
        """Return what the words fill and correct where they answer a question about what is wrong."""
        return self._reread(cued=True)

    def _reread(self, *, cued: bool) -> Reading:
        return reread(self._filled, self.state, self.script, self.words, self.occasion, cued=cued)

    @cached_property
    def _filled(self) -> Reading:
        step = self.script.step(self.state.step)
        again = not corrects(self.words)  # a correction of what was told a moment ago is no answer: it takes no step
        slots, known = self.script.slots, self.state.slots
        asked = [name for name in step.collect if name not in known or (again and not slots[name].required)]
        return read(self.state, self.script, self.words, self.occasion, asked)
