"""What was decided about a customer's words: the resulting state, the reply, and what leaves the house."""

from dataclasses import dataclass, replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import FileLink, Outgoing, Owner, State, Status
from roteiro.domain.protocol import shown

__all__ = ["Verdict", "hand_off"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The resulting state, the reply (None: the bot is silent) and how it came about."""

    state: State
    reply: str | None
    choice: Choice
    outbox: tuple[Outgoing, ...] = ()
    links: tuple[FileLink, ...] = ()  # what the reply gives out, each on a line of its own at its end
    wording: str = ""  # what a model may do with the reply: "rephrase" a step, "answer" a side question; empty: nothing

    @property
    def is_new_demand(self) -> bool:
        """Say whether a script began with this turn."""
        return self.choice.decision is Decision.MATCH


def hand_off(state: State, queue: str, reason: str, catalogue: Catalogue, said: str = "") -> Verdict:
    """Ask for a person of a queue, and say why; `said` is told first. From here on the bot is silent."""
    asked = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, queue=queue, reason=reason)
    asked = replace(asked, asked=None, outcome="")
    asked = replace(asked, control=state.control + 1)  # what was begun before must not be said any more
    reply = catalogue.pack().say("handed_off", state.locale, protocol=shown(state.protocol))
    return Verdict(asked, f"{said}\n\n{reply}" if said else reply, Choice(Decision.HANDOFF))
