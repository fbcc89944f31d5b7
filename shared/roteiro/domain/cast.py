"""Who speaks for a pack and what it suggests: agents that sign replies, suggestions, actions by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

__all__ = ["Agent", "Cast", "Suggestion"]

_DEFAULT = "default"
_ANYBODYS = "question"  # an intent that any agent may sign (documented by the second seed's contract)


@dataclass(frozen=True, slots=True)
class Agent:
    """A name that signs replies; what it may do is what the scripts say."""

    id: str
    name: str
    avatar: str
    role: str
    description: str
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button of a page: `action` is the message that it sends."""

    id: str
    label: str
    icon: str
    action: str


@dataclass(frozen=True)
class Cast:
    """A pack's agents and suggestions in their order, and which agent signs what.

    `routing` leads from an intent, or `default`, to an agent's id; `suggested` from an intent that no script has
    (`unknown`, `handoff`) to ids of actions; `meanings` from an action's id to the message that it stands for.
    """

    agents: tuple[Agent, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    routing: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)

    def agent(self, intent: str, own: str = "", wish: str = "") -> Agent | None:
        """Return who signs a reply: `own`, the script's, else as the intent is routed, else the default one.

        A client's wish counts for general questions and where the routing names nobody.
        """
        is_open = intent == _ANYBODYS or intent not in self.routing
        routed = (wish if is_open else "", own, self.routing.get(intent, ""), self.routing.get(_DEFAULT, ""))
        return next((agent for one in routed if (agent := self.named(one))), None)

    def named(self, agent: str) -> Agent | None:
        """Return the agent of an id; None if there is none."""
        return next((one for one in self.agents if one.id == agent), None)

    @cached_property
    def buttons(self) -> frozenset[str]:
        """Return the messages that buttons send: they mean a demand wherever they are pressed."""
        return frozenset((*self.meanings.values(), *(one.action for one in self.suggestions)))

    def meant(self, message: str) -> str:
        """Return the message that an action's id stands for; anything else is what it is."""
        return self.meanings.get(message, message)
