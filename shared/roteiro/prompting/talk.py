"""What a prompt may hold of a conversation: its script's public text, its own masked turns, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from roteiro.domain.conversation import State
from roteiro.domain.message import fold
from roteiro.domain.script import Script, Slot, Step
from roteiro.domain.turn.passages import passages
from roteiro.domain.values.masking import SENSITIVE
from roteiro.prompting.masking import Masks

__all__ = ["Talk"]

_LONGEST_TURN = 500  # characters of an older turn that a prompt repeats
_SHORTEST_NAME = 3  # letters of a part of a name that is hidden by itself: "de" and "da" are no names
_ROLES = {"customer": "user", "company": "assistant"}


@dataclass(frozen=True, slots=True)
class Talk:
    """A running conversation; `turns` are (who, what), oldest first, who = customer or company."""

    script: Script | None
    state: State
    turns: Sequence[tuple[str, str]] = ()
    titles: Sequence[str] = ()  # of all scripts that the catalogue publishes

    @property
    def step(self) -> Step | None:
        """Return the running step."""
        number = self.state.step
        return self.script.step(number) if self.script and 0 < number <= len(self.script.steps) else None

    def masks(self) -> Masks:
        """Return the masks that know this customer's name and what sensitive slots hold."""
        return Masks(_called(self.state.name) | self._kept_secret())

    def _kept_secret(self) -> dict[str, str]:
        """Return what sensitive slots hold, each with its kind of placeholder."""
        held: dict[str, str] = {}
        slots = self.script.slots if self.script else {}
        for name, slot in slots.items():
            stored = self.state.slots.get(name)
            if stored and (slot.is_sensitive or slot.kind in SENSITIVE):
                held |= dict.fromkeys(map(str, stored if isinstance(stored, list) else [stored]), _placeholder(slot))
        return held

    def public_text(self) -> str:
        """Return the script's own text, the same for every customer and turn."""
        if self.script is None:
            return ""
        lines = [f"ROTEIRO: {self.script.title}", self.script.description]
        lines += [f"- {about} {answer}".replace("-  ", "- ") for about, answer in passages(self.script)]
        lines += [f"ORIENTAÇÃO: quando {when}: {then}" for when, then in self.script.guidelines]
        return "\n".join(lines)

    def step_text(self) -> str:
        """Return the running step's text and rules."""
        if self.step is None:
            return ""
        return "\n".join(
            [f"PASSO ATUAL: {self.step.message}", *(f"ORIENTAÇÃO: {rule}" for rule in self.step.guidelines)]
        )

    def window(self, masks: Masks) -> list[tuple[str, str]]:
        """Return the last turns as masked messages."""
        return [(_ROLES[who], masks.hide(what)[:_LONGEST_TURN]) for who, what in self.turns]

    def foreign_titles(self, *heard: str) -> tuple[str, ...]:
        """Return the titles that a reply may not name: those of other scripts, unless this script or `heard` does."""
        here = f" {fold(' '.join([self.public_text(), *heard]))} "
        return tuple(title for title in self.titles if f" {fold(title)} " not in here)


def _called(name: str) -> dict[str, str]:
    """Return a customer's name and those of its parts that are names by themselves."""
    parts = [name, *(part for part in name.split() if part[:1].isupper())]
    return {part: "NAME" for part in parts if len(part) >= _SHORTEST_NAME}


def _placeholder(slot: Slot) -> str:
    """Return the kind of a slot's placeholders: a `phone_br` hides as <PHONE_1>."""
    return slot.kind.split("_")[0].upper()
